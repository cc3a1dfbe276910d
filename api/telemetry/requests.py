"""Requests counted and timed by the route that answered them: an address can hold an id, a route cannot."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.telemetry.measures import REQUEST_SECONDS, REQUESTS, REQUESTS_OPEN, WEBSOCKETS_OPEN
from api.telemetry.tracing import request_span

UNMATCHED = "unmatched"


class RequestTelemetry:
    """Counts each request once its answer begins, with its status, and spans it where traces are wanted."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._routes: Mapping[int, str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            with WEBSOCKETS_OPEN.track_inprogress():
                await self.app(scope, receive, send)
            return
        method = scope["method"]
        started = time.perf_counter()

        async def send_and_count(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = self._route_of(scope)
                REQUESTS.labels(route, method, message["status"]).inc()
                REQUEST_SECONDS.labels(route).observe(time.perf_counter() - started)
                if span is not None:
                    span.answered(method, route, message["status"], request_id_of(message))
            await send(message)

        with REQUESTS_OPEN.track_inprogress(), request_span(scope["headers"]) as span:
            await self.app(scope, receive, send_and_count)

    def _route_of(self, scope: Scope) -> str:
        if self._routes is None:
            self._routes = {id(endpoint): path for endpoint, path in endpoints(scope["app"].routes)}
        return self._routes.get(id(scope.get("endpoint")), UNMATCHED)


def request_id_of(message: Message) -> str:
    return next((value.decode() for name, value in message["headers"] if name == b"x-request-id"), "")


def endpoints(routes: Sequence[BaseRoute], before: str = "") -> list[tuple[Any, str]]:
    """Return what answers each route, with its path as the route table has it (`/admin/customers/{id}`)."""
    found: list[tuple[Any, str]] = []
    for route in routes:
        if isinstance(route, Mount):
            found += [(route.app, before + route.path), *endpoints(route.routes, before + route.path)]
        elif isinstance(route, (Route, WebSocketRoute)):
            found.append((route.endpoint, before + route.path))
    return found
