"""/livez: the process answers. /readyz: events are written, the graph answers, and it has the schema of this program."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.http.errors import error_body
from graph import schema
from graph.errors import Customer360Error, ServiceUnavailable
from graph.store import CHECK_SECONDS, Store


def health_routes(store: Store, has_writer: Callable[[], bool]) -> list[Route]:
    """Return the two routes; neither needs a token, and neither says anything about data."""

    async def readyz(_: Request) -> Response:
        try:
            if not has_writer():
                raise ServiceUnavailable("Events are not being written just now.")
            await schema.require_current(store, seconds=CHECK_SECONDS)
        except Customer360Error as error:
            return not_ready(error)
        return JSONResponse({"status": "ok"})

    return [Route("/livez", livez), Route("/readyz", readyz)]


async def livez(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def not_ready(error: Customer360Error) -> Response:
    return JSONResponse(error_body(error.code, error.message), status_code=503, headers={"Retry-After": "1"})
