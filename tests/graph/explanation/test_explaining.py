"""Why and why not, over a real graph: what is told agrees with who is one customer, and takes one statement."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.commands.command import Author
from graph.decisions import customers, identifiers
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.explanation.explaining import identity_path, why_not
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import identifier_id, record_id
from tests.conftest import wipe
from tests.graph.decisions.test_laws import Stewards
from tests.graph.resolution.event_streams import Raw, streams
from tests.laws import graph_law
from tests.resolvers.proof import CountingStore

if TYPE_CHECKING:
    from graph.store import Store

KEY = b"a key for tests"
CUSTOMER = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id, c.version"
RECORDS = "MATCH (r:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN r.id, c.id ORDER BY r.id"
MOBILE, OTHER, LANDLINE = (("PHONE", number) for number in ("090-1000-4111", "090-1000-4112", "03-5555-0111"))
MAIL, CARD = ("EMAIL", "path@example.jp"), ("POS_CARD", "PATH1")


def person(subject: str, given_name: str | None, *held: tuple[str, str], verified: bool = False, **more: Any) -> Raw:
    told = [{"kind": kind, "value": value, "verified": verified} for kind, value in held]
    data = {"identifiers": told, **({"name": {"family": "試験", "given": given_name}} if given_name else {}), **more}
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "time": "2026-04-01T10:00:00Z"}
    return {**envelope, "id": f"{subject}-{sorted(map(str, data.items()))}", "subject": subject, "data": data}


async def tell(store: Store, *events: Raw) -> None:
    await wipe(store)
    receipts = await record(store, [read_event(raw, KEY) for raw in events])
    assert [receipt.error for receipt in receipts if receipt.error] == []


def of(subject: str) -> str:
    return record_id(f"/ec:{subject}")


async def customer(store: Store, subject: str) -> Expected:
    [found] = await store.read(CUSTOMER, {"key": f"/ec:{subject}"})
    return Expected(*found)


async def steps(store: Store, start: str, end: str) -> list[tuple[str, str, str]]:
    path = await identity_path(store, start, end)
    assert path is not None
    return [(step.start.external_id, step.rule, step.end.external_id) for step in path.steps]


async def reasons(store: Store, one: str, other: str) -> list[str]:
    found = await why_not(store, of(one), of(other))
    assert found is not None
    return [reason.kind for reason in found.reasons]


async def test_a_chain_goes_from_record_to_record_and_a_customer_stands_for_all_of_its_records(store: Store) -> None:
    await tell(
        store,
        person("1", "太郎", MOBILE),
        person("2", "太郎", MOBILE, CARD),
        person("3", None, CARD, MAIL, verified=True),
        person("4", "太郎", MAIL, verified=True),
    )
    assert await steps(store, of("1"), of("3")) == [("1", "MOBILE_NUMBER", "2"), ("2", "EXCLUSIVE_IDENTIFIER", "3")]
    assert await steps(store, of("3"), of("1")) == [("3", "EXCLUSIVE_IDENTIFIER", "2"), ("2", "MOBILE_NUMBER", "1")]
    assert await steps(store, of("4"), of("4")) == []
    whole = (await customer(store, "1")).id
    assert {rule for _, rule, _ in await steps(store, whole, whole)} == {"MOBILE_NUMBER", "EXCLUSIVE_IDENTIFIER", "VERIFIED_MAIL"}
    path = await identity_path(store, of("1"), of("2"))
    assert path is not None
    assert path.steps[0].identifier is not None
    assert (path.steps[0].identifier.value, path.steps[0].since) == ("+819010004111", "2026-04-01T10:00:00.000000Z")


async def test_what_a_steward_joined_names_the_steward_and_what_they_parted_too(store: Store) -> None:
    await tell(store, person("1", "太郎", MOBILE), person("2", "花子", OTHER))
    before = [await customer(store, subject) for subject in ("1", "2")]
    joined = await decide(store, Author("tests", "steward", "join", "同じ人と聞いた"), customers.merge(before))
    path = await identity_path(store, *(each.id for each in before))
    assert path is not None
    [step] = path.steps
    assert step.said is not None
    assert (step.rule, step.identifier, step.said.decision) == ("FOLLOWED_DECISION", None, joined.decision)
    assert (step.said.actor, step.said.reason) == ("steward", "同じ人と聞いた")
    await decide(store, Author("tests", "steward", "part", "聞き違い"), customers.separate(await customer(store, "1"), [of("1")]))
    assert await identity_path(store, of("1"), of("2")) is None
    found = await why_not(store, of("1"), of("2"))
    assert found is not None
    [said] = [reason.said for reason in found.reasons if reason.kind == "NOT_SAME"]
    assert said is not None
    assert said.reason == "聞き違い"


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        (person("1", "太郎", MOBILE), person("2", "花子", MOBILE), ["GIVEN_NAME_DIFFERS"]),
        (
            person("1", None, CARD, birthDate="1988-08-08"),
            person("2", None, CARD, birthDate="1990-01-01"),
            ["BIRTH_DATE_DIFFERS"],
        ),
        (person("1", "太郎", LANDLINE), person("2", "太郎", LANDLINE), ["SHARED_VALUE"]),
        (person("1", "太郎", MAIL, verified=True), person("2", None, MAIL), ["NOT_VERIFIED"]),
        (person("1", "太郎", MAIL, verified=True), person("2", "太郎", MAIL), []),
        (person("1", "太郎", MOBILE), person("2", "太郎", OTHER), ["NOTHING_IN_COMMON"]),
        (person("1", "太郎", MOBILE, LANDLINE), person("2", "花子", MOBILE, LANDLINE), ["GIVEN_NAME_DIFFERS", "SHARED_VALUE"]),
        (person("1", "太郎", MOBILE), person("2", "太郎", MOBILE), []),
    ],
)
async def test_what_keeps_two_records_apart_is_told(store: Store, one: Raw, other: Raw, kinds: list[str]) -> None:
    await tell(store, one, other)
    assert await reasons(store, "1", "2") == kinds


async def test_a_value_that_was_blocked_is_what_keeps_its_holders_apart(store: Store) -> None:
    await tell(store, person("1", "太郎", CARD), person("2", "太郎", CARD))
    await decide(store, Author("tests", "steward", "block", "見本のカード"), identifiers.block(identifier_id("POS_CARD::PATH1")))
    assert await reasons(store, "1", "2") == ["BLOCKED_VALUE"]


async def test_of_what_is_not_there_nothing_is_told(store: Store) -> None:
    await tell(store, person("1", "太郎", CARD))
    assert await identity_path(store, of("1"), of("nobody")) is None
    assert await why_not(store, of("nobody"), of("1")) is None


@graph_law(test=8, soak=300)
@given(events=streams(), seed=st.integers(0, 2**32))
async def test_there_is_a_path_exactly_within_a_customer_and_else_a_reason(store: Store, events: list[Raw], seed: int) -> None:
    await wipe(store)
    await record(store, [read_event(raw, KEY) for raw in events])
    stewards = Stewards(store, Random(seed))
    for _ in range(2):
        await stewards.decide()
    refused = {frozenset(pair) for [pair] in await store.read("MATCH (m:MatchCandidate) RETURN [(m)-->(r) | r.id]")}
    found = await store.read(RECORDS)
    for (one, ours), (other, theirs) in Random(seed).sample(
        list(combinations(found, 2)), min(6, len(found) * (len(found) - 1) // 2)
    ):
        counting: Any = CountingStore(store)
        path, apart = await identity_path(counting, one, other), await why_not(counting, one, other)
        assert counting.statements == 2
        assert (path is not None) == (ours == theirs)
        assert apart is not None
        assert bool(apart.reasons) == (apart.closest is not None) == (ours != theirs)
        if frozenset((one, other)) in refused:
            assert "NOTHING_IN_COMMON" not in {reason.kind for reason in apart.reasons}
