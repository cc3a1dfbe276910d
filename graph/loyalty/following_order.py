"""What an order deserves by now against what was posted for it: the difference is posted, so a repeat leaves nothing twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.loyalty.days import after_days
from graph.loyalty.ledger import About, Ledger, Posting
from graph.loyalty.lots import Taken
from graph.loyalty.programme import GONE, NOTHING_DESERVED, Deserved, Programme
from graph.loyalty.spending import give_back, spend
from graph.orders.standing import OrderStanding


@dataclass(frozen=True, slots=True)
class Standing:
    """An order with the programme of its moment, what it deserves, and the rank by which that was found."""

    order: OrderStanding
    programme: Programme
    deserved: Deserved = NOTHING_DESERVED
    rank: str | None = None


def post_order(standing: Standing, account: str | None, ledgers: Mapping[str, Ledger], taken: Sequence[Taken], now: str) -> None:
    """Post on these accounts what is missing of what an order earns and used, and take back what is too much.

    `account` is the one on which it earns, None while the order is nobody's; `ledgers` are that one and all others on which
    anything was posted for the order, settled; `taken` is all that was redeemed for it.
    """
    own = ledgers[account] if account else None
    for ledger in ledgers.values():
        _earn(standing, ledger, standing.deserved if ledger is own else NOTHING_DESERVED, now)
    _use(standing, own, ledgers, taken, now)


def _earn(standing: Standing, ledger: Ledger, wanted: Deserved, now: str) -> None:
    order, programme = standing.order, standing.programme
    have = ledger.earned_by(order.id)
    about = About(order=order.id, rules=wanted.rules, rank=standing.rank)
    key = f"order:{order.id}:{ledger.number + 1}"
    if wanted.points > have:
        active_from = after_days(order.at, programme.return_days, programme.zone)
        expires_at = after_days(active_from, programme.valid_days - 1, programme.zone)
        points = wanted.points - have
        lot = ledger.new_lot(key, points, now=now, active_from=active_from, expires_at=expires_at, order=order.id)
        ledger.grant(Posting("EARN", key, now, about), [lot])
    elif wanted.points < have:
        ledger.take_back(Posting("REVERSE", key, now, About(order=order.id)), order.id, have - wanted.points)


def _use(standing: Standing, own: Ledger | None, ledgers: Mapping[str, Ledger], taken: Sequence[Taken], now: str) -> None:
    order, programme = standing.order, standing.programme
    until = after_days(now, programme.given_back_days, programme.zone)
    about = About(order=order.id, redemption=order.id)
    key = f"order:{order.id}:used:{sum(ledger.number for ledger in ledgers.values())}"
    # What an order's report took from an account that the order has left goes back there.
    left = [each for each in taken if not each.commanded and own is not None and each.account != own.id]
    moved = Posting("REVERSE", f"{key}:left", now, about)
    give_back(ledgers, left, moved, sum(each.outstanding for each in left), until=until)
    outstanding = sum(each.outstanding for each in taken)
    missing = wanted_use(order, programme, taken) - outstanding
    if missing > 0 and own is not None:
        spend([own], Posting("REDEEM", key, now, about), missing, debtor=own.id)
    elif missing < 0:
        give_back(ledgers, taken, Posting("REVERSE", key, now, about), -missing, until=until)


def wanted_use(order: OrderStanding, programme: Programme, taken: Sequence[Taken]) -> int:
    """Return how many points the order has used as it stands: of what was used, the share of what was not paid back.

    What a person has given back by a command stays given back.
    """
    commanded = sum(each.points for each in taken if each.commanded)
    told = (order.points_used or 0) if order.source in programme.used_from else 0
    used, undone = max(commanded, told), sum(each.undone for each in taken)
    amount = sum(line.amount or 0 for line in order.lines) or order.total or 0
    refunded = min(amount, max(order.refunded, sum(line.refunded for line in order.lines)))
    if order.status in GONE:
        return 0
    kept = used - (used * refunded // amount if amount > 0 else 0)
    return max(0, kept - undone)
