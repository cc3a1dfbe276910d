"""Reserving, renewing, releasing, counting and moving on the graph, and clients that all want the last pieces."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from graph.commands.command import Command, run
from graph.errors import Conflict, InvalidInput, NotFound, OutOfStock
from graph.keys import level_id
from graph.stock.moving import ADJUSTMENT, RECEIPT, TRANSFER, Movement, count, move
from graph.stock.places import AVAILABLE, Place
from graph.stock.reserving import release, renew, reserve
from graph.stock.sweeping import sweep
from tests.conftest import wipe
from tests.graph.stock.moving import FOUND, author, ids, level, moved, tell

if TYPE_CHECKING:
    from graph.commands.command import Answer
    from graph.store import Reader, Store

HERE = Place(*ids())
READ: Any = "MATCH (l:InventoryLevel {id: $p.id}) RETURN " + AVAILABLE
STATE = "MATCH (r:Reservation {id: $p.id}) RETURN r.state, r.held_until"
RUN_OUT = "MATCH (r:Reservation {id: $p.id}) SET r.until = 1, r.held_until = 1"
PUT_AT = """
UNWIND $p.rows AS row
MERGE (s:Store {id: row[0]}) SET s.code = row[1], s.location = point({latitude: row[2], longitude: row[3]})
"""
PLACES = [
    [ids(at="ginza")[1], "ginza", 35.671, 139.765],
    [ids(at="shibuya")[1], "shibuya", 35.659, 139.700],
    [ids(at="osaka")[1], "osaka", 34.702, 135.495],
    [ids(at="ueno")[1], "ueno", 35.713, 139.777],
]


async def itself(answer: Answer, _: Reader) -> Answer:
    return answer


async def do(store: Store, command: Command) -> Answer:
    return await run(store, command, itself)


async def available(store: Store, at: str = "ginza") -> int:
    [[found]] = await store.read(READ, {"id": level_id("A", at)})
    return found


async def put(store: Store, statement: Any, /, **parameters: Any) -> None:
    await store.write(lambda transaction: transaction.run(statement, parameters))


async def held(store: Store, quantity: int = 1, minutes: int = 15) -> str:
    return (await do(store, reserve(author(), HERE, quantity, "basket-1", minutes)))["reservation"]


@pytest.fixture(autouse=True)
async def _three_here(store: Store) -> None:
    await wipe(store)
    await tell(store, moved("RECEIPT", 3, "08:00"), moved("RECEIPT", 9, "08:00", store="osaka"))
    await tell(store, moved("RECEIPT", 4, "08:00", store="shibuya"), moved("RECEIPT", 1, "08:00", store="ueno"))
    await put(store, PUT_AT, rows=PLACES)


async def test_of_32_clients_that_want_the_last_three_three_get_one(store: Store) -> None:
    # given readers that look on while the clients reserve
    seen: list[int] = []
    done = asyncio.Event()

    async def look_on() -> None:
        while not done.is_set():
            seen.append(await available(store))

    async def client(number: int) -> str | tuple[str, ...]:
        try:
            return (await do(store, reserve(author(), HERE, 1, f"basket-{number}", 15)))["reservation"]
        except OutOfStock as refused:
            return tuple(refused.shown["nearest"])

    # when
    looking = [asyncio.ensure_future(look_on()) for _ in range(2)]
    outcomes = await asyncio.gather(*(client(number) for number in range(32)))
    done.set()
    await asyncio.gather(*looking)
    # then
    refused = [outcome for outcome in outcomes if isinstance(outcome, tuple)]
    assert len(refused) == 29
    assert set(refused) == {(level_id("A", "ueno"), level_id("A", "shibuya"), level_id("A", "osaka"))}
    assert len({outcome for outcome in outcomes if isinstance(outcome, str)}) == 3
    assert min(seen) >= 0
    assert (await level(store) or {}) == {
        "on_hand": 3,
        "committed": 0,
        "reserved": 3,
        "incoming": 0,
        "unavailable": 0,
        "available": 0,
    }


async def test_what_has_run_out_is_available_to_every_reader_before_anybody_sweeps_it(store: Store) -> None:
    # given
    own_id = await held(store, 3)
    assert await available(store) == 0
    # when its time is over
    await put(store, RUN_OUT, id=own_id)
    # then
    assert await available(store) == 3
    assert await store.read(STATE, {"id": own_id}) == [["HELD", 1]]
    # when swept
    assert (await sweep(store), await sweep(store)) == (1, 0)
    # then
    assert await store.read(STATE, {"id": own_id}) == [["EXPIRED", None]]
    assert (await available(store), (await level(store) or {})["reserved"]) == (3, 0)


@pytest.mark.parametrize("swept", [True, False])
async def test_renewing_what_has_run_out_takes_no_piece_that_another_holds(store: Store, swept: bool) -> None:
    # given
    first = await held(store, 2)
    await put(store, RUN_OUT, id=first)
    if swept:
        await sweep(store)
    second = await held(store, 2)
    # when
    with pytest.raises(OutOfStock):
        await do(store, renew(author(), first, 15))
    # then
    assert await available(store) == 1
    # when the other lets go
    await do(store, release(author(), second))
    await do(store, renew(author(), first, 15))
    # then
    assert await available(store) == 1
    assert (await store.read(STATE, {"id": first}))[0][0] == "HELD"


async def test_what_is_held_is_renewed_although_nothing_else_is_left(store: Store) -> None:
    own_id = await held(store, 3, minutes=1)
    [[_, before]] = await store.read(STATE, {"id": own_id})
    await do(store, renew(author(), own_id, 60))
    [[state, after]] = await store.read(STATE, {"id": own_id})
    assert (state, after > before, await available(store)) == ("HELD", True, 0)


async def test_releasing_gives_back_once_and_ends_it(store: Store) -> None:
    # given
    own_id = await held(store, 2)
    # when
    await do(store, release(author(), own_id))
    await do(store, release(author(), own_id))
    # then
    assert await available(store) == 3
    with pytest.raises(Conflict):
        await do(store, renew(author(), own_id, 15))


async def test_a_repeat_of_a_reservation_holds_nothing_twice(store: Store) -> None:
    command = reserve(author("once"), HERE, 2, "basket-1", 15)
    assert await do(store, command) == await do(store, command)
    assert await available(store) == 1


async def test_what_is_held_here_counts_at_no_other_store(store: Store) -> None:
    await held(store, 3)
    assert await available(store, "osaka") == 9


async def test_a_count_by_a_person_records_the_difference_and_who_counted(store: Store) -> None:
    await do(store, count(author(), HERE, 2, None, None))
    assert await store.read(FOUND) == [[-1, 3, "clerk"]]
    assert await available(store) == 2


async def test_pieces_are_adjusted_set_aside_transferred_and_received(store: Store) -> None:
    # when
    await do(store, move(author(), HERE, Movement(ADJUSTMENT, -1)))
    await do(store, move(author(), HERE, Movement(ADJUSTMENT, 1, unavailable="DISPLAY")))
    await do(store, move(author(), HERE, Movement(TRANSFER, 1, to=ids(at="ueno")[1])))
    await do(store, move(author(), HERE, Movement(RECEIPT, 5, reference="PO-2", expected="2026-12-24T00:00:00.000000Z")))
    # then
    wanted = {"on_hand": 1, "committed": 0, "reserved": 0, "incoming": 5, "unavailable": 1, "available": 0}
    assert await level(store) == wanted
    assert await available(store, "ueno") == 2


@pytest.mark.parametrize(
    ("movement", "pointer"),
    [
        (Movement(TRANSFER, 1), "/toStoreId"),
        (Movement(TRANSFER, 1, to=HERE.store), "/toStoreId"),
        (Movement(RECEIPT, 1, to=ids(at="ueno")[1]), "/toStoreId"),
        (Movement(RECEIPT, -1), "/quantity"),
        (Movement(ADJUSTMENT, 0), "/quantity"),
        (Movement(RECEIPT, 1, expected="2026-12-24T00:00:00.000000Z"), "/expectedAt"),
    ],
)
async def test_a_movement_that_cannot_be_is_refused_with_its_place(store: Store, movement: Movement, pointer: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await do(store, move(author(), HERE, movement))
    assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    ("command", "pointer"),
    [
        (lambda: reserve(author(), Place("none", HERE.store), 1, "b", 15), "/productId"),
        (lambda: reserve(author(), Place(HERE.product, "none"), 1, "b", 15), "/storeId"),
        (lambda: move(author(), HERE, Movement(TRANSFER, 1, to="none")), "/toStoreId"),
        (lambda: renew(author(), "none", 15), "/reservationId"),
        (lambda: release(author(), "none"), "/reservationId"),
    ],
)
async def test_what_there_is_not_is_refused_with_its_place(store: Store, command: Any, pointer: str) -> None:
    with pytest.raises(NotFound) as refused:
        await do(store, command())
    assert refused.value.pointer == pointer


async def test_nothing_of_a_product_that_a_store_never_had_can_be_held_and_nothing_is_left_of_the_asking(store: Store) -> None:
    await put(store, "MATCH (l:InventoryLevel {id: $p.id}) DETACH DELETE l", id=level_id("A", "ueno"))
    with pytest.raises(OutOfStock):
        await do(store, reserve(author(), Place(*ids(at="ueno")), 1, "basket-1", 15))
    assert await level(store, at="ueno") is None
