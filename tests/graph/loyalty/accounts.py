"""Accounts in the graph for the tests: orders through the real intake, followed, and what accounts say afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from graph.commands.command import Answer, Author, Command, run
from graph.decisions.table import Expected
from graph.events.newest import utc_text
from graph.keys import scoped
from graph.loyalty.following import follow_points
from graph.loyalty.nodes import account_id
from graph.store import Reader, Store, Transaction
from tests.graph.orders.selling import SHOP, order, order_id, tell

numbers = count()
STANDING = """
MATCH (a:LoyaltyAccount {id: $p.id})
RETURN a.debt, COLLECT { MATCH (a)-[:HAS_LOT]->(l) RETURN [l.remaining, l.active] },
  COLLECT { MATCH (a)-[:HAS_ENTRY]->(e) RETURN [e.kind, e.amount, e.pending, e.balance, e.debt] ORDER BY e.number },
  a.number, COLLECT { MATCH (a)-[:HAS_ENTRY]->(e) RETURN DISTINCT e.key }
"""
CUSTOMER = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id, c.version"


def account(code: str = "1") -> str:
    return account_id(scoped(SHOP, code))


async def bought(store: Store, subject: str, amount: int, *, by: str | None = "1", **more: Any) -> str:
    """Report an order, have it followed, and return its id."""
    await tell(store, order(subject, {"amount": str(amount)}, by=by, **more))
    await follow_points(store, order_id(subject))
    return order_id(subject)


async def customer(store: Store, code: str = "1") -> Expected:
    [[own_id, version]] = await store.read(CUSTOMER, {"key": scoped(SHOP, code)})
    return Expected(own_id, version)


def author(key: str = "") -> Author:
    return Author("till", "op-1", key or f"key-{next(numbers)}", "試験のため")


async def itself(answer: Answer, _: Reader) -> Answer:
    return answer


async def do(store: Store, command: Command, *, dry_run: bool = False) -> Answer:
    return await run(store, command, itself, dry_run=dry_run)


async def entries(store: Store, own_id: str) -> list[list[Any]]:
    """Return kind, amount and pending of each entry, after asserting that entries, lots and balance agree."""
    found = await store.read(STANDING, {"id": own_id})
    if not found:
        return []
    [[debt, lots, posted, number, keys]] = found
    usable, pending = (sum(left for left, active in lots if active is which) for which in (True, False))
    assert sum(entry[1] for entry in posted) == usable - debt == posted[-1][3]
    assert sum(entry[2] for entry in posted) == pending
    assert sum(entry[4] for entry in posted) == debt >= 0
    assert number == len(posted) == len(keys)
    return [entry[:3] for entry in posted]


async def balance(store: Store, own_id: str) -> int:
    return sum(entry[1] for entry in await entries(store, own_id))


async def expire(store: Store, own_id: str, *, active: bool = True) -> None:
    """Let the usable, or else the pending, points of an account be due by now."""

    async def write(transaction: Transaction) -> None:
        asked = {"id": own_id, "now": utc_text(datetime.now(UTC)), "active": active}
        await transaction.run(
            "MATCH (a:LoyaltyAccount {id: $p.id})-[:HAS_LOT]->(l) WHERE l.active = $p.active AND l.remaining > 0 "
            "SET a.due = $p.now, l.active_from = CASE WHEN l.active THEN l.active_from ELSE $p.now END, "
            "l.expires_at = CASE WHEN l.active THEN $p.now ELSE l.expires_at END",
            asked,
        )

    await store.write(write)


async def returned(store: Store, order: str, amount: int) -> None:
    """Report that so much of the first line of an order came back."""

    async def write(transaction: Transaction) -> None:
        await transaction.run(
            "MATCH (:Order {id: $p.id})-[:HAS_LINE]->(l) WITH l ORDER BY l.number LIMIT 1 "
            "CREATE (:Return {id: $p.own})-[:RETURNS {quantity: 1, amount: $p.amount}]->(l)",
            {"id": order, "amount": amount, "own": f"r-{next(numbers)}"},
        )

    await store.write(write)
