"""Sign-ins under way: what must be the same when the browser comes back from the provider. Each is taken once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import LiteralString

from graph.events.newest import utc_text
from graph.store import Store, Transaction
from graph.writes.forgetting import forget

PATIENCE = timedelta(minutes=10)

# (:SignIn)
KEEP: LiteralString = "CREATE (:SignIn {key: $p.key, body: $p.body, ends_at: $p.ends_at})"
TAKE: LiteralString = """
MATCH (s:SignIn {key: $p.key})
WITH s, s.body AS body, s.ends_at > $p.now AS holds
DELETE s
RETURN CASE WHEN holds THEN body END
"""
DELETE_ENDED: LiteralString = """
MATCH (s:SignIn) USING INDEX s:SignIn(ends_at) WHERE s.ends_at < $p.before
WITH s LIMIT 10000
DELETE s
RETURN count(*)
"""


async def keep_sign_in(store: Store, key: str, body: str, now: datetime) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(KEEP, {"key": key, "body": body, "ends_at": utc_text(now + PATIENCE)})

    await store.write(work)


async def take_sign_in(store: Store, key: str, now: datetime) -> str | None:
    """Return what was kept and delete it; None if there is nothing, or it was kept for too long."""

    async def work(transaction: Transaction) -> str | None:
        rows = await transaction.run(TAKE, {"key": key, "now": utc_text(now)})
        return rows[0][0] if rows else None

    return await store.write(work)


async def forget_sign_ins(store: Store, before: datetime) -> int:
    """Delete the sign-ins that nobody came back from and return how many."""
    return await forget(store, DELETE_ENDED, utc_text(before))
