"""The page of who has looked at a customer: when, as what, and what was shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from admin.pages.accesses.operations import ACCESSES
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Problem, Questions
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class AccessesPage:
    """`customer` as the schema answered it; `paging` says which page of the list this is."""

    customer: dict[str, Any]
    paging: Paging


async def accesses(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page; raise Problem 403 for a reader who does not check the record."""
    pages = paging(request, "accesses")
    found = (await ask(questions, ACCESSES, pages, id=request.path_params["id"]))["customer"]
    if found is None:
        raise Problem(404)
    if "accesses" not in found:
        raise Problem(403)
    return rendering.page(request, "accesses/accesses.html", AccessesPage(found, pages), block=pages.block)


PAGES = (Page("/customers/{id}/accesses", accesses),)
