"""How points stand at the moment of reading: what is due counts, also before anybody has posted it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, LiteralString

from graph.events.newest import utc_text
from graph.loyalty.days import day_of
from graph.loyalty.programmes import current
from graph.loyalty.ranks import WINDOW, Purchase, RankStanding, standing_on
from graph.orders.sales import IS_SALE, SOLD_FOR

# (:LoyaltyAccount)-[:HAS_LOT]->(:PointLot {account, remaining}): what is spent is not walked
LOTS: LiteralString = """COLLECT {{
  MATCH ({l}:PointLot) USING INDEX SEEK {l}:PointLot(account, remaining) WHERE {l}.account = {a}.id AND {l}.remaining > 0
  RETURN [{l}.remaining, {l}.active, {l}.active_from, {l}.expires_at]
}}"""
OF_ACCOUNT: LiteralString = "COLLECT {{ WITH {v} AS {a} RETURN [{a}.debt, LOTS] }}".replace("LOTS", LOTS)
# (:SourceRecord)-[:HAS_ACCOUNT]->(:LoyaltyAccount)
OF_RECORDS: LiteralString = """COLLECT {{
  UNWIND {records} AS {s} MATCH ({s})-[:HAS_ACCOUNT]->({a}:LoyaltyAccount) RETURN [{a}.debt, LOTS]
}}""".replace("LOTS", LOTS)
# (:SourceRecord {key}) = (:Order {record}), by index; what counted on any day of the last year, whatever the time zone
BOUGHT: LiteralString = """COLLECT {{
    MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, kind, position)
    WHERE {t}.record = {s}.key AND {t}.kind = 'ORDER' AND {t}.position >= toString(date() - duration('P733D'))
      AND {t}.position < '~' AND {t}.total IS NOT NULL AND IS_SALE
    RETURN [left({t}.position, 27), SOLD_FOR, {t}.currency]
}}""".replace("IS_SALE", IS_SALE).replace("SOLD_FOR", SOLD_FOR)
BOUGHT_BY_ACCOUNT: LiteralString = "COLLECT {{ MATCH ({v})<-[:HAS_ACCOUNT]-({s}:SourceRecord) RETURN BOUGHT }}".replace(
    "BOUGHT", BOUGHT
)
BOUGHT_BY_RECORDS: LiteralString = (
    "COLLECT {{ UNWIND {records} AS {s} MATCH ({s})-[:HAS_ACCOUNT]->(:LoyaltyAccount) RETURN BOUGHT }}".replace("BOUGHT", BOUGHT)
)

Held = list[list[Any]]
"""Of each account its debt, and of each lot with points: how many, whether active, from when, until when."""


def now() -> str:
    return utc_text(datetime.now(UTC))


def balance(held: Held) -> int:
    """Return the points that can be spent: over all accounts, less the debts; below zero while there is a debt."""
    moment = now()
    usable = sum(left for _, lots in held for left, _, begins, ends in lots if begins <= moment < ends)
    return usable - sum(debt or 0 for debt, _ in held)


def pending(held: Held) -> int:
    moment = now()
    return sum(left for _, lots in held for left, _, begins, _ in lots if begins > moment)


def debt(held: Held) -> int:
    """Return what is owed once points that are due by now have paid for it, on each account."""
    moment, owed = now(), 0
    for debt, lots in held:
        usable = sum(left for left, active, begins, ends in lots if not active and begins <= moment < ends)
        owed += max(0, (debt or 0) - usable)
    return owed


def next_expiry(held: Held) -> dict[str, Any] | None:
    """Return when points that can be spent expire next, and how many of them."""
    moment = now()
    usable = [(ends, left) for _, lots in held for left, _, begins, ends in lots if begins <= moment < ends]
    first = min((ends for ends, _ in usable), default=None)
    return None if first is None else {"at": first, "points": sum(left for ends, left in usable if ends == first)}


def rank(bought: Iterable[Iterable[list[Any]]]) -> dict[str, Any] | None:
    """Return the highest rank of the accounts, by what was bought on the record of each; None below the lowest."""
    programme = current()
    day = day_of(now(), programme.zone)
    standings = [
        standing_on(
            [Purchase(day_of(at, programme.zone), amount) for at, amount, paid_in in each if paid_in == programme.currency],
            programme.ranks,
            day,
        )
        for each in bought
    ]
    spends = {each.name: each.spend for each in programme.ranks}
    reached = [each for each in standings if each.name is not None]
    return _told(max(reached, key=lambda each: spends[each.name or ""]), day) if reached else None


def _told(standing: RankStanding, day: date) -> dict[str, Any]:
    return {
        "name": standing.name,
        "since": standing.since.isoformat() if standing.since and standing.since >= day - WINDOW else None,
        "until": standing.until.isoformat() if standing.until else None,
    }
