"""The baselines: hand-written statements behind bare Starlette routes; driver, orjson, and the ids as the product seals them."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, LiteralString

import neo4j
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.process.local_keys import local_key
from bench import inbox, lookup, screen_pop, view
from resolvers.engine.sealing import use_key


def create_app(uri: str, password: str) -> Starlette:
    """Return the application: POST /view with `{"id": ...}`, POST /lookup/phone, /lookup/name and /lookup/order with that,
    /screen-pop with what `ringing.py` asks and /inbox with what `inbox.py` asks.
    """
    driver = neo4j.AsyncGraphDatabase.driver(
        uri, auth=("neo4j", password), telemetry_disabled=True, notifications_min_severity="OFF"
    )

    async def rows(statement: LiteralString, asked: Any) -> list[list[Any]]:
        async with driver.session(default_access_mode=neo4j.READ_ACCESS, fetch_size=-1) as session:
            result = await session.run("CYPHER 25 " + statement, {"p": asked})
            return await result.values()

    async def show_customer(request: Request) -> Response:
        [[row]] = await rows(view.STATEMENT, orjson.loads(await request.body()))
        return Response(orjson.dumps(view.body(row)), media_type="application/json")

    async def look_up(request: Request) -> Response:
        sort = request.path_params["sort"]
        found = await rows(lookup.STATEMENTS[sort], orjson.loads(await request.body()))
        return Response(orjson.dumps(lookup.body(sort, found)), media_type="application/json")

    async def pop_up(request: Request) -> Response:
        found = await rows(screen_pop.STATEMENT, orjson.loads(await request.body()))
        return Response(orjson.dumps(screen_pop.body(found)), media_type="application/json")

    async def list_cases(request: Request) -> Response:
        asked = orjson.loads(await request.body())
        [[row]] = await rows(inbox.STATEMENTS[asked["sort"]], asked)
        return Response(orjson.dumps(inbox.body(row)), media_type="application/json")

    @asynccontextmanager
    async def connected(_: Starlette) -> AsyncGenerator[None]:
        async with driver:
            yield

    doors = {"/view": show_customer, "/lookup/{sort}": look_up, "/screen-pop": pop_up, "/inbox": list_cases}
    return Starlette(routes=[Route(path, door, methods=["POST"]) for path, door in doors.items()], lifespan=connected)


if __name__ == "__main__":
    use_key(local_key(Path(sys.argv[3]), "ids"))
    uvicorn.run(create_app(sys.argv[1], os.environ["NEO4J_PASSWORD"]), port=int(sys.argv[2]), log_config=None, access_log=False)
