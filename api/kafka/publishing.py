"""The numbered changes, published by one process at a time: its place moves only when the brokers have what is before it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import uuid4

import orjson
import structlog

from api.kafka.producing import Outgoing, Topic
from api.process.relay import IDLE_SECONDS, next_pause
from graph.changes.following import NumberedChange, changes_after
from graph.changes.passing import KAFKA, is_behind, move_place, take_place
from graph.errors import Customer360Error
from graph.store import Store
from resolvers.live.events import as_told, global_id

AT_ONCE = 500
"""Changes after which the place is moved."""
WAIT_SECONDS = 2.0
"""After which the lease is renewed while the brokers take nothing."""

log = structlog.stdlib.get_logger("customer360.kafka")


async def publish(store: Store, topic_of: Callable[[], Topic]) -> None:
    """Publish for ever; `topic_of` opens the topic anew after a failure."""
    holder, pause = uuid4().hex, IDLE_SECONDS
    topic: Topic | None = None
    try:
        while True:
            try:
                topic = topic or topic_of()
                published = await publish_next(store, holder, topic)
            except Customer360Error as error:
                log.warning("changes_not_published", code=error.code, reason=error.message)
                published = None
                # What it still holds is sent again from the place on, by one that holds nothing.
                topic = await closed(topic)
            pause = next_pause(pause, published)
            await asyncio.sleep(pause)
    finally:
        await closed(topic)


async def publish_next(store: Store, holder: str, topic: Topic) -> int | None:
    """Publish up to AT_ONCE changes and return how many; None where another holder has the lease.

    Raises KafkaFailed where the brokers refuse them, and the store's errors: what was sent may arrive all the same.
    """
    if not await is_behind(store, KAFKA):
        return 0
    place = await take_place(store, KAFKA, holder)
    if place is None:
        return None
    changes = await changes_after(store, place, AT_ONCE)
    if place and changes and changes[0].seq != place + 1:
        log.error("changes_lost_before_published", after=place, before=changes[0].seq)
    if not changes:
        return 0
    await asyncio.to_thread(topic.send, [message_of(change) for change in changes])
    while not await asyncio.to_thread(topic.arrived, WAIT_SECONDS):
        if await take_place(store, KAFKA, holder) is None:
            return None
    return len(changes) if await move_place(store, KAFKA, holder, changes[-1].seq) else None


def message_of(change: NumberedChange) -> Outgoing:
    """Return a change as a message: the JSON of the subscription `changes`, its type and its number as headers."""
    headers = (("content-type", "application/json"), ("type", change.type), ("seq", str(change.seq)))
    return Outgoing(global_id(change.key).encode(), orjson.dumps(as_told(change)), headers)


async def closed(topic: Topic | None) -> None:
    if topic is not None:
        await asyncio.to_thread(topic.close)
