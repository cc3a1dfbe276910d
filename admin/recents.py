"""Which customers a reader opened last: their opaque ids in a cookie of the session, nothing else."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from admin.documents import MOST_RECENT

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
