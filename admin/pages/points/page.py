"""The page of a loyalty account: what there is to spend, until when, and why it is so much."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.points.acting import act
from admin.pages.points.operations import ACCOUNT
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`account` as the schema answered it; `paging` says which page of its entries this is.

    `done` names what was just done, `told` says why it was not.
    """

    account: Json
    paging: Paging
    key: str
    done: str
    told: list[str]


async def account(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Do what a button says, and answer the page; raise Problem 404 for no account of theirs, 403 for who sees no points."""
    told: list[str] = []
    if request.method == "POST":
        done, told = await act(request, questions)
        if not told:
            return RedirectResponse(f"{request.url.path}?done={done}", 303)
    pages = paging(request, "entries")
    language = rendering.language_of(request).upper()
    found = (await ask(questions, ACCOUNT, pages, id=request.path_params["id"], language=language))["loyaltyAccount"]
    if found is None:
        raise Problem(404)
    if "entries" not in found:
        raise Problem(403)
    page = AccountPage(found, pages, uuid4().hex, request.query_params.get("done", ""), told)
    return rendering.page(request, "points/account.html", page, block=pages.block, status=409 if told else 200)


PAGES = (Page("/points/{id}", account, methods=("GET", "POST")),)
