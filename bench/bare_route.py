"""The baseline: the hand-written statement behind a bare Starlette route; driver, orjson, nothing else."""

from __future__ import annotations

import os
import sys

import neo4j
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.view import STATEMENT, body


def create_app(uri: str, password: str) -> Starlette:
    """Return the application with its one route, POST /view with `{"id": ...}`."""
    driver = neo4j.AsyncGraphDatabase.driver(uri, auth=("neo4j", password), telemetry_disabled=True)

    async def view(request: Request) -> Response:
        asked = orjson.loads(await request.body())
        async with driver.session(default_access_mode=neo4j.READ_ACCESS, fetch_size=-1) as session:
            result = await session.run(STATEMENT, {"id": asked["id"]})
            row = (await result.values())[0][0]
        return Response(orjson.dumps(body(row)), media_type="application/json")

    return Starlette(routes=[Route("/view", view, methods=["POST"])])


if __name__ == "__main__":
    uvicorn.run(create_app(sys.argv[1], os.environ["NEO4J_PASSWORD"]), port=int(sys.argv[2]), log_config=None, access_log=False)
