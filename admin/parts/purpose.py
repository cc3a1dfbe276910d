"""Why somebody reads: typed once, kept by their browser for an hour, and recorded with each reading."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

COOKIE, LONGEST, KEPT_SECONDS = "customer360_purpose", 200, 3_600


def purpose_of(request: Request) -> str:
    return unquote(request.cookies.get(COOKIE, ""))[:LONGEST].strip()


def keep_purpose(request: Request, response: Response, purpose: str) -> None:
    secure = request.url.scheme == "https"
    value = quote(purpose[:LONGEST])
    response.set_cookie(COOKIE, value, KEPT_SECONDS, path="/", httponly=True, samesite="lax", secure=secure)
