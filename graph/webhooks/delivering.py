"""What is to be delivered: changes become deliveries, those that are due are found, and what came of an attempt is kept.

An endpoint's changes are passed in the transaction that makes its deliveries, so whoever dies loses none and makes none twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

import orjson

from graph.changes.following import changes_after
from graph.changes.types import is_chosen
from graph.events.newest import utc_text
from graph.keys import opaque
from graph.store import Store
from graph.waiting import to_its_end
from graph.webhooks.delivery import DELIVERED, FAILED, TEST, WAITING, Due, Message, Tried
from graph.webhooks.ladder import pause_after
from graph.webhooks.nodes import Webhooks
from graph.writes.unit import Unit, execute

AT_ONCE = 500
"""Changes of one transaction."""
GONE_STATUS = 410
GONE = "GONE"
"""Why an endpoint was switched off that nobody switched off."""

READ_ENABLED: LiteralString = """
MATCH (w:WebhookEndpoint) WHERE w.enabled
RETURN w.id, w.url, w.passed, [place IN range(0, size(w.keys) - 1) WHERE w.keys_until[place] = '' OR w.keys_until[place] > $p.now
  | w.keys[place]] ORDER BY w.id
"""
READ_DUE: LiteralString = """
MATCH (d:WebhookDelivery) USING INDEX SEEK d:WebhookDelivery(endpoint, state, next_at)
WHERE d.endpoint = $p.endpoint AND d.state = 'WAITING' AND d.next_at <= $p.now
RETURN d.id, d.tries, properties(d) ORDER BY d.endpoint, d.state, d.next_at LIMIT $p.limit
"""
READ_DELIVERY: LiteralString = "MATCH (d:WebhookDelivery {id: $p.id}) RETURN properties(d)"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint that is on; `names` are those of the secrets that it is signed with now, newest first."""

    id: str
    url: str
    passed: int
    names: tuple[str, ...]


async def enabled_endpoints(store: Store, now: datetime) -> list[Endpoint]:
    rows = await to_its_end(store.read(READ_ENABLED, {"now": utc_text(now)}))
    return [Endpoint(own_id, url, passed, tuple(names)) for own_id, url, passed, names in rows]


async def queue_changes(store: Store, endpoint: Endpoint, now: datetime) -> int:
    """Make deliveries of the next changes that an endpoint has not passed, and return how many changes these were."""
    if not await to_its_end(changes_after(store, endpoint.passed, 1)):
        return 0

    async def work(unit: Unit) -> int:
        webhooks = unit.of(Webhooks)
        unit.want("WebhookEndpoint", (endpoint.id,))
        await unit.lock()
        known = webhooks.known.get(endpoint.id)
        if known is None or not known["enabled"]:
            return 0
        changes = await changes_after(unit.transaction, known["passed"], AT_ONCE)
        if not changes:
            return 0
        chosen = [Message.of(endpoint.id, each) for each in changes if is_chosen(known["types"], each.type)]
        await webhooks.queue(endpoint.id, [(opaque("WebhookDelivery", each.id), each) for each in chosen], utc_text(now))
        webhooks.put(endpoint.id, passed=changes[-1].seq)
        return len(changes)

    return await execute(store, (Webhooks,), work)


async def due(store: Store, endpoint: str, now: datetime, limit: int) -> Sequence[Due]:
    """Return the deliveries of an endpoint that are to be sent now, those first that have waited longest."""
    rows = await to_its_end(store.read(READ_DUE, {"endpoint": endpoint, "now": utc_text(now), "limit": limit}))
    return [Due(own_id, tries, Message.stored(node)) for own_id, tries, node in rows]


async def keep(store: Store, endpoint: str, delivery: Due, tried: Tried, *, now: datetime, chance: float) -> None:
    """Keep what came of an attempt that ended now, and when the next one is; `chance` is a random number from 0 to 1.

    Where somebody else has kept that of the same attempt, nothing is written.
    """

    async def work(unit: Unit) -> None:
        webhooks = unit.of(Webhooks)
        unit.want("WebhookEndpoint", (endpoint,))
        await unit.lock()
        rows = await unit.transaction.run(READ_DELIVERY, {"id": delivery.id})
        if endpoint not in webhooks.known or not rows:
            return
        [[node]] = rows
        if node["state"] != WAITING or node["tries"] != delivery.tries:
            return
        webhooks.put_delivery(delivery.id, tries=delivery.tries + 1, attempts=_with(node, tried, now))
        if tried.status == GONE_STATUS:
            webhooks.put(endpoint, enabled=False, off_reason=GONE, off_at=utc_text(now))
        ended = _end(delivery, tried, chance, now)
        webhooks.put_delivery(delivery.id, **ended)
        if "ended_at" in ended:
            webhooks.go_on(endpoint, delivery.message.key, utc_text(now))

    await execute(store, (Webhooks,), work)


def _end(delivery: Due, tried: Tried, chance: float, now: datetime) -> dict[str, Any]:
    """Return what becomes of a delivery after an attempt."""
    if tried.taken:
        return {"state": DELIVERED, "ended_at": utc_text(now), "next_at": None}
    pause = pause_after(delivery.tries + 1, chance, tried.asked)
    if pause is None or delivery.message.type == TEST:
        return {"state": FAILED, "ended_at": utc_text(now), "next_at": None}
    return {"next_at": utc_text(now + pause)}


def _with(node: Mapping[str, Any], tried: Tried, now: datetime) -> str:
    """Return the attempts of a delivery and this one, as JSON."""
    own = {"attemptedAt": utc_text(now), "status": tried.status, "failure": tried.failure, "answer": tried.answer or None}
    return orjson.dumps([*orjson.loads(node["attempts"]), {**own, "milliseconds": tried.milliseconds}]).decode()
