"""Spending over the accounts of one customer, and giving back: what expires first goes first, what went last comes back first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.loyalty.ledger import Ledger, Posting
from graph.loyalty.lots import Taken, usable

Plan = list[tuple[str | None, int, int]]
"""Lots with how many points each gives and its place; None stands for a debt."""


def can_spend(ledgers: Sequence[Ledger]) -> int:
    """Return how many points can be spent: what is usable on all accounts, less their debts, never below zero."""
    return max(0, sum(ledger.balance for ledger in ledgers))


def planned(ledgers: Sequence[Ledger], points: int) -> dict[str, Plan]:
    """Return by account which lots give the points, as far as there are any."""
    plans: dict[str, Plan] = {}
    own = {lot.id: ledger.id for ledger in ledgers for lot in ledger.lots.values()}
    for place, lot in enumerate(usable(lot for ledger in ledgers for lot in ledger.lots.values())):
        given = min(points, lot.remaining)
        if not given:
            break
        plans.setdefault(own[lot.id], []).append((lot.id, given, place))
        points -= given
    return plans


def spend(ledgers: Sequence[Ledger], posting: Posting, points: int, debtor: str = "") -> int:
    """Post the points on the accounts that have them and return how many are missing; those are a debt of `debtor`, if one."""
    plans = planned(ledgers, points)
    missing = points - sum(given for plan in plans.values() for _, given, _ in plan)
    if missing and debtor:
        plan = plans.setdefault(debtor, [])
        plan.append((None, missing, len(plan) + sum(map(len, plans.values()))))
    for ledger in ledgers:
        if ledger.id in plans:
            ledger.take(posting, plans[ledger.id])
    return 0 if debtor else missing


def give_back(
    ledgers: Mapping[str, Ledger],
    taken: Sequence[Taken],
    posting: Posting,
    points: int,
    *,
    until: str,
    by_person: bool = False,
) -> int:
    """Give points back in the reverse order of use, at most what has not been given back, and return how many were."""
    parts: dict[str, list[tuple[Taken, int]]] = {}
    left = points
    for each in sorted(taken, key=lambda each: (each.at, each.place, each.account), reverse=True):
        part = min(left, each.outstanding)
        if part:
            parts.setdefault(each.account, []).append((each, part))
            left -= part
    for account, shares in sorted(parts.items()):
        ledgers[account].give_back(posting, until, shares, by_person=by_person)
    return points - left
