"""Pairs that nothing joins but that agree in much: proposed to a person, and withdrawn when that is no more so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graph.commands.command import Author
from graph.decisions.candidates import decide_candidate
from graph.decisions.customers import undo
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.resolution.mates import MOST_OPEN, MOST_PROPOSALS
from graph.resolution.proposing import propose_all, propose_next
from tests.conftest import wipe

if TYPE_CHECKING:
    from graph.store import Store

HOME, ELSEWHERE = {"full": "大阪府見本市試験1-1"}, {"full": "大阪府見本市試験2-2"}
"""A home that the product can tell, and another."""


def person(subject: str, given_name: str, second: int = 0, **more: Any) -> dict[str, Any]:
    """Return what is told of somebody whose name is only heard: written, it would link those of one home."""
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "subject": subject}
    data = {"kana": {"family": "シケン", "given": given_name}, **more}
    return {**envelope, "id": f"{subject}-{second}", "time": f"2026-04-01T10:00:{second:02}Z", "data": data}


async def tell(store: Store, *events: dict[str, Any]) -> None:
    receipts = await record(store, [read_event(raw, b"key") for raw in events])
    assert [receipt.error for receipt in receipts if receipt.error] == []


async def proposed(store: Store) -> set[frozenset[str]]:
    """Return between which subjects a pair is proposed, once all that waits is looked at."""
    await propose_all(store)
    rows = await store.read(
        "MATCH (m:MatchCandidate {rule: 'SCORE', status: 'OPEN'}) "
        "RETURN COLLECT { MATCH (m)-[:BETWEEN]->(r:SourceRecord) RETURN r.external_id }, m.bits, m.reason"
    )
    assert all(bits >= 12 and reason == "LIKELY_SAME" for _, bits, reason in rows)
    return {frozenset(pair) for pair, _, _ in rows}


@pytest.fixture
async def two(store: Store) -> Store:
    await wipe(store)
    await tell(store, person("1", "タロウ", address=HOME), person("2", "タロウ", address=HOME))
    return store


async def customers(store: Store) -> list[Expected]:
    rows = await store.read(
        "MATCH (c:Customer {status: 'ACTIVE'}) WHERE EXISTS { (c)<-[:RESOLVES_TO]-() } RETURN c.id, c.version ORDER BY c.id"
    )
    return [Expected(*row) for row in rows]


async def candidate(store: Store) -> str:
    [[own_id]] = await store.read("MATCH (m:MatchCandidate) RETURN m.id")
    return own_id


async def test_namesakes_of_one_home_are_proposed_and_not_joined(two: Store) -> None:
    assert await proposed(two) == {frozenset("12")}
    assert len(await customers(two)) == 2


@pytest.mark.parametrize(
    "other",
    [
        person("2", "ハナコ", address=HOME),
        person("2", "タロウ", address=ELSEWHERE),
        person("2", "タロウ", address=HOME, birthDate="1988-08-08"),
    ],
    ids=["another given name", "another home", "another birth date"],
)
async def test_who_agrees_in_too_little_or_is_kept_apart_is_not_proposed(store: Store, other: dict[str, Any]) -> None:
    await wipe(store)
    await tell(store, person("1", "タロウ", address=HOME, birthDate="1990-01-02"), other)
    assert await proposed(store) == set()


async def test_what_was_looked_at_is_not_looked_at_again_until_it_changes(two: Store) -> None:
    assert [await propose_all(two), await propose_all(two)] == [2, 0]
    await tell(two, person("2", "タロウ", 1, gender="MALE"))
    assert await propose_all(two) == 0
    await tell(two, person("2", "タロウ", 2, address=ELSEWHERE))
    assert await propose_all(two) == 1


async def test_a_proposal_is_withdrawn_when_either_record_changes(two: Store) -> None:
    await proposed(two)
    await tell(two, person("2", "タロウ", 1, address=ELSEWHERE))
    assert await proposed(two) == set()


async def test_a_pair_of_customers_is_proposed_once_by_its_likeliest_records(two: Store) -> None:
    born = {"birthDate": "1990-01-02"}
    await tell(two, person("3", "タロウ", address=HOME, **born), person("4", "タロウ", **born))
    assert await proposed(two) == {frozenset("12"), frozenset("13"), frozenset("23")}


async def test_who_a_person_said_to_be_two_is_not_proposed_again_unless_they_take_it_back(two: Store) -> None:
    await proposed(two)
    steward = Author("tests", "steward", "apart", "双子")
    said = await decide(two, steward, decide_candidate(await candidate(two), await customers(two), same=False))
    assert await proposed(two) == set()
    await tell(
        two, person("2", "タロウ", 1, address={"full": "大阪府見本市試験1-1 "}), person("1", "タロウ", 1, name={"given": "太郎"})
    )
    assert await proposed(two) == set()
    [first, *_] = await customers(two)
    await decide(two, Author("tests", "steward", "back", "取り違え"), undo(first, said.decision))
    assert await proposed(two) == {frozenset("12")}


async def test_a_proposal_goes_with_what_joins_the_two(two: Store) -> None:
    await proposed(two)
    card = [{"kind": "POS_CARD", "value": "C1"}]
    await tell(two, person("1", "タロウ", 1, identifiers=card), person("2", "タロウ", 1, identifiers=card))
    assert await two.read("MATCH (m:MatchCandidate) RETURN m.id") == []
    assert len(await customers(two)) == 1


async def test_about_one_record_so_many_pairs_wait_and_no_more(store: Store) -> None:
    await wipe(store)
    crowd = MOST_OPEN + MOST_PROPOSALS + 2
    await tell(store, *(person(f"{number:02}", "タロウ", address=HOME) for number in range(crowd)))
    while await propose_next(store, most=1):
        pass
    rows = await store.read(
        "MATCH (r:SourceRecord) RETURN COUNT { (r)<-[:BETWEEN]-(:MatchCandidate {status: 'OPEN'}) } AS waiting ORDER BY waiting"
    )
    assert rows[-1] == [MOST_OPEN], "those whom everybody is like are asked about as often as it may be"
