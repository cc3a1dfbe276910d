"""The body of a request to an endpoint: what changed, of what, by ids; the consumer reads the rest as itself."""

from __future__ import annotations

import orjson

from graph.webhooks.delivery import Message
from resolvers.engine import cursors
from resolvers.live.events import global_id
from resolvers.live.subscription import CURSOR

LARGEST = 20_000
"""Bytes of a body, as Standard Webhooks recommends."""


def body_of(message: Message) -> bytes:
    """Return the same bytes for a message each time; where they would be too many, no fields are named, which means all."""
    cursor = None if message.seq is None else cursors.encode(CURSOR, str(message.seq))
    refs = [global_id(ref) for ref in message.refs]
    data = {"cursor": cursor, "key": global_id(message.key), "refs": refs, "fields": list(message.fields)}
    body = orjson.dumps({"type": message.type, "timestamp": message.at, "data": data})
    if len(body) < LARGEST:
        return body
    return orjson.dumps({"type": message.type, "timestamp": message.at, "data": {**data, "fields": []}})
