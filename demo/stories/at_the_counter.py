"""Stories of the shelf and the counter: last pieces, pick-ups that wait, a count that finds fewer, one order over three doors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from demo.characters import (
    ASKED_TODAY,
    CAME_TOO_LATE,
    COLLECTS_THE_LAST,
    COMES_TOMORROW,
    OVER_THREE_DOORS,
    WAITS_IN_UMEDA,
)
from demo.envelope import RawEvent, by_record, event, moment
from demo.people import Resident
from demo.records import records
from demo.stock import moved_stock
from demo.stories.orders import brought_back, order_of

FOR_ALL = "WELCOME-10"
"""The coupon with which the one order over three doors was bought; 10 percent for whoever has the code."""
LAST_PIECES, LAST_PIECE, COUNTED = "SKU-009", "SKU-041", "SKU-033"


def at_the_counter() -> Iterator[RawEvent]:
    yield from _last_pieces()
    yield from _last_piece_for_pick_up()
    yield from _pick_ups_that_wait()
    yield from _count_that_finds_fewer()
    yield from _over_three_doors()


def brought_to_yokohama() -> Iterator[RawEvent]:
    """Yield how the order over three doors ends: half of it comes back, and half of what was paid is given back."""
    more = {"store": "yokohama", "staff": "yokohama-2", "reason": "サイズが合わない"}
    back = brought_back("/pos/yokohama", "B-STORY-29", "2026-11-22T11:20", ("/ec", "EC-STORY-29"), {1: 1}, **more)
    back["data"]["lines"][0]["amount"] = "6210"
    yield back


def _stock(kind: str, at: str, level: tuple[str, str], quantity: int, **more: Any) -> RawEvent:
    return moved_stock(kind, f"story-{level[1]}-{level[0]}-{at[-5:]}", moment(at), level, quantity, **more)


def _last_pieces() -> Iterator[RawEvent]:
    """Three dresses are left in Ginza, none in Shibuya, two in Yokohama, and more come to Ginza."""
    for store, pieces in (("ginza", 3), ("shibuya", 0), ("yokohama", 2)):
        yield _stock("COUNT", "2026-11-22T09:40", (LAST_PIECES, store), pieces, staff=f"{store}-2")
    yield _stock(
        "TRANSFER",
        "2026-11-22T09:45",
        (LAST_PIECES, "depot"),
        4,
        toStore="ginza",
        expectedAt="2026-11-25T11:00:00+09:00",
        reference="T-STORY-9",
    )


def _pick_up(person: Resident, number: str, placed: str, pieces: Mapping[str, int], store: str) -> RawEvent:
    waits = {"id": "1", "method": "PICKUP", "store": store, "status": "REQUESTED"}
    by = by_record("/ec", person.account)
    more: dict[str, Any] = {"status": "CONFIRMED", "channel": "WEB", "store": "web", "fulfillments": [waits]}
    return order_of("/ec", number, placed, pieces, by, **more)


def _step(number: str, at: str, store: str, status: str, **more: Any) -> RawEvent:
    """Return what the web shop tells next of a pick-up."""
    listed = [{"id": "1", "method": "PICKUP", "store": store, "status": status, **more}]
    data: dict[str, Any] = {"fulfillments": listed, **({"status": "FULFILLED"} if status == "PICKED_UP" else {})}
    return event("order", "/ec", f"order-{number}-{status.lower()}", moment(at), data, subject=number)


def _last_piece_for_pick_up() -> Iterator[RawEvent]:
    """The last knit in Ginza is hers: it waits on the shelf although nothing is available to anybody else."""
    person, number = COLLECTS_THE_LAST, "EC-STORY-20"
    yield from records(person)
    yield _stock("COUNT", "2026-11-21T20:45", (LAST_PIECE, "ginza"), 1, staff="ginza-2")
    yield _pick_up(person, number, "2026-11-21T21:30", {LAST_PIECE: 1}, "ginza")
    yield _step(number, "2026-11-22T10:15", "ginza", "READY", code="24680")


def _pick_ups_that_wait() -> Iterator[RawEvent]:
    """One is kept until tomorrow, one has gone back to the shelf after seven days, one was asked for today.

    She who asked has ordered a shirt as well, and has not said yet how she wants it.
    """
    for person in (COMES_TOMORROW, CAME_TOO_LATE, ASKED_TODAY):
        yield from records(person)
    yield _pick_up(COMES_TOMORROW, "EC-STORY-21", "2026-11-14T20:10", {"SKU-052": 1}, "ginza")
    yield _step("EC-STORY-21", "2026-11-16T10:00", "ginza", "READY", code="13579")
    yield _pick_up(CAME_TOO_LATE, "EC-STORY-22", "2026-11-08T22:05", {"SKU-031": 1}, "ginza")
    yield _step("EC-STORY-22", "2026-11-10T11:00", "ginza", "READY", code="97531")
    yield _pick_up(ASKED_TODAY, "EC-STORY-23", "2026-11-22T10:50", {"SKU-002": 1}, "ginza")
    placed: dict[str, Any] = {"status": "PLACED", "channel": "WEB", "store": "web"}
    yield order_of("/ec", "EC-STORY-30", "2026-11-22T11:05", {"SKU-010": 1}, by_record("/ec", ASKED_TODAY.account), **placed)


def _count_that_finds_fewer() -> Iterator[RawEvent]:
    """The book says 9 and 2 are ordered; 7 are counted, and a sale of that morning arrives late and changes nothing."""
    person = WAITS_IN_UMEDA
    yield from records(person)
    yield _stock("COUNT", "2026-11-21T20:45", (COUNTED, "umeda"), 0, staff="umeda-1")
    yield _stock("RECEIPT", "2026-11-22T09:00", (COUNTED, "umeda"), 9, reference="PO-STORY-3")
    yield _pick_up(person, "EC-STORY-24", "2026-11-22T09:20", {COUNTED: 2}, "umeda")
    yield _stock("COUNT", "2026-11-22T10:30", (COUNTED, "umeda"), 7, staff="umeda-1")
    yield _stock("SALE", "2026-11-22T09:50", (COUNTED, "umeda"), 1)


def _over_three_doors() -> Iterator[RawEvent]:
    """Two shirts bought online with a coupon, picked up in Ginza; in the end one of them is brought back in Yokohama."""
    person, number = OVER_THREE_DOORS, "EC-STORY-29"
    yield from records(person)
    placed = _pick_up(person, number, "2026-11-18T21:10", {"SKU-007": 2}, "ginza")
    placed["data"] |= {"couponCodes": [FOR_ALL], "discount": "1380", "total": "12420"}
    yield placed
    yield _step(number, "2026-11-19T10:30", "ginza", "READY", code="86420")
    yield _step(number, "2026-11-20T18:40", "ginza", "PICKED_UP")
