"""The commands that send something now: a test, one delivery once more, or all changes between two of them."""

from __future__ import annotations

from typing import Any, LiteralString

from graph.changes.following import ends, numbered
from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InvalidInput, NotFound
from graph.keys import opaque
from graph.webhooks.delivery import QUEUED, TEST, WAITING, Message
from graph.webhooks.endpoints import endpoint_of
from graph.webhooks.nodes import Webhooks
from graph.words import Sentence
from graph.writes.unit import Unit

MOST_REPEATED = 5_000
"""Changes that are sent once more by one command."""

READ_DELIVERY: LiteralString = "MATCH (d:WebhookDelivery {id: $p.id}) RETURN d.endpoint"
READ_STATE: LiteralString = "MATCH (d:WebhookDelivery {id: $p.id}) RETURN properties(d)"
READ_BETWEEN: LiteralString = """
MATCH (e:OutboxEntry) USING INDEX SEEK e:OutboxEntry(seq)
WHERE e.seq > $p.after AND e.seq < $p.before
  AND ($p.types = [] OR e.type IN $p.types OR split(e.type, '.')[0] IN $p.types)
RETURN e.seq, e.key, e.type, e.refs, e.fields, e.at ORDER BY e.seq LIMIT $p.limit
"""


def send_test(author: Author, endpoint: str) -> Command:
    """Return the command that has a message sent which tells of no change."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        await _enabled(unit, endpoint)
        return await _repeat(unit, endpoint, own_id, [_test(endpoint, own_id, unit.now)], repeated=False)

    return Command(author, "WEBHOOK_TEST", endpoint, (Webhooks,), execute)


def repeat_one(author: Author, delivery: str) -> Command:
    """Return the command that has a delivery sent once more; one that waits to be tried again is tried now."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        found = await unit.transaction.run(READ_DELIVERY, {"id": delivery})
        if not found:
            raise NotFound(Sentence("refusal.NO_SUCH_DELIVERY"), "/deliveryId")
        [[endpoint]] = found
        await _enabled(unit, endpoint)
        # Read again, now that nobody else writes it.
        [[node]] = await unit.transaction.run(READ_STATE, {"id": delivery})
        if node["state"] == QUEUED:
            raise Conflict(Sentence("refusal.DELIVERY_QUEUED"), "/deliveryId")
        if node["state"] == WAITING:
            unit.of(Webhooks).put_delivery(delivery, next_at=unit.now)
            return {"endpoint": endpoint, "delivery": delivery, "count": 1}
        message = _test(endpoint, own_id, unit.now) if node["type"] == TEST else Message.stored(node)
        return await _repeat(unit, endpoint, own_id, [message])

    return Command(author, "WEBHOOK_REPEAT", delivery, (Webhooks,), execute)


def repeat_between(author: Author, endpoint: str, after: int, before: int | None) -> Command:
    """Return the command that has all changes of an endpoint's types sent once more that lie between two numbers.

    Without `before` they go up to the last one of which the endpoint has been told.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        known = await _enabled(unit, endpoint)
        if not (await ends(unit.transaction)).hold(after):
            raise InvalidInput(Sentence("refusal.CHANGES_FORGOTTEN"), "/after")
        until = min(known["passed"] + 1, before or known["passed"] + 1)
        asked = {"after": after, "before": until, "types": known["types"], "limit": MOST_REPEATED + 1}
        changes = numbered(await unit.transaction.run(READ_BETWEEN, asked))
        if len(changes) > MOST_REPEATED:
            raise Conflict(Sentence("refusal.TOO_MANY_CHANGES", most=MOST_REPEATED), "/before")
        return await _repeat(unit, endpoint, own_id, [Message.of(endpoint, each) for each in changes])

    return Command(author, "WEBHOOK_REPEAT_BETWEEN", [endpoint, after, before], (Webhooks,), execute)


async def _enabled(unit: Unit, endpoint: str) -> dict[str, Any]:
    known = await endpoint_of(unit, endpoint)
    if not known["enabled"]:
        raise Conflict(Sentence("refusal.WEBHOOK_OFF"))
    return known


async def _repeat(unit: Unit, endpoint: str, own_id: str, messages: list[Message], *, repeated: bool = True) -> Answer:
    ids = [opaque("WebhookDelivery", own_id, each.id) for each in messages]
    await unit.of(Webhooks).queue(endpoint, zip(ids, messages, strict=True), unit.now, repeated=repeated)
    return {"endpoint": endpoint, "delivery": ids[0] if len(ids) == 1 else None, "count": len(ids)}


def _test(endpoint: str, own_id: str, now: str) -> Message:
    """Return the message of a test; it is about the endpoint, so it waits for no change and none waits for it."""
    about = f"WebhookEndpoint:{endpoint}"
    return Message(f"msg_{own_id}", None, about, TEST, (about,), (), now)
