"""What a writer changed and for whom, kept in the transaction of the change: opaque ids and names, never a value.

They are numbered after the commit (graph/changes/). A key is always written under the same lock, so by the clock of the
database, in microseconds, its changes are in the order of their commits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import uuid4

from graph.store import Store
from graph.writes.forgetting import forget

# (:OutboxEntry): its id begins with the time, so that the constraint's index also finds the oldest
WRITE_CHANGES: LiteralString = """
UNWIND $p.changes AS row
WITH row, datetime.realtime() AS clock
CREATE (e:OutboxEntry {id: row.id})
SET e.key = row.key, e.type = row.type, e.at = $p.now, e.refs = row.refs, e.fields = row.fields, e.state = 'NEW',
    e.written = clock.epochSeconds * 1000000 + clock.microsecond
"""
FOLLOWERS = ("cases", "orders", "coupons")
"""The names of the leases under which changes are taken up, beside those that are published."""
# What an endpoint that is on has not passed yet stays for it, and what has not been taken up for those who follow
DELETE_CHANGES: LiteralString = """
CALL () { MATCH (w:WebhookEndpoint) WHERE w.enabled RETURN min(w.passed) AS passed }
MATCH (e:OutboxEntry) USING INDEX SEEK e:OutboxEntry(id)
WHERE e.id < $p.before AND e.state = 'NUMBERED' AND (passed IS NULL OR e.seq <= passed)
  AND NOT EXISTS { MATCH (l:Lease) WHERE l.name IN $p.followers AND l.seq < e.seq }
  AND (NOT $p.published OR EXISTS { MATCH (l:Lease {name: 'kafka'}) WHERE l.seq >= e.seq })
WITH e LIMIT 10000
DELETE e
RETURN count(*)
"""


@dataclass(frozen=True, slots=True)
class Change:
    """`key` is what order is kept for, such as `customer:<id>`; `type` a name such as `customer.merged`.

    `refs` are opaque ids with their label, such as `Touchpoint:<id>`; `fields` are names of what changed.
    """

    key: str
    type: str
    refs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def change_rows(changes: Iterable[Change], now: str) -> list[dict[str, Any]]:
    """Return what WRITE_CHANGES writes; a change that was noted twice is one entry."""
    return [
        {"id": f"{now} {place:06d} {uuid4().hex}", "key": c.key, "type": c.type, "refs": list(c.refs), "fields": list(c.fields)}
        for place, c in enumerate(dict.fromkeys(changes))
    ]


async def forget_changes(store: Store, before: datetime) -> int:
    """Delete the entries written before that time and return how many.

    Those stay that have no number yet, or that an endpoint of a webhook or a follower has not passed.
    """
    return await forget(store, DELETE_CHANGES, before.strftime("%Y-%m-%dT%H:%M:%S"), published=False, followers=FOLLOWERS)


async def forget_published(store: Store, before: datetime) -> int:
    """The same where changes are published to Kafka: what has not arrived there yet stays."""
    return await forget(store, DELETE_CHANGES, before.strftime("%Y-%m-%dT%H:%M:%S"), published=True, followers=FOLLOWERS)
