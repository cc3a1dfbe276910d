"""One number, address, card or account: its state and why, who has it and since when, and blocking or freeing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.parts.acting import do, typed_in
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

IDENTIFIER = """
query IdentifierPage($id: ID!, $holders: String) {
  node(id: $id) {
    ... on Identifier {
      id kind scope value sharing state reason undeliverableSince customerCount
      holders(first: 50, after: $holders) {
        totalCount pageInfo { hasNextPage endCursor }
        edges {
          node { verified firstSeen lastSeen validFrom validTo record { source externalId customer { id name kana } } }
        }
      }
    }
  }
}
"""
MUTATIONS = {"block": "identifierBlock", "free": "identifierFree"}
PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = ((IDENTIFIER, {"id": "SWRlbnRpZmllcjow", "holders": None}),)


@dataclass(frozen=True, slots=True)
class IdentifierPage:
    """`identifier` as the schema answered it; `told` says why nothing was done, `done` that something was."""

    identifier: Json
    paging: Paging
    told: list[str]
    done: bool
    key: str


async def identifier(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page; do first what a button says. Who reads no source records gets a 403."""
    if not questions.viewer.may_read("SourceRecord"):
        raise Problem(403)
    own_id: str = request.path_params["id"]
    told: list[str] = []
    if request.method == "POST":
        typed = await typed_in(request)
        if typed["pressed"] not in MUTATIONS:
            raise Problem(400)
        mutation = MUTATIONS[typed["pressed"]]
        _, told = await do(questions, mutation, "decision { id }", typed, identifierId=own_id, reason=typed.get("reason", ""))
        if not told:
            return RedirectResponse(f"{request.url.path}?done=yes", 303)
    pages = paging(request, "holders")
    found = (await ask(questions, IDENTIFIER, pages, id=own_id))["node"]
    if not found or "holders" not in found:
        raise Problem(404)
    page = IdentifierPage(found, pages, told, request.query_params.get("done") == "yes", uuid4().hex)
    return rendering.page(request, "identifiers/identifier.html", page, status=409 if told else 200)


PAGES = (Page("/identifiers/{id}", identifier, ("GET", "POST")),)
