"""/livez: the process answers. /readyz: the graph answers too, and has the schema of this program."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.http.errors import error_body
from graph import schema
from graph.errors import Customer360Error
from graph.store import Store


def health_routes(store: Store) -> list[Route]:
    """Return the two routes; neither needs a token, and neither says anything about data."""

    async def livez(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_: Request) -> Response:
        try:
            await schema.require_current(store)
        except Customer360Error as error:
            return JSONResponse(error_body(error.code, error.message), status_code=503, headers={"Retry-After": "1"})
        return JSONResponse({"status": "ok"})

    return [Route("/livez", livez), Route("/readyz", readyz)]
