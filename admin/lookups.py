"""The look-up page: one box that takes whatever a person can say about themselves, and who it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from admin import documents
from admin.questions import Questions
from admin.rendering import Rendering

LONGEST = 200


@dataclass(frozen=True, slots=True)
class LookupPage:
    """`candidates` are CustomerCandidates, best first; None before anything was asked."""

    query: str
    candidates: list[dict[str, Any]] | None


async def lookup(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the empty box, or what was found; the value comes in the body of a POST, so no URL ever holds it."""
    if request.method != "POST":
        return rendering.page(request, "lookups/lookup.html", LookupPage("", None))
    form = await request.form(max_files=0, max_fields=4)
    query = str(form.get("query", "")).strip()[:LONGEST]
    if not query:
        return rendering.page(request, "lookups/lookup.html", LookupPage("", None), block="results")
    answer = await questions.ask(documents.LOOKUP, query=query)
    return rendering.page(request, "lookups/lookup.html", LookupPage(query, answer["customerLookup"]), block="results")
