"""The pages of teams: who works on cases and by which targets and calendars, and a form that sets a team up or changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.teams import operations
from admin.pages.teams.form import LARGEST_FORM, MORE_ROWS, Form, form_of, received, sent_by
from admin.pages.teams.opening import Opening, opening
from admin.parts.page import Page
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """`tables` are the CaseTables of the schema, `opens` when each calendar is open, `saved` the code of a team that just was.

    `today` is the day, ISO, from which on holidays are told.
    """

    teams: list[Json]
    tables: Json
    opens: Mapping[str, list[Opening]]
    saved: str
    today: str


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The form of a team, `team` as it is now, None for a new one; `changed` where it is not as the form was made of."""

    team: Json | None
    form: Form
    calendars: list[str]
    changed: bool
    key: str


async def teams(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer all teams, and the tables that are in force."""
    if not questions.viewer.may_read("Team"):
        raise Problem(403)
    found = await questions.ask(operations.TEAMS)
    tables = found["caseTables"]
    opens = {each["name"]: opening(each["hours"]) for each in tables["calendars"]}
    today = f"{datetime.now(rendering.time_zone):%Y-%m-%d}"
    saved = request.query_params.get("saved", "")
    return rendering.page(request, "teams/teams.html", TeamsPage(found["teams"], tables, opens, saved, today))


async def new(request: Request, questions: Questions, rendering: Rendering) -> Response:
    _check(questions)
    return await _form(request, questions, rendering, None)


async def team(request: Request, questions: Questions, rendering: Rendering) -> Response:
    _check(questions)
    found = (await questions.ask_of(operations.TEAM, id=request.path_params["id"]))["node"]
    if not found or "code" not in found:
        raise Problem(404)
    return await _form(request, questions, rendering, found)


async def _form(request: Request, questions: Questions, rendering: Rendering, team: Json | None) -> Response:
    """Answer the form; save the team when it is sent, and go to the list with it."""
    form, key, changed = form_of(team), uuid4().hex, False
    if request.method == "POST":
        sent = await sent_by(request)
        key = str(sent.get("key", ""))[:100] or key
        form = received(sent, team)
        if sent.get("pressed") == MORE_ROWS:
            form = form.with_more_rows()
        elif not form.errors:
            done = (await questions.ask(operations.PUT, input={**form.asked(), "idempotencyKey": key}))["done"]
            if not done["userErrors"]:
                return RedirectResponse(f"/admin/teams?saved={done['team']['id']}#saved", 303)
            form, changed = form.refused(done["userErrors"][0])
            key = uuid4().hex
    calendars = [each["name"] for each in (await questions.ask(operations.CALENDARS))["caseTables"]["calendars"]]
    page = TeamPage(team, form, calendars, changed, key)
    status = 409 if changed else 422 if form.errors else 200
    return rendering.page(request, "teams/team.html", page, status=status)


def _check(questions: Questions) -> None:
    if not questions.viewer.may_use("teamPut"):
        raise Problem(403)


PAGES = (
    Page("/teams", teams),
    Page("/teams/new", new, ("GET", "POST"), LARGEST_FORM),
    Page("/teams/{id}", team, ("GET", "POST"), LARGEST_FORM),
)
