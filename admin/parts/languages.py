"""The languages of the pages: which one a reader gets, and the catalogue of words that is handed to the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias
from urllib.parse import urlencode

from babel import Locale
from babel.support import Translations
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

COOKIE = "customer360_language"
COOKIE_SECONDS = 365 * 24 * 3600


class Words(Protocol):
    """The catalogue of words: its languages, that of a reader who states none first, and the messages of each."""

    @property
    def languages(self) -> tuple[str, ...]: ...

    def messages(self, language: str) -> Translations: ...


Preferred: TypeAlias = Callable[[str | None, tuple[str, ...]], str]
"""`preferred(accept_language, languages)` tells which of them the header prefers, else the first."""


def reader_language(request: Request, languages: tuple[str, ...], preferred: Preferred) -> str:
    """Return the language chosen by the reader, else the best one the browser asks for, else the first one."""
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in languages else preferred(request.headers.get("accept-language"), languages)


def switch(request: Request, languages: tuple[str, ...]) -> Response | None:
    """Return the answer to a language link (`?lang=en`): the same page without it, and a cookie; None if it is none."""
    wanted = request.query_params.get("lang")
    if wanted not in languages or request.method != "GET":
        return None
    rest = urlencode([pair for pair in request.query_params.multi_items() if pair[0] != "lang"])
    response = RedirectResponse(request.url.path + (f"?{rest}" if rest else ""), status_code=303)
    response.set_cookie(
        COOKIE, wanted, max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
    return response


def own_name(language: str) -> str:
    """Return the language's name in itself: 日本語, English."""
    return str(Locale.parse(language).display_name)
