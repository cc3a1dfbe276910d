"""Redeeming points at a till or in a web shop, and giving them back."""

from __future__ import annotations

from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InsufficientPoints, NotFound
from graph.loyalty.days import after_days
from graph.loyalty.ledger import About, Ledger, Posting
from graph.loyalty.nodes import Accounts
from graph.loyalty.programmes import current
from graph.loyalty.spending import can_spend, give_back, spend
from graph.loyalty.theirs import READ_ENTRY, READ_REDEEMED, accounts_of
from graph.orders.standing import standing_orders
from graph.words import Sentence
from graph.writes.unit import Unit


def redeem(author: Author, customer: str, points: int, order: str | None) -> Command:
    """Return the command that spends points of a customer, on an order if one is named (id); all of them or none.

    Its answer is the `customer` and the `entries`, one for each account that had some, by id.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        surviving, ledgers, _ = await accounts_of(unit, customer)
        if order is not None and not await standing_orders(unit.transaction, [order]):
            raise NotFound(Sentence("refusal.NO_SUCH_ORDER"), "/orderId")
        if points > can_spend(ledgers):
            raise InsufficientPoints(Sentence("refusal.INSUFFICIENT_POINTS"), "/points")
        about = About(author.actor, author.reason, order, own_id, commanded=True)
        spend(ledgers, Posting("REDEEM", own_id, unit.now, about), points)
        await unit.of(Accounts).note()
        return {"customer": surviving, "entries": posted(ledgers, own_id)}

    return Command(author, "POINTS_REDEEM", [customer, points, order], (Accounts,), execute)


def reverse(author: Author, entry: str, points: int | None) -> Command:
    """Return the command that gives back points of the redemption that an entry belongs to, all that is left without `points`.

    Its answer is the `entries`, one for each account to which some came back, by id.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        found = await unit.transaction.run(READ_ENTRY, {"id": entry})
        if not found:
            raise NotFound(Sentence("refusal.NO_SUCH_POINTENTRY"), "/entryId")
        [[_, kind, redemption, order]] = found
        if kind != "REDEEM":
            raise Conflict(Sentence("refusal.NOT_REDEEMED"), "/entryId")
        accounts, programme = unit.of(Accounts), current()
        concerned = [row[0] for row in await unit.transaction.run(READ_REDEEMED, {"redemption": redemption})]
        ledgers = await accounts.lock(concerned)
        await accounts.load_redemption(redemption)
        left = sum(each.outstanding for each in accounts.taken)
        if not left or (points or 0) > left:
            raise Conflict(Sentence("refusal.REVERSED_ALREADY"), "/points" if left else "/entryId")
        until = after_days(unit.now, programme.given_back_days, programme.zone)
        about = About(author.actor, author.reason, order, redemption, commanded=True)
        known = {ledger.id: ledger for ledger in ledgers}
        posting = Posting("REVERSE", own_id, unit.now, about)
        give_back(known, accounts.taken, posting, points or left, until=until, by_person=True)
        await accounts.note()
        return {"entries": posted(ledgers, own_id)}

    return Command(author, "POINTS_REVERSE", [entry, points], (Accounts,), execute)


def posted(ledgers: list[Ledger], key: str) -> list[str]:
    """Return the ids of the entries that were posted under a key."""
    return [entry.id for ledger in ledgers for entry in ledger.posted if entry.key == key]
