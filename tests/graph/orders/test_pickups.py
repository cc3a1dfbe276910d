"""Pick-ups: lead time, steps, the check at the counter, what is told of an end, and races."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from graph.commands.command import Answer, Author, Command, run
from graph.errors import Conflict, Customer360Error, InvalidInput, NotFound
from graph.events.newest import utc_text
from graph.keys import store_id
from graph.orders import picking_up
from graph.orders.expiring import expire_pickups
from graph.orders.returning import BackLine, take_back
from graph.store import Reader, Store, Transaction
from tests.graph.orders.selling import order, order_id, tell

pytestmark = pytest.mark.anyio

SHIRTS, SOCKS = {"sku": "SHIRT-M", "quantity": 2, "amount": "6000"}, {"sku": "SOCKS", "amount": "500"}
keys: Iterator[int] = count()
STANDS = "MATCH (o:Order {id: $p.id}) RETURN o.state, o.attention"
READ = "MATCH (f:Fulfillment {id: $p.id}) RETURN properties(f)"


def clerk() -> Author:
    return Author("counter", "clerk-1", f"k-{next(keys)}")


async def given(store: Store, command: Command) -> Answer:
    async def as_it_is(answer: Answer, _: Reader) -> Answer:
        return answer

    return await run(store, command, as_it_is)


async def shop(store: Store, code: str, **rule: int) -> str:
    told = {"specversion": "1.0", "type": "customer360.store.v1", "source": "/hq", "id": f"s-{next(keys)}", "subject": code}
    await tell(store, {**told, "time": "2026-01-01T00:00:00Z", "data": rule})
    return store_id(code)


async def asked(store: Store, subject: str, code: str = "P01", at: datetime | None = None, **lines: Any) -> str:
    slot = picking_up.Slot(order_id(subject), await shop(store, code), lines.get("lines", ()), at)
    return (await given(store, picking_up.request(clerk(), slot)))["fulfillment"]


async def ready(store: Store, subject: str, code: str = "P01") -> str:
    await tell(store, order(subject, SHIRTS))
    own_id = await asked(store, subject, code)
    await given(store, picking_up.step(clerk(), own_id, "READY_FOR_PICKUP"))
    return own_id


async def node(store: Store, own_id: str) -> dict[str, Any]:
    [[found]] = await store.read(READ, {"id": own_id})
    return found


async def refused(store: Store, command: Command) -> tuple[type[Customer360Error], str | None]:
    with pytest.raises(Customer360Error) as caught:
        await given(store, command)
    return type(caught.value), caught.value.pointer


async def test_a_time_that_is_too_soon_for_the_store_is_refused_and_a_later_one_is_taken(store: Store) -> None:
    await tell(store, order("P-1", SHIRTS))
    slow = await shop(store, "P-SLOW", pickupLeadHours=4)
    now = datetime.now(UTC)

    soon, later = (picking_up.Slot(order_id("P-1"), slow, (), now + timedelta(hours=hours)) for hours in (3, 5))

    assert await refused(store, picking_up.request(clerk(), soon)) == (InvalidInput, "/slot")
    own_id = (await given(store, picking_up.request(clerk(), later)))["fulfillment"]
    assert (await node(store, own_id))["slot"] == utc_text(later.at or now)


async def test_no_more_is_picked_up_than_is_left_of_the_order(store: Store) -> None:
    await tell(store, order("P-2", SHIRTS, SOCKS))
    first = await asked(store, "P-2", lines=[(1, 1)])
    more = picking_up.Slot(order_id("P-2"), store_id("P01"), [(1, 2)], None)

    assert await refused(store, picking_up.request(clerk(), more)) == (Conflict, "/lines/0/quantity")
    await asked(store, "P-2")
    assert await refused(store, picking_up.request(clerk(), picking_up.Slot(order_id("P-2"), store_id("P01"), (), None))) == (
        Conflict,
        "/lines",
    )
    await given(store, picking_up.step(clerk(), first, "CANCELLED"))
    rest = await node(store, await asked(store, "P-2"))
    assert rest["handed_out"] == '{"1":1.0}', "what was cancelled can be asked for again"


async def test_it_is_handed_over_only_when_it_is_ready_and_with_its_code_or_the_identity(store: Store) -> None:
    await tell(store, order("P-3", SHIRTS, status="PLACED"))
    own_id = await asked(store, "P-3")
    assert await store.read(STANDS, {"id": order_id("P-3")}) == [["OPEN", "ORDER_OPEN"]]
    code = (await node(store, own_id))["pickup_code"]
    assert len(code) == 6

    assert await refused(store, picking_up.hand_over(clerk(), own_id, code, identity=False)) == (Conflict, "/fulfillmentId")
    for state in ("ALLOCATED", "READY_FOR_PICKUP"):
        await given(store, picking_up.step(clerk(), own_id, state))
    with pytest.raises(InvalidInput):
        picking_up.hand_over(clerk(), own_id, "", identity=False)
    full_width = code.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    await given(store, picking_up.hand_over(clerk(), own_id, full_width, identity=False))

    found = await node(store, own_id)
    assert (found["state"], found["checked"], found.get("waits_at")) == ("PICKED_UP", "CODE", None)
    assert await store.read(STANDS, {"id": order_id("P-3")}) == [["FULFILLED", None]]
    assert await refused(store, picking_up.step(clerk(), own_id, "CANCELLED")) == (Conflict, "/fulfillmentId")


async def test_wrong_codes_are_counted_and_after_five_only_the_identity_counts(store: Store) -> None:
    own_id = await ready(store, "P-4")
    right = (await node(store, own_id))["pickup_code"]

    left = [(await given(store, picking_up.hand_over(clerk(), own_id, "no", identity=False)))["wrong"] for _ in range(5)]

    assert left == [4, 3, 2, 1, 0]
    assert await refused(store, picking_up.hand_over(clerk(), own_id, right, identity=False)) == (Conflict, "/code")
    await given(store, picking_up.hand_over(clerk(), own_id, None, identity=True))
    assert (await node(store, own_id))["checked"] == "IDENTITY"


async def test_thirty_two_tries_at_once_are_no_more_than_five(store: Store) -> None:
    own_id = await ready(store, "P-5")

    async def guess() -> int | None:
        try:
            return (await given(store, picking_up.hand_over(clerk(), own_id, "no", identity=False)))["wrong"]
        except Conflict:
            return None

    found = await asyncio.gather(*(guess() for _ in range(32)))

    assert sorted(each for each in found if each is not None) == [0, 1, 2, 3, 4]


async def test_what_is_not_fetched_in_time_ends_then_and_is_refused_before_anybody_has_looked(store: Store) -> None:
    await shop(store, "P-WEEK")
    own_id = await ready(store, "P-6", "P-WEEK")
    found = await node(store, own_id)
    assert await expire_pickups(store) == 0

    async def let_time_pass(transaction: Transaction) -> None:
        await transaction.run(
            "MATCH (f:Fulfillment {id: $p.id}) SET f.expires_at = $p.at", {"id": own_id, "at": "2026-01-08T00:00:00.000000Z"}
        )

    await store.write(let_time_pass)
    assert await refused(store, picking_up.hand_over(clerk(), own_id, found["pickup_code"], identity=False)) == (
        Conflict,
        "/fulfillmentId",
    )


async def test_the_sweep_ends_a_pickup_at_the_time_that_its_store_gives_and_says_why(store: Store) -> None:
    own_id = await ready(store, "P-7", "P-WEEK")
    waiting = await node(store, own_id)
    since, ends = waiting["since"], waiting["expires_at"]
    assert datetime.fromisoformat(ends) - datetime.fromisoformat(since) == timedelta(days=7)
    before = datetime.fromisoformat(ends) - timedelta(seconds=1)

    await expire_pickups(store, before)
    assert (await node(store, own_id))["state"] == "READY_FOR_PICKUP"
    await expire_pickups(store, before + timedelta(seconds=1))

    found = await node(store, own_id)
    assert (found["state"], found["since"]) == ("EXPIRED", ends)
    assert '"rule":"NOT_COLLECTED"' in found["history"]
    assert await store.read("MATCH (o:Order {id: $p.id}) RETURN o.state", {"id": order_id("P-7")}) == [["EXPIRED"]]


async def test_a_thing_that_there_is_not_is_not_found(store: Store) -> None:
    await tell(store, order("P-8", SHIRTS))
    nowhere = picking_up.Slot(order_id("P-8"), "none", (), None)
    nothing = picking_up.Slot("none", await shop(store, "P01"), (), None)

    assert await refused(store, picking_up.request(clerk(), nowhere)) == (NotFound, "/storeId")
    assert await refused(store, picking_up.request(clerk(), nothing)) == (NotFound, "/orderId")
    assert await refused(store, picking_up.step(clerk(), "none", "ALLOCATED")) == (NotFound, "/fulfillmentId")


async def test_of_many_who_take_the_last_piece_back_at_once_one_does(store: Store) -> None:
    await tell(store, order("P-9", SOCKS))
    at = await shop(store, "P02")

    async def take() -> str | None:
        try:
            await given(store, take_back(clerk(), order_id("P-9"), at, [BackLine(1, 1, None, restocked=True)], None))
        except Conflict as error:
            return error.pointer
        return "taken"

    found = sorted(str(each) for each in await asyncio.gather(*(take() for _ in range(16))))
    assert found == ["/lines/0/quantity"] * 15 + ["taken"]


@pytest.mark.parametrize(
    ("lines", "pointer"),
    [
        ([], "/lines"),
        ([BackLine(1, 1, None, True), BackLine(1, 1, None, True)], "/lines/1/line"),
        ([BackLine(1, 0, None, True)], "/lines/0/quantity"),
        ([BackLine(1, 1, "1.5", True)], "/lines/0/amount"),
        ([BackLine(1, 1, "-1", True)], "/lines/0/amount"),
        ([BackLine(1, 1, "", True)], "/lines/0/amount"),
    ],
)
async def test_what_cannot_be_taken_back_is_refused_at_its_place(store: Store, lines: list[BackLine], pointer: str) -> None:
    await tell(store, order("P-10", SOCKS))

    assert await refused(store, take_back(clerk(), order_id("P-10"), await shop(store, "P02"), lines, None)) == (
        InvalidInput,
        pointer,
    )
