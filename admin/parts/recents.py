"""Which customers a reader opened last: their opaque ids in a cookie of the session, nothing else."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from admin.parts.questions import Problem, Questions

MOST_RECENT = 6

COOKIE = "customer360_recent"
_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")


def opened(request: Request) -> list[str]:
    """Return the ids, newest first; whatever else stands in the cookie is left out."""
    ids = [each for each in request.cookies.get(COOKIE, "").split(".") if _ID.fullmatch(each)]
    return list(dict.fromkeys(ids))[:MOST_RECENT]


def remember(request: Request, response: Response, customer: str) -> None:
    """Put a customer first; the cookie ends with the session of the browser."""
    ids = [customer, *(each for each in opened(request) if each != customer)][:MOST_RECENT]
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, ".".join(ids), path="/admin", httponly=True, samesite="lax", secure=secure)


async def recently_opened(request: Request, questions: Questions, besides: str | None = None) -> list[dict[str, Any]]:
    """Return the customers that were opened last `besides` one; one that went into another shows as that one, once."""
    ids = [each for each in opened(request) if each != besides]
    if not ids or not questions.viewer.may_read("Customer"):
        return []
    try:
        found = await questions.ask(operation(len(ids)), **{f"id{place}": each for place, each in enumerate(ids)})
    except Problem as problem:
        if problem.status == 400:  # somebody wrote into the cookie
            return []
        raise
    return list({each["id"]: each for each in found.values() if each and each["id"] != besides}.values())


def operation(count: int) -> str:
    """Return the operation that reads so many customers by `$id0`, `$id1` ..."""
    names = range(count)
    declared = ", ".join(f"$id{name}: ID!" for name in names)
    fields = "\n  ".join(f"c{name}: customer(by: {{id: $id{name}}}) {{ ...RecentCustomer }}" for name in names)
    return f"query RecentCustomers({declared}) {{\n  {fields}\n}}" + RECENT_PART


RECENT_PART = """
fragment RecentCustomer on Customer { id name kana romaji phone metrics { lastSeen } }
"""

_NOBODY = "Q3VzdG9tZXI6MA"
FIRST_PLANNED: tuple[tuple[str, dict[str, Any]], ...] = ((operation(1), {"id0": _NOBODY}),)
