"""The pages of cases while they are open: rows and views of the inbox, and a case, as they are now."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from admin.pages.cases import case as one
from admin.pages.cases import inbox as several
from admin.pages.cases import operations
from admin.parts.live import LivePage, News, Told
from admin.parts.paging import ask
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering
from admin.parts.swaps import swap


@dataclass(frozen=True, slots=True)
class Gone:
    """What a page says from which its reader is parted needs nothing of the case."""


@dataclass(frozen=True, slots=True)
class Present:
    """Who is on a case, shown to whoever has the account `me`."""

    case: Json
    me: str


async def tell_inbox(request: Request, questions: Questions, rendering: Rendering, news: News) -> Told:
    """Return the views with their counts, and the rows of the page of the list that is open: those that go, come or differ.

    Where only somebody has come or gone, return nothing but who is on which case.
    """
    if news.present is not None:
        return Told(present(request, rendering, questions, await present_in_list(request, questions, news.present)))
    page = await several.read(request, questions)
    views = rendering.fragment(request, "cases/inbox.html", page, "views")
    rows = rendering.fragment(request, "cases/inbox.html", page, "cases_rows")
    return Told(swap("#case-views", "outerMorph", views) + swap("#case-rows", "innerMorph", rows))


async def tell_case(request: Request, questions: Questions, rendering: Rendering, news: News) -> Told:
    """Return the page as it is now, or who is on it; what somebody types or has folded out stays."""
    if news.present is not None:
        return Told(present(request, rendering, questions, await present_on(questions, [request.path_params["id"]])))
    try:
        page = await one.read(request, questions, rendering)
    except Problem as problem:
        if problem.status != 404:
            raise
        return gone(request, rendering)
    return Told(swap("#main", "innerMorph", rendering.fragment(request, "cases/case.html", page, "main")))


async def present_in_list(request: Request, questions: Questions, cases: frozenset[str]) -> list[Json]:
    """Return who is on the cases (ids), or where it may be any of them, on those of the list that is open."""
    if 0 < len(cases) <= operations.MOST_PRESENT:
        return await present_on(questions, sorted(cases))
    chosen, pages = several.listed(request, questions)
    found = await ask(questions, operations.PRESENT_IN_LIST, pages, filter=chosen.filter)
    return [edge["node"] for edge in found["cases"]["edges"]]


async def present_on(questions: Questions, cases: list[str]) -> list[Json]:
    return (await questions.ask_of(operations.PRESENT_ON, ids=cases))["casesById"]


def present(request: Request, rendering: Rendering, questions: Questions, cases: list[Json]) -> str:
    """Return who is on each case, for its place on a page that shows it."""
    me = questions.viewer.name
    shown = ((case["id"], rendering.fragment(request, "cases/_presence.html", Present(case, me))) for case in cases)
    return "".join(swap(f"#presence-{own_id}", "outerMorph", html) for own_id, html in shown)


async def over(request: Request, questions: Questions, rendering: Rendering) -> Told | None:
    """Return what there is to say where a case is not to be read any more, as by who was asked about it and has answered."""
    found = await questions.ask_of(operations.HERE, id=request.path_params["id"])
    return None if found["case"] else gone(request, rendering)


def gone(request: Request, rendering: Rendering) -> Told:
    """Return the last thing that a page is told, in place of everything that its reader may not read any more."""
    nothing = rendering.fragment(request, "cases/_gone.html", Gone())
    return Told(f"<title>customer360</title>{swap('#main', 'innerHTML', nothing)}", last=True)


LIVE_PAGES = (
    LivePage("/cases/live", "Case", tell_inbox),
    LivePage("/cases/{id}/live", "Case", tell_case, over, attended=True),
)
