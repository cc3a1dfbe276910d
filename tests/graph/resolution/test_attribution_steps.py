"""A value that very many anonymous contacts came by: they follow in steps, and end where one step would have ended."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from graph.commands.command import Author
from graph.decisions.customers import merge
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.resolution import attribution
from graph.resolution.attribution_steps import attribute_all, attribute_next
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.graph.resolution.recomputation import recompute

if TYPE_CHECKING:
    from graph.store import Store

KEY = b"a key for tests"
LANDLINE = {"kind": "PHONE", "value": "+81360004130"}
MOST, CALLS = 5, 23
OWNERS = "MATCH (t:Call) RETURN coalesce([(t)<-[:DID]-(r) | r.external_id][0], ''), t.rule"
WAITING = "MATCH (i:Identifier) WHERE i.unattributed_after IS NOT NULL RETURN i.unattributed_after"


def event(kind: str, own_id: str, subject: str | None, data: dict[str, Any]) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/many", "id": own_id}
    return {**envelope, **({"subject": subject} if subject else {}), "time": "2026-04-01T10:00:00Z", "data": data}


def person(subject: str) -> dict[str, Any]:
    return event("person", subject, subject, {"identifiers": [LANDLINE, {"kind": "POS_CARD", "value": subject.upper()}]})


CALLED = [event("interaction", f"c{n}", None, {"kind": "CALL", "by": {"identifiers": [LANDLINE]}}) for n in range(CALLS)]


async def send(store: Store, *raws: dict[str, Any]) -> None:
    await record(store, [read_event(raw, KEY) for raw in raws])


@pytest.fixture(autouse=True)
async def called(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many calls by one landline that nobody holds yet; a unit may take five."""
    await wipe(store)
    monkeypatch.setattr(attribution, "MOST_CONTACTS", MOST)
    await send(store, *CALLED)


async def owners(store: Store) -> Counter[tuple[str, str]]:
    return Counter((owner, rule) for owner, rule in await store.read(OWNERS))


async def test_who_claims_it_first_gets_the_calls_in_steps_and_none_with_the_claim(store: Store) -> None:
    await send(store, person("m1"))
    assert await owners(store) == {("", "NOBODY_KNOWN"): CALLS}
    taken: list[int] = []
    while done := await attribute_next(store, most=MOST):
        taken.append(done)
    assert taken == [5, 5, 5, 5, 3]
    assert await owners(store) == {("m1", "SOLE_HOLDER"): CALLS}
    assert differences(await fingerprint(store), recompute([*CALLED, person("m1")])) == []


async def test_steps_that_are_cut_short_go_on_where_they_were(store: Store) -> None:
    await send(store, person("m1"))
    await attribute_next(store, most=MOST)
    [[after]] = await store.read(WAITING)
    assert after != ""
    assert await owners(store) == {("m1", "SOLE_HOLDER"): MOST, ("", "NOBODY_KNOWN"): CALLS - MOST}
    assert await attribute_all(store, most=MOST) == CALLS - MOST
    assert (await store.read(WAITING), await owners(store)) == ([], {("m1", "SOLE_HOLDER"): CALLS})


async def test_a_second_holder_in_between_has_all_of_them_looked_at_again(store: Store) -> None:
    await send(store, person("m1"))
    await attribute_next(store, most=MOST)
    await send(store, person("m2"))
    assert await attribute_all(store, most=MOST) == CALLS
    assert await owners(store) == {("", "SEVERAL_HOLDERS"): CALLS}
    assert differences(await fingerprint(store), recompute([*CALLED, person("m1"), person("m2")])) == []


async def test_a_merge_of_the_holders_leaves_the_calls_to_the_steps(store: Store) -> None:
    await send(store, person("m1"), person("m2"))
    await attribute_all(store, most=MOST)
    both = [Expected(*row) for row in await store.read("MATCH (c:Customer) RETURN c.id, c.version ORDER BY c.id")]
    outcome = await decide(store, Author("tests", "tester", "merge", "試験"), merge(both))
    assert outcome.contacts == 0
    assert await attribute_all(store, most=MOST) == CALLS
    assert {rule for _, rule in await owners(store)} == {"SOLE_HOLDER"}


async def test_few_contacts_are_attributed_with_the_claim(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution, "MOST_CONTACTS", CALLS)
    await send(store, person("m1"))
    assert (await store.read(WAITING), await owners(store)) == ([], {("m1", "SOLE_HOLDER"): CALLS})
