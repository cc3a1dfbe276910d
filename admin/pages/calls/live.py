"""The page of calls while it is open: a call that rings stands on it within a second, and one that has ended does not."""

from __future__ import annotations

from starlette.requests import Request

from admin.pages.calls.page import read
from admin.parts.live import LivePage, News, Told
from admin.parts.questions import Questions
from admin.parts.rendering import Rendering
from admin.parts.swaps import swap


async def tell(request: Request, questions: Questions, rendering: Rendering, _: News) -> Told:
    page = await read(request, questions, rendering, [])
    return Told(swap("#calls", "innerMorph", rendering.fragment(request, "calls/calls.html", page, "ongoing")))


LIVE_PAGES = (LivePage("/calls/live", "Call", tell),)
