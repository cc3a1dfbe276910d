"""The look-up page: one box that takes whatever a person can say about themselves, and who it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from admin.pages.lookups import operations
from admin.parts.page import Page
from admin.parts.questions import Questions
from admin.parts.recents import recently_opened
from admin.parts.rendering import Rendering

LONGEST = 200


@dataclass(frozen=True, slots=True)
class LookupPage:
    """`candidates` are CustomerSearchResults, best first, of `count`; None before anything was asked. `orders` have what was
    typed as their number, whosever they are. `recent` were opened last. `kept` is what there is of a value that finds nobody."""

    query: str
    candidates: list[dict[str, Any]] | None
    count: int
    orders: list[dict[str, Any]]
    recent: list[dict[str, Any]]
    kept: dict[str, Any] | None = None


async def lookup(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the empty box, or what was found; the value comes in the body of a POST, so no URL ever holds it."""
    query, first = "", operations.FEW
    if request.method == "POST":
        form = await request.form(max_files=0, max_fields=4)
        query = str(form.get("query", "")).strip()[:LONGEST]
        first = operations.MANY if form.get("first") else operations.FEW
    if query:
        found = await questions.ask(operations.LOOKUP, query=query, first=first)
        orders = [each["order"] for each in found["lookUp"]["orders"]]
        kept = None
        if not found["lookUp"]["candidates"] and not orders:
            language = rendering.language_of(request).upper()
            kept = (await questions.ask(operations.KEPT, query=query, language=language))["lookUp"]
        page = LookupPage(query, found["lookUp"]["candidates"], found["lookUp"]["candidateCount"], orders, [], kept)
    else:
        page = LookupPage("", None, 0, [], await recently_opened(request, questions))
    return rendering.page(request, "lookups/lookup.html", page, block="results" if request.method == "POST" else None)


PAGES = (Page("", lookup, methods=("POST",)),)
