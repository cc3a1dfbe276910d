"""What staff do to points: give some or take some, with a reason, and move them from one account to another."""

from __future__ import annotations

from dataclasses import replace

from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InsufficientPoints, NotFound
from graph.loyalty.days import after_days
from graph.loyalty.ledger import About, Ledger, Posting
from graph.loyalty.nodes import Accounts
from graph.loyalty.programmes import current
from graph.loyalty.redeeming import posted
from graph.loyalty.spending import can_spend, planned, spend
from graph.loyalty.theirs import account, accounts_of
from graph.words import Sentence
from graph.writes.unit import Unit


def adjust(author: Author, customer: str, points: int, chosen: str | None) -> Command:
    """Return the command that gives a customer points, or takes some where `points` is below zero.

    What is given goes to the account `chosen` (id), else to the one that was first opened, and to a new one of the earliest
    source record where there is none. What is taken comes from all accounts by expiry, or from the one that is chosen.
    Its answer is the `customer` and the `entries`, by id.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        surviving, ledgers, earliest = await accounts_of(unit, customer)
        if chosen is not None:
            ledgers = [each for each in ledgers if each.id == chosen]
            if not ledgers:
                raise NotFound(Sentence("refusal.NO_SUCH_LOYALTYACCOUNT"), "/accountId")
        posting = Posting("ADJUST", own_id, unit.now, About(author.actor, author.reason, commanded=True))
        if points > 0:
            ledgers = ledgers[:1] or [await unit.of(Accounts).open(earliest[0])]
            _give(ledgers[0], posting, points)
        elif -points > can_spend(ledgers):
            raise InsufficientPoints(Sentence("refusal.INSUFFICIENT_POINTS"), "/points")
        else:
            spend(ledgers, posting, -points)
        await unit.of(Accounts).note()
        return {"customer": surviving, "entries": posted(ledgers, own_id)}

    return Command(author, "POINTS_ADJUST", [customer, points, chosen], (Accounts,), execute)


def transfer(author: Author, giver: str, taker: str, points: int) -> Command:
    """Return the command that moves points between two accounts (ids); each keeps the day on which it expires.

    Its answer is the `entries`, one of each account, by id.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        if giver == taker:
            raise Conflict(Sentence("refusal.SAME_ACCOUNT"), "/toAccountId")
        await unit.of(Accounts).lock([giver, taker])  # both in one order
        one, other = await account(unit, giver, "/fromAccountId"), await account(unit, taker, "/toAccountId")
        if points > can_spend([one]):
            raise InsufficientPoints(Sentence("refusal.INSUFFICIENT_POINTS"), "/points")
        moved = [(one.lots[lot or ""], many) for lot, many, _ in planned([one], points)[one.id]]
        about = About(author.actor, author.reason, commanded=True)
        out, into = (Posting("TRANSFER", own_id, unit.now, replace(about, other=each.id)) for each in (other, one))
        spend([one], out, points)
        came = [
            other.new_lot(f"{own_id}:{place}", many, now=unit.now, active_from=unit.now, expires_at=lot.expires_at)
            for place, (lot, many) in enumerate(moved)
        ]
        other.grant(into, came)
        await unit.of(Accounts).note()
        return {"entries": posted([one, other], own_id)}

    return Command(author, "POINTS_TRANSFER", [giver, taker, points], (Accounts,), execute)


def _give(ledger: Ledger, posting: Posting, points: int) -> None:
    programme, now = current(), posting.at
    until = after_days(now, programme.valid_days - 1, programme.zone)
    ledger.grant(posting, [ledger.new_lot(posting.key, points, now=now, active_from=now, expires_at=until)])
