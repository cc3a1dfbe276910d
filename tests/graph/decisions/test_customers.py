"""A steward joins, parts and takes back: only links move, nothing is lost, and the old ids come back."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from graph.commands.command import Author
from graph.decisions import candidates, customers
from graph.decisions.deciding import decide
from graph.decisions.outcome import Outcome
from graph.decisions.table import Expected
from graph.errors import Conflict, InvalidInput, NotFound
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint

PHONE, OTHER_PHONE = "+819055550001", "+819055550002"
CUSTOMER = """
MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer)
RETURN c.id, c.version
"""
numbers = count()


def person(subject: str, given: str, phone: str = "", **more: Any) -> dict[str, Any]:
    identifiers = [{"kind": "MEMBER_NUMBER", "value": f"M-{subject}"}]
    identifiers += [{"kind": "PHONE", "value": phone}] if phone else []
    data = {"name": {"family": "試験", "given": given}, "identifiers": identifiers, **more}
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "id": f"e-{next(numbers)}"}
    return {**envelope, "subject": subject, "time": "2026-04-01T10:00:00Z", "data": data}


async def tell(store: Store, *events: dict[str, Any]) -> None:
    receipts = await record(store, [read_event(event, b"test") for event in events])
    assert [receipt.error for receipt in receipts if receipt.error] == []


async def customer(store: Store, subject: str) -> Expected:
    [[customer_id, version]] = await store.read(CUSTOMER, {"key": f"/ec:{subject}"})
    return Expected(customer_id, version)


async def together(store: Store, *subjects: str) -> bool:
    return len({(await customer(store, subject)).id for subject in subjects}) == 1


def steward(key: str = "") -> Author:
    return Author("tests", "steward-1", key or f"key-{next(numbers)}", "試験のため")


async def merged(store: Store, *subjects: str, **more: Any) -> Outcome:
    return await decide(store, steward(), customers.merge([await customer(store, subject) for subject in subjects]), **more)


@pytest.fixture
async def two(store: Store) -> Store:
    """Two customers of different given names, which no rule would ever join."""
    await wipe(store)
    await tell(store, person("1", "太郎", PHONE), person("2", "花子", OTHER_PHONE))
    return store


async def test_a_merge_makes_one_customer_and_the_other_id_redirects(two: Store) -> None:
    before = [await customer(two, subject) for subject in ("1", "2")]
    outcome = await merged(two, "1", "2")
    assert await together(two, "1", "2")
    survivor = await customer(two, "1")
    [gone] = {each.id for each in before} - {survivor.id}
    assert await two.read("MATCH (:Customer {id: $p.id})-[:REDIRECTS_TO]->(c) RETURN c.id", {"id": gone}) == [[survivor.id]]
    assert [move.came_to for move in outcome.moves] == [survivor.id]
    assert outcome.customers == (survivor.id,)


async def test_merge_then_unmerge_leaves_the_graph_as_it_was_with_the_old_ids(two: Store) -> None:
    before, ids = await fingerprint(two), [(await customer(two, subject)).id for subject in ("1", "2")]
    outcome = await merged(two, "1", "2")
    await decide(two, steward(), customers.undo(await customer(two, "1"), outcome.decision))
    assert differences(await fingerprint(two), before) == []
    assert [(await customer(two, subject)).id for subject in ("1", "2")] == ids
    assert await two.read("MATCH (d:PersonDecision) RETURN count(d)") == [[2]]


async def test_of_two_merges_the_first_undone_parts_what_it_had_joined_and_the_second_stays(two: Store) -> None:
    await tell(two, person("3", "次郎"))
    before = [(await customer(two, subject)).id for subject in ("1", "2", "3")]
    first = await merged(two, "1", "2")
    second = await merged(two, "1", "3")
    assert await together(two, "1", "2", "3")
    made_with = (await customer(two, "1")).id
    stays, leaves = ("1", "2") if made_with == before[0] else ("2", "1")
    dry = await decide(two, steward(), customers.undo(await customer(two, "1"), first.decision), dry_run=True)
    assert [(move.left, move.came_to) for move in dry.moves] == [(made_with, before[int(leaves) - 1])]
    assert await together(two, "1", "2", "3")
    await decide(two, steward(), customers.undo(await customer(two, "1"), first.decision))
    assert await together(two, stays, "3")
    assert not await together(two, stays, leaves)
    await decide(two, steward(), customers.undo(await customer(two, stays), second.decision))
    assert [(await customer(two, subject)).id for subject in ("1", "2", "3")] == before


async def test_a_merge_holds_customers_of_several_records_together_whole(two: Store) -> None:
    others = (("3", "太郎", PHONE), ("4", "花子", OTHER_PHONE))
    await tell(two, *(person(key, given, identifiers=[{"kind": "PHONE", "value": phone}]) for key, given, phone in others))
    assert await together(two, "1", "3")
    await merged(two, "1", "2")
    assert await together(two, "1", "2", "3", "4")


async def test_a_decision_that_would_change_nothing_says_so_and_is_not_recorded(two: Store) -> None:
    await tell(two, person("3", "太郎", identifiers=[{"kind": "DEVICE_ID", "value": "D-3"}]))
    outcome = await merged(two, "1", "3")
    await tell(two, person("3", "太郎", identifiers=[{"kind": "PHONE", "value": PHONE}]))
    with pytest.raises(Conflict, match="Nothing would change"):
        await decide(two, steward(), customers.undo(await customer(two, "1"), outcome.decision))
    await decide(two, steward(), customers.not_same([await customer(two, "1"), await customer(two, "2")]))
    with pytest.raises(Conflict, match="Nothing would change"):
        await decide(two, steward(), customers.not_same([await customer(two, "1"), await customer(two, "2")]))
    assert await two.read("MATCH (d:PersonDecision) RETURN count(d)") == [[2]]
    assert await together(two, "1", "3")


async def test_a_dry_run_says_what_a_merge_would_do_and_does_nothing(two: Store) -> None:
    before = await fingerprint(two)
    outcome = await merged(two, "1", "2", dry_run=True)
    assert len(outcome.moves) == 1
    assert {move.came_to for move in outcome.moves} == set(outcome.customers)
    assert differences(await fingerprint(two), before) == []
    assert await two.read("MATCH (d:PersonDecision) RETURN count(d)") == [[0]]


async def test_events_that_come_after_a_merge_do_not_part_what_a_person_joined(two: Store) -> None:
    await merged(two, "1", "2")
    await tell(two, person("1", "太郎", PHONE, birthDate="1988-08-08"), person("2", "花子", birthDate="1990-01-02"))
    assert await together(two, "1", "2")


async def test_a_no_keeps_apart_what_a_rule_would_join_whatever_comes_later(two: Store) -> None:
    await decide(two, steward(), customers.not_same([await customer(two, "1"), await customer(two, "2")]))
    shared = [{"kind": "POS_CARD", "value": "C-1"}]
    await tell(two, *(person(subject, "太郎", identifiers=shared) for subject in ("1", "2")))
    assert not await together(two, "1", "2")
    assert await two.read("MATCH (m:MatchCandidate) RETURN count(m)") == [[0]], "what a person decided is not asked again"


async def test_a_join_against_a_no_is_refused_until_the_no_is_taken_back(two: Store) -> None:
    outcome = await decide(two, steward(), customers.not_same([await customer(two, "1"), await customer(two, "2")]))
    with pytest.raises(Conflict, match="not the same"):
        await merged(two, "1", "2")
    await decide(two, steward(), customers.undo(await customer(two, "1"), outcome.decision))
    await merged(two, "1", "2")
    assert await together(two, "1", "2")


async def test_what_a_rule_joined_can_be_parted_and_stays_so(two: Store) -> None:
    await tell(two, person("3", "太郎", identifiers=[{"kind": "PHONE", "value": PHONE}]))
    assert await together(two, "1", "3")
    [[decision]] = await two.read(
        "MATCH (d:Decision {rule: 'MOBILE_NUMBER'})-[:MOVED]->(:SourceRecord {key: '/ec:3'}) RETURN d.id"
    )
    undone = await decide(two, steward(), customers.undo(await customer(two, "1"), decision))
    with pytest.raises(Conflict, match="undone already"):
        await decide(two, steward(), customers.undo(await customer(two, "1"), decision))
    await decide(two, steward(), customers.undo(await customer(two, "1"), undone.decision))
    assert await together(two, "1", "3")
    [[again]] = await two.read("MATCH (d:Decision {rule: 'MOBILE_NUMBER'}) WHERE d.undone_by IS NULL RETURN d.id")
    await decide(two, steward(), customers.undo(await customer(two, "1"), again))
    await tell(two, person("3", "太郎", PHONE, gender="MALE"))
    assert not await together(two, "1", "3")


async def test_all_that_a_rule_brought_at_one_time_is_undone_by_one_act(two: Store) -> None:
    card, mobile = [{"kind": "POS_CARD", "value": "C-2"}], [{"kind": "PHONE", "value": PHONE}]
    await tell(
        two, person("5", "太郎", identifiers=mobile), *(person(subject, "太郎", identifiers=card) for subject in ("3", "4"))
    )
    await tell(two, person("4", "太郎", identifiers=[*card, *mobile]))
    assert await together(two, "1", "3", "4", "5")
    brought = await two.read("MATCH (d:Decision)-[:MOVED]->() WHERE d.from_customer IS NOT NULL RETURN d.id ORDER BY d.id")
    assert len(brought) == 2
    outcome = await decide(two, steward(), customers.undo(await customer(two, "1"), brought[0][0]))
    assert await together(two, "3", "4")
    assert not await together(two, "1", "3")
    undone = await two.read("MATCH (d:Decision {undone_by: $p.id}) RETURN d.id ORDER BY d.id", {"id": outcome.decision})
    assert undone == brought


async def test_chosen_records_are_taken_out_and_a_record_can_be_moved(two: Store) -> None:
    await merged(two, "1", "2")
    await tell(two, person("3", "次郎"))
    [[first]] = await two.read("MATCH (r:SourceRecord {key: '/ec:1'}) RETURN r.id")
    await decide(two, steward(), customers.separate(await customer(two, "1"), [first]))
    assert not await together(two, "1", "2")
    await decide(two, steward(), customers.move(first, await customer(two, "1"), await customer(two, "3")))
    assert await together(two, "1", "3")
    assert not await together(two, "1", "2")


async def test_of_two_stewards_at_once_the_second_gets_a_conflict(two: Store) -> None:
    seen = [await customer(two, subject) for subject in ("1", "2")]
    await decide(two, steward(), customers.merge(seen))
    with pytest.raises(Conflict, match="in the meantime"):
        await decide(two, steward(), customers.not_same(seen))


async def test_a_repeat_answers_the_first_outcome_and_another_request_under_its_key_is_refused(two: Store) -> None:
    seen = [await customer(two, subject) for subject in ("1", "2")]
    first = await decide(two, steward("once"), customers.merge(seen))
    assert await decide(two, steward("once"), customers.merge(seen)) == first
    with pytest.raises(Conflict, match="idempotency key"):
        await decide(two, steward("once"), customers.not_same(seen))


async def test_a_candidate_is_decided_either_way(two: Store) -> None:
    await tell(two, person("3", "花子", PHONE))
    [[candidate]] = await two.read("MATCH (m:MatchCandidate) RETURN m.id")
    seen = [await customer(two, "1"), await customer(two, "3")]
    await decide(two, steward(), candidates.decide_candidate(candidate, seen, same=True))
    assert await together(two, "1", "3")
    assert await two.read("MATCH (m:MatchCandidate) RETURN count(m)") == [[0]]


async def test_what_cannot_be_is_said_plainly(two: Store) -> None:
    one = await customer(two, "1")
    with pytest.raises(InvalidInput):
        await decide(two, steward(), customers.merge([one, one]))
    with pytest.raises(NotFound):
        await decide(two, steward(), customers.merge([one, Expected("nobody", 1)]))
    with pytest.raises(NotFound):
        await decide(two, steward(), customers.separate(one, ["nobody"]))
    with pytest.raises(NotFound):
        await decide(two, steward(), customers.undo(one, "nothing"))
    with pytest.raises(Conflict, match="Nothing would be separated"):
        await decide(two, steward(), customers.separate(one, [(await two.read("MATCH (r {key: '/ec:1'}) RETURN r.id"))[0][0]]))
