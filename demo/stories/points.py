"""Stories of points: an order that is changed back and forth, lots that expire one after the other, a debt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo.characters import CHANGED_THEIR_MIND, HAS_COUPONS, OWES_POINTS, SPENDS_BY_EXPIRY
from demo.envelope import RawEvent, by_record, event, moment
from demo.records import records
from demo.stories.orders import SENT, brought_back, order_of

ONLINE: dict[str, Any] = {"channel": "WEB", "store": "web", "fulfillments": [SENT]}


def points() -> Iterator[RawEvent]:
    yield from _changed_back_and_forth()
    yield from _spent_by_expiry()
    yield from _debt()
    yield from _coupons()


def points_taken_back() -> Iterator[RawEvent]:
    """Yield how the stories end, which is told once what they begin with has earned and spent its points."""
    more = {"store": "yokohama", "staff": "yokohama-1", "reason": "思っていた色と違う"}
    yield brought_back("/pos/yokohama", "B-STORY-26", "2026-11-22T10:40", ("/ec", "EC-STORY-26-3"), {1: 1}, **more)
    back = {"status": "RETURNED"}
    yield event("order", "/ec", "order-EC-STORY-27-1-returned", moment("2026-11-20T15:00"), back, subject="EC-STORY-27-1")


def _changed_back_and_forth() -> Iterator[RawEvent]:
    """Cancelled, edited and opened again: the order has earned what its last lines deserve, 98 points."""
    person, number = CHANGED_THEIR_MIND, "EC-STORY-25"
    yield from records(person)
    by = by_record("/ec", person.account)
    for place, (at, pieces, status) in enumerate((
        ("2026-10-20T20:00", {"SKU-001": 1}, "FULFILLED"),
        ("2026-10-20T20:30", {"SKU-001": 1}, "CANCELLED"),
        ("2026-10-20T21:00", {"SKU-001": 2}, "CANCELLED"),
        ("2026-10-20T21:30", {"SKU-019": 1}, "FULFILLED"),
    ), 1):  # fmt: skip
        sent = [{**SENT, "id": str(place), **({"status": "CANCELLED"} if status == "CANCELLED" else {})}]
        more: dict[str, Any] = {**ONLINE, "status": status, "fulfillments": sent}
        yield order_of("/ec", number, at, pieces, by, event_id=f"order-{number}-{place}", **more)


def _spent_by_expiry() -> Iterator[RawEvent]:
    """100 points that soon expire and 50 of later: 120 are spent, and half of what they paid for comes back in the end."""
    person = SPENDS_BY_EXPIRY
    yield from records(person)
    by = by_record("/ec", person.account)
    yield order_of("/ec", "EC-STORY-26-1", "2025-11-18T20:00", {"SKU-020": 1}, by, discount=300, **ONLINE)
    yield order_of("/ec", "EC-STORY-26-2", "2026-02-20T20:00", {"SKU-032": 1}, by, discount=400, **ONLINE)
    yield order_of("/ec", "EC-STORY-26-3", "2026-11-12T20:00", {"SKU-019": 2}, by, points_used=120, **ONLINE)


def _debt() -> Iterator[RawEvent]:
    """1,091 points are earned and spent; in the end the purchase that earned them comes back."""
    person = OWES_POINTS
    yield from records(person)
    by = by_record("/ec", person.account)
    yield order_of("/ec", "EC-STORY-27-1", "2026-09-10T20:00", {"SKU-025": 2, "SKU-013": 2}, by, discount=100, **ONLINE)
    yield order_of("/ec", "EC-STORY-27-2", "2026-11-15T20:00", {"SKU-037": 1}, by, points_used=1091, **ONLINE)


def _coupons() -> Iterator[RawEvent]:
    person = HAS_COUPONS
    yield from records(person)
    yield order_of("/ec", "EC-STORY-28", "2026-11-19T20:00", {"SKU-055": 1}, by_record("/ec", person.account), **ONLINE)
    at_till: dict[str, Any] = {"channel": "STORE", "store": "ginza", "staff": "ginza-3"}
    yield order_of("/pos/ginza", "POS-STORY-28", "2026-11-08T15:20", {"SKU-049": 1}, by_record("/pos", person.member), **at_till)
