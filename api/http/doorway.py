"""What listens from the first second: it hands every request to the application once the graph is there, and says so before."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from admin.site import starting_routes
from api.http.app import surroundings
from api.http.errors import ERROR_ANSWERS
from api.http.health import livez
from api.http.languages import preferred_language
from api.process.settings import Settings
from graph.errors import ServiceUnavailable
from graph.words import CATALOGUE

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class Doorway:
    """Closed at first; `open` lets requests through to the application from then on."""

    def __init__(self, settings: Settings) -> None:
        self._inside: ASGIApp = _closed(settings)

    def open(self, app: ASGIApp) -> None:
        self._inside = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._inside(scope, receive, send)


def _closed(settings: Settings) -> Starlette:
    """Return what answers meanwhile: /livez as ever, the pages with one that opens itself again, the rest with 503."""
    return Starlette(
        routes=[
            Route("/livez", livez),
            *starting_routes(CATALOGUE, preferred_language, settings.business_time_zone),
            Route("/{path:path}", _starting, methods=METHODS),
        ],
        middleware=surroundings(settings),
        exception_handlers=ERROR_ANSWERS,
    )


async def _starting(_: Request) -> Response:
    raise ServiceUnavailable("The database is starting. Try again in a moment.")
