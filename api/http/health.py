"""/livez: the process answers. /readyz: the graph answers, has the schema of this program, and events are written.

Where the disk has too little room for events, it stays ready, since reads go on, and says so.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.http.errors import error_body
from graph import schema
from graph.errors import Customer360Error, ServiceUnavailable, StorageFull
from graph.free_space import Room
from graph.store import CHECK_SECONDS, Store


def health_routes(store: Store, has_writer: Callable[[], bool], audit: Room | None = None) -> list[Route]:
    """Return the two routes; neither needs a token, and neither says anything about data. `audit` is the read audit's room."""

    async def readyz(_: Request) -> Response:
        try:
            if not has_writer():
                raise ServiceUnavailable("Events are not being written just now.")
            for room in filter(None, (store.room, audit)):
                room.require_reserve()
            await schema.require_current(store, seconds=CHECK_SECONDS)
        except Customer360Error as error:
            return not_ready(error)
        if store.room is not None and store.is_low:
            return JSONResponse({"status": "only reads", **error_body(StorageFull.code, store.room.full().message)})
        return JSONResponse({"status": "ok"})

    return [Route("/livez", livez), Route("/readyz", readyz)]


async def livez(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def not_ready(error: Customer360Error) -> Response:
    return JSONResponse(error_body(error.code, error.message), status_code=503, headers={"Retry-After": "1"})
