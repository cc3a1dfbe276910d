"""The start page while it is open: the figures of its day as they are now, and new orders and contacts as they come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from starlette.requests import Request

from admin.pages.start.operations import START
from admin.pages.start.page import StartPage, day_of, page_of, times
from admin.parts.live import LivePage, News, Told
from admin.parts.paging import Paging, ask
from admin.parts.questions import Questions
from admin.parts.rendering import Rendering
from admin.parts.swaps import Edge, Rendered, swap, upserted

RENDERED = Rendered()
LISTS = ("orders", "interactions")
"""Lists that grow at their top; what waits for an answer is few and can vanish, so it is shown as it is."""


async def tell(request: Request, questions: Questions, rendering: Rendering, news: News) -> Told:
    """Return the day as it is now for this reader, and the rows of its lists that are new or have changed."""
    now = datetime.now(rendering.time_zone).replace(microsecond=0)
    day = day_of(request, now)
    pages = Paging("/admin", dict.fromkeys((*LISTS, "unanswered")), {"day": day.day.isoformat()})
    answer = await ask(questions, START, pages, **times(day, now), language=rendering.language_of(request).upper())
    page = page_of(day, answer, pages, rendering.time_zone, [])
    # A reader who sees how many there are need not see each of them.
    shown = {name: page.activity[name]["edges"] for name in LISTS if name in page.activity}
    changed = {name: [edge for edge in edges if news.tells_of(edge["node"]["id"])] for name, edges in shown.items()}

    def render() -> str:
        main = swap("#day", "outerMorph", rendering.fragment(request, "start/start.html", page, "day"))
        listed = (_list(request, rendering, page, name, None if news.anew else changed[name]) for name in changed)
        return main + "".join(listed)

    rows = tuple(edge["node"]["id"] for edges in changed.values() for edge in edges)
    return Told(RENDERED.of((day, rows, news.anew), (answer,), render))


def _list(request: Request, rendering: Rendering, page: StartPage, name: str, changed: list[Edge] | None) -> str:
    """Return the changed rows of a list, to stand beside those that the reader has turned to; all of it where None is given."""

    def shown(page: StartPage) -> str:
        return rendering.fragment(request, "start/start.html", page, f"{name}_rows")

    def row(edge: Edge) -> str:
        only = {"edges": [edge], "pageInfo": {"hasNextPage": False}}
        return shown(replace(page, activity={**page.activity, name: only}))

    if changed is None:
        return swap(f"#{name}-rows", "innerMorph", shown(page))
    return upserted(f"{name}-rows", name, changed, row)


LIVE_PAGES = (LivePage("/live", "Activity", tell),)
