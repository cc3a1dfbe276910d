"""Subscriptions as server-sent events. Source: GraphQL over Server-Sent Events, distinct connections mode."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from math import inf
from typing import Any, TypeVar

import orjson
import structlog
from starlette.responses import StreamingResponse
from starlette.types import Send

from api.access.unauthenticated import Unauthenticated
from graph.errors import Customer360Error, Overloaded
from graph.waiting import ASKER, DEADLINE
from resolvers.execution import Response

STREAM = "text/event-stream"
COMPLETE = b"event: complete\ndata:\n\n"
CHECK_SECONDS = 4
"""How often it is asked whether who follows may still do so; as often a line keeps the connection alive."""
SLOW_SECONDS = 30
"""For how long a client may leave what was sent unread."""

log = structlog.stdlib.get_logger("customer360.streaming")

T = TypeVar("T")
StillMay = Callable[[], Awaitable[bool]]


class EventStream(StreamingResponse):
    """A stream that ends when its client does not read: it can go on later, after the last cursor that it has."""

    media_type = STREAM

    def __init__(self, events: AsyncGenerator[bytes]) -> None:
        super().__init__(events, headers={"X-Accel-Buffering": "no"})
        self._events = events

    async def stream_response(self, send: Send) -> None:
        # A stream is answered for as long as it goes on, and each of its readings by a deadline of its own.
        DEADLINE.set(inf)
        ASKER.set(None)

        async def in_time(message: Any) -> None:
            async with asyncio.timeout(SLOW_SECONDS):
                await send(message)

        try:
            await super().stream_response(in_time)
        except TimeoutError:
            log.warning("slow_reader_closed")
        finally:
            await self._events.aclose()


async def watched(items: AsyncGenerator[T], still_may: StillMay) -> AsyncGenerator[T | None]:
    """Yield what comes, and None every CHECK_SECONDS; raise Unauthenticated once whoever follows may do so no longer."""
    waiting = asyncio.ensure_future(anext(items))
    clock = asyncio.get_running_loop().time
    checked = clock()
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=CHECK_SECONDS)
            if clock() - checked >= CHECK_SECONDS:
                checked = clock()
                if not await still_may():
                    raise Unauthenticated("Your token has ended, or your roles have changed. Subscribe again.")
                yield None
            if done:
                yield waiting.result()
                waiting = asyncio.ensure_future(anext(items))
    except StopAsyncIteration:
        return
    finally:
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await items.aclose()


async def events(responses: AsyncGenerator[Response], still_may: StillMay) -> AsyncGenerator[bytes]:
    """Yield the responses as events until the client leaves, or may follow no longer."""
    yield b":\n\n"
    try:
        async with aclosing(watched(responses, still_may)) as told:
            async for response in told:
                yield b":\n\n" if response is None else event("next", response.body)
        yield COMPLETE
    except Customer360Error as error:
        yield ended(error)


def event(name: str, body: Any) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(body) + b"\n\n"


def ended(error: Customer360Error) -> bytes:
    return event("next", {"errors": [ended_by(error)]}) + COMPLETE


def ended_by(error: Customer360Error) -> dict[str, Any]:
    """Return what a client is told of why its stream has ended."""
    again = {"retryAfter": error.retry_after} if isinstance(error, Overloaded) else {}
    return {"message": error.message, "extensions": {"code": error.code, **again}}
