"""One event posted by several writers at once: one of them is first, and the others are told so."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.graph.resolution.recomputation import recompute

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.intake.receipts import Receipt
    from graph.local import LocalServer

KEY = b"a key for tests"
WRITERS = 6
RACES = range(8)


@pytest.fixture
async def stores(neo4j_server: LocalServer, store: Store) -> AsyncIterator[list[Store]]:
    """Stores with drivers of their own, as other processes have them."""
    opened = [await Store.open(neo4j_server.uri, neo4j_server.user, neo4j_server.password) for _ in range(WRITERS)]
    await asyncio.gather(*(one.check() for one in opened))
    yield opened
    for one in opened:
        await one.close()


def order(race: str, number: int, total: str) -> dict[str, Any]:
    """Return an order that touches nothing another writer would wait for, when the number differs."""
    envelope = {"specversion": "1.0", "type": "customer360.order.v1", "source": "/race", "time": "2026-04-01T10:00:00Z"}
    return {**envelope, "id": race, "subject": f"{race}-{number}", "data": {"currency": "JPY", "total": total}}


async def post_at_once(stores: list[Store], raws: list[dict[str, Any]]) -> list[Receipt]:
    events = [read_event(raw, KEY) for raw in raws]
    answers = await asyncio.gather(*(record(one, [event]) for one, event in zip(stores, events, strict=False)))
    return [receipt for receipts in answers for receipt in receipts]


@pytest.mark.parametrize("race", RACES)
async def test_the_same_body_is_created_once_and_repeated_to_all_others(stores: list[Store], store: Store, race: int) -> None:
    raw = order(f"same-{race}", 0, "100")
    receipts = await post_at_once(stores, [raw] * WRITERS)
    assert Counter(receipt.outcome for receipt in receipts) == {"CREATED": 1, "REPEATED": WRITERS - 1}
    assert await store.read("MATCH (o:Order {number: $p.number}) RETURN count(o)", {"number": raw["subject"]}) == [[1]]


@pytest.mark.parametrize("race", RACES)
@pytest.mark.parametrize("of_one_subject", [True, False])
async def test_of_different_bodies_under_one_id_one_wins_and_the_others_are_conflicts(
    stores: list[Store], store: Store, race: int, of_one_subject: bool
) -> None:
    name = f"other-{race}-{of_one_subject}"
    raws = [order(name, 0 if of_one_subject else number, str(100 + number)) for number in range(WRITERS)]
    receipts = await post_at_once(stores, raws)
    winners = [raw for raw, receipt in zip(raws, receipts, strict=True) if receipt.outcome == "CREATED"]
    codes = Counter(receipt.error.code for receipt in receipts if receipt.error is not None)
    assert (len(winners), codes) == (1, {"IDEMPOTENCY_CONFLICT": WRITERS - 1})
    found = await store.read("MATCH (o:Order) WHERE o.number STARTS WITH $p.name RETURN o.number, o.total", {"name": name})
    assert found == [[winners[0]["subject"], int(winners[0]["data"]["total"])]]


async def test_writers_that_swap_their_people_and_values_all_get_through(stores: list[Store], store: Store) -> None:
    """Six writers extend one component from every end at once; not one of them gives up."""

    def person(writer: int, number: int) -> dict[str, Any]:
        phones = [f"+819015{(writer + number + step) % 5:06d}" for step in (0, 1)]
        data = {"identifiers": [{"kind": "PHONE", "value": phone} for phone in phones]}
        envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/swap", "time": "2026-04-01T10:00:00Z"}
        return {**envelope, "id": f"{writer}-{number}", "subject": str((writer * number) % 9), "data": data}

    async def post(one: Store, writer: int) -> None:
        for number in range(1, 9):
            await record(one, [read_event(person(writer, number), KEY)])

    await asyncio.gather(*(post(one, writer) for writer, one in enumerate(stores)))
    statement = (
        "MATCH (r:SourceRecord {source: '/swap'})-[:RESOLVES_TO]->(c) RETURN count(DISTINCT r), count(*), count(DISTINCT c)"
    )
    assert await store.read(statement) == [[9, 9, 1]]


def member(number: int, subject: str, *cards: str, sharing: str = "UNKNOWN") -> dict[str, Any]:
    identifiers = [{"kind": "POS_CARD", "value": card, "sharing": sharing} for card in cards]
    envelope = {
        "specversion": "1.0",
        "type": "customer360.person.v1",
        "source": "/born",
        "time": f"2026-04-01T10:00:{number:02d}Z",
    }
    return {**envelope, "id": f"e{number}", "subject": subject, "data": {"identifiers": identifiers}}


TWO_BORN_WITH_ONE_ID = [
    *(member(0, "first", "X"), member(1, "between", "X", "W"), member(2, "second", "W")),
    member(3, "between", "X", "W", sharing="KIOSK"),
    *(member(4, "third", "Y", "V"), member(5, "fourth", "Y", "V"), member(6, "first", "Y")),
    *(member(7, "fifth", "Z", "U"), member(8, "sixth", "Z", "U"), member(9, "second", "Z")),
]
"""Two records of one customer come apart, and each then joins others: the id they were born with is borne by nobody."""
THEIR_TIES_END = [member(10, "first", "Y", sharing="KIOSK"), member(11, "second", "Z", sharing="KIOSK")]


@pytest.mark.parametrize("race", range(2))
async def test_an_id_that_two_could_take_back_goes_to_one(stores: list[Store], store: Store, race: int) -> None:
    await wipe(store)
    for raw in TWO_BORN_WITH_ONE_ID:
        await record(store, [read_event(raw, KEY)])
    born = "MATCH (r:SourceRecord) WHERE r.external_id IN ['first', 'second'] RETURN DISTINCT r.born"
    assert len(await store.read(born)) == 1
    await post_at_once(stores, THEIR_TIES_END)
    assert differences(await fingerprint(store), recompute([*TWO_BORN_WITH_ONE_ID, *THEIR_TIES_END])) == []
