"""The web application: one explicit route table, and what surrounds every request."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.body_limit import BodyLimit
from api.errors import on_customer360_error, on_http_exception
from api.health import health_routes
from api.request_log import RequestLog
from api.response_headers import ResponseHeaders
from api.settings import Settings
from graph.errors import Customer360Error
from graph.store import Store


def create_app(settings: Settings, store: Store) -> Starlette:
    """Return the application on an open store; its lifespan runs the writer of single events."""
    return Starlette(
        routes=[
            Route("/", to_pages),
            *health_routes(store),
        ],
        middleware=[
            Middleware(ResponseHeaders),
            Middleware(RequestLog),
            Middleware(TrustedHostMiddleware, allowed_hosts=settings.hosts, www_redirect=False),
            Middleware(BodyLimit, limit=settings.body_limit),
        ],
        exception_handlers={
            Customer360Error: on_customer360_error,
            HTTPException: on_http_exception,
        },
    )


async def to_pages(_: Request) -> Response:
    return RedirectResponse("/admin", status_code=303)
