"""Endpoints in a unit of work, and the deliveries of those that it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, LiteralString

from graph.webhooks.delivery import QUEUED, WAITING, Message
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:WebhookEndpoint {id, url, types, enabled, passed, queued, keys, keys_until}): passed is the number of the last change of
# which deliveries were made, queued how many were, keys are names of secrets, newest first, each until a time or for ever ('')
LOCK_ENDPOINTS: LiteralString = """
UNWIND $p.WebhookEndpoint AS id
MATCH (w:WebhookEndpoint {id: id})
REMOVE w.lock
WITH w
RETURN 'WebhookEndpoint' AS label, [w.id, properties(w)] AS row
"""
WRITE_ENDPOINTS: LiteralString = """
UNWIND $p.endpoints AS row
MERGE (w:WebhookEndpoint {id: row.id})
SET w += row.properties
"""
# What was sent to it is removed bit by bit afterwards (graph/webhooks/forgetting.py)
REMOVE_ENDPOINTS: LiteralString = """
UNWIND $p.ids AS id
MATCH (w:WebhookEndpoint {id: id})
REMOVE w:WebhookEndpoint
SET w:FormerWebhookEndpoint, w = {id: id}
"""
# (:WebhookDelivery) by (endpoint, key, state): where one of a key waits, what comes later stands behind it
UNFINISHED: LiteralString = """
UNWIND $p.keys AS key
MATCH (d:WebhookDelivery) USING INDEX SEEK d:WebhookDelivery(endpoint, key, state, position)
WHERE d.endpoint = $p.endpoint AND d.key = key AND d.state = 'WAITING' AND d.position > ''
RETURN DISTINCT key
"""
WRITE_DELIVERIES: LiteralString = """
UNWIND $p.deliveries AS row
MERGE (d:WebhookDelivery {id: row.id})
SET d += row.properties
"""
# The next of a key, once the one before it is done
NEXT_OF_KEY: LiteralString = """
UNWIND $p.done AS row
MATCH (d:WebhookDelivery) USING INDEX SEEK d:WebhookDelivery(endpoint, key, state, position)
WHERE d.endpoint = row.endpoint AND d.key = row.key AND d.state = 'QUEUED' AND d.position > ''
WITH row, d ORDER BY d.position
WITH row, head(collect(d)) AS d
SET d.state = 'WAITING', d.next_at = row.at
"""


class Webhooks(Nodes):
    """`known` are the endpoints that are held, their properties by id."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"WebhookEndpoint": LOCK_ENDPOINTS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, dict[str, Any]] = {}
        self._endpoints: dict[str, dict[str, Any]] = {}
        self._removed: list[str] = []
        self._deliveries: dict[str, dict[str, Any]] = {}
        self._done: list[dict[str, Any]] = []

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        self.known[row[0]] = row[1]

    def put(self, own_id: str, **properties: Any) -> None:
        """Have properties of an endpoint written."""
        for kept in (self.known, self._endpoints):
            kept.setdefault(own_id, {}).update(properties)

    def take_away(self, own_id: str) -> None:
        """Have an endpoint removed."""
        self._removed.append(own_id)

    async def queue(self, endpoint: str, messages: Iterable[tuple[str, Message]], now: str, **properties: Any) -> None:
        """Have (id, message) delivered to an endpoint that is held, each behind all of its key that are not done yet."""
        listed, count = list(messages), self.known[endpoint]["queued"]
        keys = {message.key for _, message in listed}
        rows = await self.unit.transaction.run(UNFINISHED, {"endpoint": endpoint, "keys": sorted(keys)})
        before = Counter(row[0] for row in rows)
        for place, (own_id, message) in enumerate(listed, count + 1):
            state = QUEUED if before[message.key] else WAITING
            before[message.key] += 1
            own = {"endpoint": endpoint, "position": f"{place:015d}", "state": state, "next_at": now, "tries": 0}
            self._deliveries[own_id] = {**own, "made_at": now, "attempts": "[]", **message.properties(), **properties}
        self.put(endpoint, queued=count + len(listed))

    def put_delivery(self, own_id: str, **properties: Any) -> None:
        """Have properties of a delivery written whose endpoint is held."""
        self._deliveries.setdefault(own_id, {}).update(properties)

    def go_on(self, endpoint: str, key: str, at: str) -> None:
        """Let the next delivery of a key be sent: the one before it is done."""
        self._done.append({"endpoint": endpoint, "key": key, "at": at})

    def after(self) -> Iterable[Step]:
        if self._endpoints:
            yield WRITE_ENDPOINTS, {"endpoints": _rows(self._endpoints)}
        if self._deliveries:
            yield WRITE_DELIVERIES, {"deliveries": _rows(self._deliveries)}
        if self._done:
            yield NEXT_OF_KEY, {"done": self._done}
        if self._removed:
            yield REMOVE_ENDPOINTS, {"ids": self._removed}


def _rows(properties: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": own_id, "properties": each} for own_id, each in properties.items()]
