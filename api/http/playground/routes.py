"""The routes of the playground. Its pages are open; the schema is for those who may ask for it, data needs a token."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import orjson
from graphql import introspection_from_schema
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from api.http.playground.examples import examples
from api.http.response_headers import CONTENT_SECURITY_POLICY
from resolvers.access.readers import roles_of
from resolvers.engine.errors import Forbidden
from resolvers.execution import NO_INTROSPECTION, operations

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graphql import GraphQLField, GraphQLNamedType, GraphQLObjectType
    from starlette.requests import Request

STATIC = Path(__file__).parent / "static"
# GraphiQL's dialogs and menus write a style element; scripts stay as strict as on every other page.
GRAPHIQL_POLICY = CONTENT_SECURITY_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


def playground_routes(may_explore: Callable[[Request], Awaitable[bool]]) -> list[Route | Mount]:
    """Return the routes of the two pages, of what they read, and of their files; `may_explore` says who gets the schema."""

    async def schema(request: Request) -> Response:
        if not await may_explore(request):
            raise Forbidden(NO_INTROSPECTION)
        return Response(introspected(), media_type="application/json")

    return [
        Route("/playground", playground),
        Route("/playground/schema", picture),
        Route("/playground/schema.json", schema),
        Route("/playground/examples.json", offered),
        Mount("/playground/static", StaticFiles(directory=STATIC)),
    ]


async def playground(_: Request) -> Response:
    return FileResponse(STATIC / "playground.html", headers={"Content-Security-Policy": GRAPHIQL_POLICY})


async def picture(_: Request) -> Response:
    return FileResponse(STATIC / "picture.html")


async def offered(_: Request) -> Response:
    return Response(orjson.dumps([example.shown() for example in examples()]), media_type="application/json")


@cache
def introspected() -> bytes:
    """Return what an introspection of the schema answers, as JSON, with the readers in each description.

    Roles are a directive of the printed schema, and no introspection tells which directives are applied.
    """
    definition = operations().schema
    answer = introspection_from_schema(definition)
    for shown in answer["__schema"]["types"]:
        type_ = definition.type_map[shown["name"]]
        name_readers(shown, type_)
        for field in shown.get("fields") or ():
            name_readers(field, cast("GraphQLObjectType", type_).fields[field["name"]])
    return orjson.dumps(answer)


def name_readers(shown: Any, definition: GraphQLNamedType | GraphQLField) -> None:
    roles = roles_of(definition)
    if roles is not None:
        shown["description"] = f"{shown['description']} Readers: {', '.join(roles)}."
