"""The languages of the pages: which one a reader gets, and the message catalogues."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from babel import Locale, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

LANGUAGES = ("ja", "en")
COOKIE = "customer360_language"
COOKIE_SECONDS = 365 * 24 * 3600
CATALOGUES = Path(__file__).parents[1] / "translations"


@cache
def catalogue(language: str) -> Translations:
    """Return the messages of a language, compiled from its committed .po file."""
    with (CATALOGUES / f"{language}.po").open("rb") as source:
        messages = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def reader_language(request: Request) -> str:
    """Return the language chosen by the reader, else the best one the browser asks for, else Japanese."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    wished = [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    found = negotiate_locale([wish.split("-")[0].lower() for wish in wished if wish], LANGUAGES)
    return found or LANGUAGES[0]


def switch(request: Request) -> Response | None:
    """Return the answer to a language link (`?lang=en`): the same page without it, and a cookie; None if it is none."""
    wanted = request.query_params.get("lang")
    if wanted not in LANGUAGES or request.method != "GET":
        return None
    rest = urlencode([pair for pair in request.query_params.multi_items() if pair[0] != "lang"])
    response = RedirectResponse(request.url.path + (f"?{rest}" if rest else ""), status_code=303)
    response.set_cookie(
        COOKIE, wanted, max_age=COOKIE_SECONDS, path="/admin", httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
    return response


def own_name(language: str) -> str:
    """Return the language's name in itself: 日本語, English."""
    return str(Locale.parse(language).display_name)
