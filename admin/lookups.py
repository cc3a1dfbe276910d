"""The look-up page: one box that takes whatever a person can say about themselves, and who it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from admin import documents, recents
from admin.questions import Problem, Questions
from admin.rendering import Rendering

LONGEST = 200


@dataclass(frozen=True, slots=True)
class LookupPage:
    """`candidates` are CustomerCandidates, best first; None before anything was asked. `orders` have what was
    typed as their number, whosever they are. `recent` were opened last."""

    query: str
    candidates: list[dict[str, Any]] | None
    orders: list[dict[str, Any]]
    recent: list[dict[str, Any]]


async def lookup(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the empty box, or what was found; the value comes in the body of a POST, so no URL ever holds it."""
    query = ""
    if request.method == "POST":
        form = await request.form(max_files=0, max_fields=4)
        query = str(form.get("query", "")).strip()[:LONGEST]
    if query:
        answer = await questions.ask(documents.LOOKUP, query=query)
        page = LookupPage(query, answer["customerLookup"], answer["orders"], [])
    else:
        page = LookupPage("", None, [], await recently_opened(request, questions))
    return rendering.page(request, "lookups/lookup.html", page, block="results" if request.method == "POST" else None)


async def recently_opened(request: Request, questions: Questions, besides: str | None = None) -> list[dict[str, Any]]:
    """Return the customers that were opened last `besides` one; one that went into another shows as that one, once."""
    ids = [each for each in recents.opened(request) if each != besides]
    if not ids:
        return []
    try:
        found = await questions.ask(documents.recent(len(ids)), **{f"id{place}": each for place, each in enumerate(ids)})
    except Problem as problem:
        if problem.status == 400:  # somebody wrote into the cookie
            return []
        raise
    return list({each["id"]: each for each in found.values() if each and each["id"] != besides}.values())
