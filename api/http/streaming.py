"""Subscriptions as server-sent events. Source: GraphQL over Server-Sent Events, distinct connections mode."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import orjson
import structlog
from starlette.responses import StreamingResponse
from starlette.types import Send

from graph.errors import Customer360Error
from resolvers.execution import Response

STREAM = "text/event-stream"
CHECK_SECONDS = 4
"""How often it is asked whether who follows may still do so; as often a line keeps the connection alive."""
SLOW_SECONDS = 30
"""For how long a client may leave what was sent unread."""

log = structlog.stdlib.get_logger("customer360.streaming")

StillMay = Callable[[], Awaitable[bool]]


class EventStream(StreamingResponse):
    """A stream that ends when its client does not read: it can go on later, after the last cursor that it has."""

    media_type = STREAM

    async def stream_response(self, send: Send) -> None:
        async def in_time(message: Any) -> None:
            async with asyncio.timeout(SLOW_SECONDS):
                await send(message)

        try:
            await super().stream_response(in_time)
        except TimeoutError:
            log.warning("slow_reader_closed")


def event_stream(responses: AsyncGenerator[Response], still_may: StillMay) -> EventStream:
    return EventStream(events(responses, still_may), headers={"X-Accel-Buffering": "no"})


async def events(responses: AsyncGenerator[Response], still_may: StillMay) -> AsyncGenerator[bytes]:
    """Yield the responses as events until the client leaves, or may follow no longer."""
    waiting = asyncio.ensure_future(anext(responses))
    clock = asyncio.get_running_loop().time
    checked = clock()
    yield b":\n\n"
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=CHECK_SECONDS)
            if clock() - checked >= CHECK_SECONDS:
                checked = clock()
                if not await still_may():
                    yield ended("UNAUTHENTICATED", "Your token has ended, or your roles have changed. Subscribe again.")
                    return
                yield b":\n\n"
            if done:
                yield event("next", waiting.result().body)
                waiting = asyncio.ensure_future(anext(responses))
    except Customer360Error as error:
        yield ended(error.code, error.message)
    finally:
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await responses.aclose()


def event(name: str, body: Any) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(body) + b"\n\n"


def ended(code: str, message: str) -> bytes:
    error = {"message": message, "extensions": {"code": code}}
    return event("next", {"errors": [error]}) + b"event: complete\ndata:\n\n"
