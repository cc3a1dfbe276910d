"""The stream of a page: what has happened as fragments that htmx swaps in, and how it stands with the stream itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.requests import Request

from admin.parts.live import Live, LivePage, last_seen
from admin.parts.questions import NotSignedIn, Problem, Questions, Viewer
from admin.parts.rendering import Rendering, page_of
from admin.parts.swaps import swap

PAUSE_SECONDS = 0.5
"""What happens in quick succession is told together."""
RETRY_MS = 5_000
END = b"event: ended\ndata:\n\n"
"""After it the browser does not connect again by itself (`hx-sse:close`)."""


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with a stream: `live`, `away`, `signed_out` or `gave_way`; `to` is the page that it is for."""

    state: str
    to: str


async def events(row: LivePage, request: Request, rendering: Rendering, live: Live, viewer: Viewer) -> AsyncGenerator[bytes]:
    """Yield events until the page is left, or nothing can be followed any more; what goes wrong is told as one, too."""
    seen = last_seen(request)
    try:
        if over := await row.over(request, Questions(partial(live.execute, as_of=live.newest or 0), viewer), rendering):
            yield event(over.html, seen) + END
            return
        yield event(state(request, rendering, "live"), seen)
        async with aclosing(live.follow(request, row.type_name, request.path_params.get("id", ""), seen, viewer)) as happening:
            async for news in happening:
                if news is None:
                    yield alive(seen)
                    continue
                seen = news.seq
                if not (news.types or news.anew) and news.present is None:
                    continue
                told = await row.tell(request, Questions(partial(live.execute, as_of=news.as_of), viewer), rendering, news)
                if told.html:
                    yield event(told.html, seen)
                if told.last:
                    yield END
                    return
                await asyncio.sleep(PAUSE_SECONDS)
    except NotSignedIn:
        async for last in signed_out(request, rendering):
            yield last
    except Problem as problem:
        if problem.status == 429:
            yield event(state(request, rendering, "gave_way"), seen) + END
        else:
            # Without `seen`, so that what could not be told comes when it can.
            yield event(state(request, rendering, "away"), None, retry=RETRY_MS)


async def signed_out(request: Request, rendering: Rendering) -> AsyncGenerator[bytes]:
    """Yield what a page is told whose reader has no session any more."""
    yield event(state(request, rendering, "signed_out"), None) + END


def state(request: Request, rendering: Rendering, name: str) -> str:
    """Return the banner of a state, in its place."""
    return swap("#live-state", "outerHTML", rendering.fragment(request, "_live_state.html", State(name, page_of(request))))


def event(html: str, seq: int | None, retry: int | None = None) -> bytes:
    fields: list[tuple[str, Any]] = [] if seq is None else [("id", seq)]
    fields += [] if retry is None else [("retry", retry)]
    fields += [("data", line) for line in html.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "".join(f"{name}: {value}\n" for name, value in fields).encode() + b"\n"


def alive(seq: int | None) -> bytes:
    """Return what a page takes as a sign of life, and as its place among the changes."""
    place = b"" if seq is None else f"id: {seq}\n".encode()
    return b"event: alive\n" + place + b"data:\n\n"
