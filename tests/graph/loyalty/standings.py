"""Orders, lots and programmes for the tests of points, made in memory."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.loyalty.ledger import Ledger, Posting
from graph.loyalty.lots import Lot
from graph.loyalty.programme import EarnRule, Programme, Rank
from graph.orders.standing import LineStanding, OrderStanding

TOKYO = "Asia/Tokyo"
BASE = EarnRule("base", per=100, points=1, ends=date(2026, 6, 30))
JULY = EarnRule("july", per=100, points=5, begins=date(2026, 7, 1), ends=date(2026, 7, 31))
RANKS = (Rank("SILVER", 50_000), Rank("GOLD", 200_000))


def programme(*rules: EarnRule, number: int = 1, saved_at: str = "2026-01-01T00:00:00.000000Z", **more: Any) -> Programme:
    told: dict[str, Any] = {
        "zone": TOKYO, "currency": "JPY", "return_days": 14, "valid_days": 365, "given_back_days": 30,
        "used_from": frozenset(), "ranks": RANKS,
    }  # fmt: skip
    return Programme(number=number, saved_at=saved_at, rules=rules or (BASE, JULY), **{**told, **more})


def line(amount: int, number: int = 1, *, sku: str | None = None, refunded: int = 0) -> LineStanding:
    return LineStanding(number, sku, 1, amount, 0, refunded)


def order(*lines: LineStanding, own_id: str = "o-1", at: str = "2026-06-30T14:59:00.000000Z", **more: Any) -> OrderStanding:
    told: dict[str, Any] = {
        "source": "/shop", "number": None, "record": "/shop:1", "channel": "WEB", "store": None, "status": None,
        "currency": "JPY", "total": None, "points_used": None, "coupons": (),
    }  # fmt: skip
    return OrderStanding(id=own_id, at=at, lines=lines, **{**told, **more})


def lot(own_id: str, points: int, expires: str, *, active: str = "2025-01-01") -> Lot:
    return Lot(own_id, points, points, f"{active}T00:00:00.000000Z", f"{active}T00:00:00.000000Z", expires, active=True)


def granted(ledger: Ledger, *lots: Lot) -> Ledger:
    """Return a ledger after these lots were granted to it, each by an entry."""
    for each in lots:
        ledger.grant(Posting("ADJUST", f"given:{each.id}", each.granted_at), [each])
    return ledger


def agree(ledger: Ledger) -> None:
    """Assert that entries, lots and balance say the same, that nothing is below zero, and that each key is there once."""
    remaining: dict[str, int] = {}
    for entry in ledger.posted:
        assert entry.amount + entry.pending == sum(part.points for part in entry.parts) - entry.debt
        for part in entry.parts:
            remaining[part.lot] = remaining.get(part.lot, 0) + part.points
    assert {own_id: left for own_id, left in remaining.items() if left} == {
        each.id: each.remaining for each in ledger.lots.values() if each.remaining
    }
    debt = sum(entry.debt for entry in ledger.posted)
    assert debt == ledger.debt >= 0
    assert min(remaining.values(), default=0) >= 0
    assert sum(entry.pending for entry in ledger.posted) == ledger.pending
    assert sum(entry.amount for entry in ledger.posted) == ledger.balance == sum(remaining.values()) - ledger.pending - debt
    assert not (debt and any(each.active and each.remaining for each in ledger.lots.values()))
    assert len({entry.key for entry in ledger.posted}) == len(ledger.posted)
    assert len({entry.id for entry in ledger.posted}) == len(ledger.posted)
    if ledger.posted:
        assert ledger.posted[-1].balance == ledger.balance
