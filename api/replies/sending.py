"""The sending of replies beside the requests: each is held by one sender, leaves once, and is recorded as it leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta

import structlog

from api.connectors.delivery import RawEvent
from api.process.log_format import places
from api.replies.senders import Sender
from graph.errors import Customer360Error, Overloaded, ServiceUnavailable
from graph.intake.receipts import Receipt
from graph.keys import scoped, touchpoint_id
from graph.replies.leaving import NOT_RECORDED, due, hold, leave, stay
from graph.store import Store

EVERY_SECONDS = 1.0
LATER = timedelta(minutes=1)
"""After so long what was not taken for now is sent again."""
DEFECT = "INTERNAL_ERROR"

Take = Callable[[Sequence[RawEvent]], Awaitable[list[Receipt]]]

log = structlog.stdlib.get_logger("customer360.replies")


async def send_replies(store: Store, senders: Mapping[str, Sender], take: Take) -> None:
    """Send what is due every second, for as long as the task runs; of several processes each sends what it gets."""
    while True:
        try:
            await send_due(store, senders, take)
        except Customer360Error as error:
            log.warning("replies_not_sent", code=error.code)
        await asyncio.sleep(EVERY_SECONDS)


async def send_due(store: Store, senders: Mapping[str, Sender], take: Take) -> int:
    """Send what is due now and return how many have left."""
    return sum([await send_one(store, own_id, senders[kind], take) for own_id, kind in await due(store, senders)])


async def send_one(store: Store, own_id: str, sender: Sender, take: Take) -> bool:
    """Send one reply, if nobody else has it; return whether it has left. The log has codes and no words of it."""
    reply = await hold(store, own_id, again=sender.repeats)
    if reply is None:
        return False
    try:
        told = await sender.send(reply)
    except (ServiceUnavailable, Overloaded) as error:
        log.warning("reply_waits", channel=reply.channel, code=error.code)
        await stay(store, own_id, later=LATER)
        return False
    except Customer360Error as error:
        log.warning("reply_refused", channel=reply.channel, code=error.code)
        await stay(store, own_id, error.code)
        return False
    except Exception as defect:  # one reply that no sender understands does not stop the others
        log.error("reply_failed", channel=reply.channel, kind=type(defect).__name__, places=places(defect))
        await stay(store, own_id, DEFECT)
        return False
    [receipt] = await take([told])
    if receipt.error is not None:
        await stay(store, own_id, NOT_RECORDED)
        return False
    await leave(store, own_id, touchpoint_id(scoped(told["source"], told["subject"])))
    return True
