"""The page of the read audit: who has read whose data, of all customers or by one account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from admin.pages.accesses.operations import ALL_ACCESSES
from admin.parts.page import Page
from admin.parts.paging import Paging, paging
from admin.parts.questions import Questions
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class AuditPage:
    """`entries` as the schema answered them; `subject` is whose readings they are, empty for everybody's."""

    entries: dict[str, Any]
    subject: str
    paging: Paging


async def everybody(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page; Problem 403 for a reader who does not check the record."""
    subject = request.query_params.get("subject", "").strip()
    pages = paging(request, "accesses", **({"subject": subject} if subject else {}))
    found = await questions.ask(ALL_ACCESSES, subject=subject or None, **pages.cursors)
    return rendering.page(request, "accesses/everybody.html", AuditPage(found["accesses"], subject, pages), block=pages.block)


PAGES = (Page("/accesses", everybody),)
