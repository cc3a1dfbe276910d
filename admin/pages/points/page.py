"""The page of a loyalty account: what there is to spend, until when, and why it is so much."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from admin.pages.points.operations import ACCOUNT
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`account` as the schema answered it; `paging` says which page of its entries this is."""

    account: Json
    paging: Paging


async def account(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page; raise Problem 404 for no account of theirs, 403 for a reader who sees no points."""
    pages = paging(request, "entries")
    language = rendering.language_of(request).upper()
    found = (await ask(questions, ACCOUNT, pages, id=request.path_params["id"], language=language))["loyaltyAccount"]
    if found is None:
        raise Problem(404)
    if "entries" not in found:
        raise Problem(403)
    return rendering.page(request, "points/account.html", AccountPage(found, pages), block=pages.block)


PAGES = (Page("/points/{id}", account),)
