"""The inbox: the cases of a view, how many each view has, and what is done with those that are ticked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from admin.pages.cases import operations
from admin.pages.cases.doing import Done, do_with_each, sent_by
from admin.pages.cases.views import PRIORITIES, VIEWS, Chosen, chosen_of
from admin.pages.cases.ways import CODES
from admin.parts.live import stream_address
from admin.parts.paging import Paging, ask
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Choices:
    """What cases can be narrowed to and given to: stores, teams, and the accounts of who is in a team.

    `own` are the teams of whoever looks, `own_stores` the stores that they work at. `availability` is null for who is in no
    team whose cases are assigned automatically.
    """

    stores: list[Json]
    teams: list[Json]
    accounts: list[str]
    own: list[Json]
    own_stores: list[Json]
    availability: Json | None
    priorities: tuple[str, ...] = PRIORITIES
    codes: tuple[str, ...] = CODES


@dataclass(frozen=True, slots=True)
class Inbox:
    """`cases` is a page of the list, `counts` how many most views have; `done` what came of the button that was pressed.

    `customer` is whose cases they are, where the address names one. `live` is the address of the page's stream.
    """

    chosen: Chosen
    views: list[str]
    cases: Json
    counts: dict[str, int]
    paging: Paging
    choices: Choices
    customer: Json | None
    key: str
    done: Done | None
    me: str
    live: str


def check(questions: Questions) -> None:
    """Raise Problem 403 for who reads no case."""
    if not questions.viewer.may_read("Case"):
        raise Problem(403)


async def inbox(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer a view; do first what a button says with the cases that are ticked."""
    check(questions)
    done = await do_with_each(questions, await sent_by(request), rendering.time_zone) if request.method == "POST" else None
    page = await read(request, questions, done)
    return rendering.page(request, "cases/inbox.html", page, status=409 if done and done.refusals else 200)


def listed(request: Request, questions: Questions) -> tuple[Chosen, Paging]:
    """Return the view and the page of it that the address names."""
    works = questions.viewer.may_use("caseAssign")
    chosen = chosen_of(request, "mine" if works else "all", questions.viewer.name)
    return chosen, Paging("/admin/cases", {"cases": request.query_params.get("cases")}, chosen.kept)


async def read(request: Request, questions: Questions, done: Done | None = None) -> Inbox:
    """Read what the address names."""
    me = questions.viewer.name
    works = questions.viewer.may_use("caseAssign")
    chosen, pages = listed(request, questions)
    found, counts, chooses, customer = await asyncio.gather(
        ask(questions, operations.INBOX, pages, filter=chosen.filter),
        _counts(questions, me if works else None),
        choices(questions),
        _customer(questions, chosen.narrowed.get("customer")),
    )
    after = {"cases": pages.cursors["cases"] or ""}
    return Inbox(
        chosen,
        [view for view in VIEWS if works or view != "mine"],
        found["cases"],
        counts,
        pages,
        chooses,
        customer,
        uuid4().hex,
        done,
        me,
        stream_address("/admin/cases/live", questions, **chosen.kept, **after),
    )


async def choices(questions: Questions) -> Choices:
    """Read what can be chosen; the first hundred stores."""
    found = await questions.ask(operations.CHOICES)
    teams = [team for team in found.get("teams", []) if "code" in team]
    accounts = {member["account"] for team in teams for member in team["members"]}
    own = [team for team in teams if any(member["account"] == questions.viewer.name for member in team["members"])]
    stores = [edge["node"] for edge in found["stores"]["edges"]]
    own_stores = [store for store in stores if store["code"] in questions.viewer.stores]
    there: Json | None = found.get("availability")
    assigned = there is not None and any(team.get("assigns") for team in there["teams"])
    return Choices(stores, teams, sorted(accounts), own, own_stores, there if assigned else None)


async def _customer(questions: Questions, own_id: str | None) -> Json | None:
    if own_id is None or not questions.viewer.may_read("Customer"):
        return None
    return (await questions.ask_of(operations.FOR_CUSTOMER, id=own_id))["customer"]


async def _counts(questions: Questions, me: str | None) -> dict[str, int]:
    """Return how many cases the views have; those of one person are asked for apart, since all others are the same for many."""
    counts: dict[str, int] = {}
    if questions.viewer.may_read("CaseCounts"):
        counts |= (await questions.ask(operations.COUNTS))["caseCounts"]
    if me is not None:
        counts["mine"] = (await questions.ask(operations.MINE, me=me))["cases"]["totalCount"]
    return counts
