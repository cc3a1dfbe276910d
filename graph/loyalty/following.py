"""Points follow orders: what an order deserves by now, less what was posted for it, is posted under the lock of its accounts.

It earns on the account of the source record that it hangs on (ADR 57). One that has changed hands is taken back where it was.
What an erasure has left to nobody stays on the account that it left behind.
"""

from __future__ import annotations

from typing import LiteralString

from graph.loyalty.days import day_of
from graph.loyalty.following_order import Standing, post_order, wanted_use
from graph.loyalty.nodes import Accounts, account_id
from graph.loyalty.programme import Programme, deserved
from graph.loyalty.programmes import programme_at
from graph.loyalty.purchases import purchases_before
from graph.loyalty.ranks import rank_of, spend_before
from graph.orders.standing import OrderStanding, standing_orders
from graph.store import Reader, Store
from graph.waiting import to_its_end
from graph.writes.unit import Unit, execute

# (:PointLot|PointEntry {order_id, account}), and whether a source record has the account
READ_POSTED: LiteralString = """
CALL () {
  MATCH (l:PointLot {order_id: $p.order}) RETURN l.account AS account
UNION
  MATCH (e:PointEntry {order_id: $p.order}) RETURN e.account AS account
}
RETURN account, EXISTS { (:SourceRecord)-[:HAS_ACCOUNT]->(:LoyaltyAccount {id: account}) } ORDER BY account
"""
# (:PointEntry {order_id, kind: 'EARN', account}): the rank by which it first earned there
READ_RANK: LiteralString = """
MATCH (e:PointEntry {order_id: $p.order}) WHERE e.kind = 'EARN' AND e.account = $p.account
RETURN e.rank ORDER BY e.number LIMIT 1
"""


async def follow_points(store: Store, order: str) -> None:
    """Post what is missing of what an order earns and has used; the same again posts nothing."""
    found = await to_its_end(standing_orders(store, [order]))
    posted = await to_its_end(store.read(READ_POSTED, {"order": order}))
    if not found or not (posted or await _may_post(store, found[0])):
        return

    async def work(unit: Unit) -> None:
        accounts = unit.of(Accounts)
        posted: list[tuple[str, bool]] = []
        standing: OrderStanding | None = None
        # The order is read once the accounts are held: of two who follow it at once, the later one reads the later state.
        while standing is None or any(account not in accounts.ledgers for account, _ in posted):
            posted = [(row[0], row[1]) for row in await unit.transaction.run(READ_POSTED, {"order": order})]
            await accounts.lock(account for account, _ in posted)
            [standing] = await standing_orders(unit.transaction, [order])
            if standing.record is not None:
                await accounts.open(standing.record)
        account = account_id(standing.record) if standing.record is not None else _left_behind(posted)
        await accounts.load_order(order)
        concerned = {each: accounts.ledgers[each] for each in {*(each for each, _ in posted), *([account] if account else [])}}
        about = await _standing(unit.transaction, standing, account)
        post_order(about, account, concerned, accounts.taken, unit.now)
        await accounts.note()

    await to_its_end(execute(store, (Accounts,), work))


def _left_behind(posted: list[tuple[str, bool]]) -> str | None:
    return next((account for account, has_record in posted if not has_record), None)


async def _may_post(reader: Reader, order: OrderStanding) -> bool:
    """Tell whether an order for which nothing is posted yet earns anything or has used points."""
    if order.record is None:
        return False
    about = await _standing(reader, order, account_id(order.record))
    return about.deserved.points > 0 or wanted_use(order, about.programme, []) > 0


async def _standing(reader: Reader, order: OrderStanding, account: str | None) -> Standing:
    programme = programme_at(order.at)
    rank = await _rank(reader, order, account, programme) if any(rule.ranks for rule in programme.rules) else None
    return Standing(order, programme, deserved(order, programme, rank), rank)


async def _rank(reader: Reader, order: OrderStanding, account: str | None, programme: Programme) -> str | None:
    """Return the rank of the day on which the order was placed; once it has earned by one, that stays."""
    earned = await reader.read(READ_RANK, {"order": order.id, "account": account})
    if earned:
        return earned[0][0]
    if order.record is None:
        return None
    day = day_of(order.at, programme.zone)
    return rank_of(spend_before(await purchases_before(reader, order.record, day, programme), day), programme.ranks)
