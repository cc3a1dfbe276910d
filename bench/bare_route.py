"""The baselines: hand-written statements behind bare Starlette routes; driver, orjson, nothing else."""

from __future__ import annotations

import os
import sys
from typing import Any, LiteralString

import neo4j
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench import lookup, view


def create_app(uri: str, password: str) -> Starlette:
    """Return the application: POST /view with `{"id": ...}`, POST /lookup/phone, /lookup/name and /lookup/order with that."""
    driver = neo4j.AsyncGraphDatabase.driver(uri, auth=("neo4j", password), telemetry_disabled=True)

    async def rows(statement: LiteralString, request: Request) -> list[list[Any]]:
        async with driver.session(default_access_mode=neo4j.READ_ACCESS, fetch_size=-1) as session:
            result = await session.run("CYPHER 25 " + statement, {"p": orjson.loads(await request.body())})
            return await result.values()

    async def show_customer(request: Request) -> Response:
        [[row]] = await rows(view.STATEMENT, request)
        return Response(orjson.dumps(view.body(row)), media_type="application/json")

    async def look_up(request: Request) -> Response:
        sort = request.path_params["sort"]
        found = await rows(lookup.STATEMENTS[sort], request)
        return Response(orjson.dumps(lookup.body(sort, found)), media_type="application/json")

    return Starlette(routes=[Route("/view", show_customer, methods=["POST"]), Route("/lookup/{sort}", look_up, methods=["POST"])])


if __name__ == "__main__":
    uvicorn.run(create_app(sys.argv[1], os.environ["NEO4J_PASSWORD"]), port=int(sys.argv[2]), log_config=None, access_log=False)
