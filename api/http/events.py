"""The event door: POST /events in every form of the contract, and the contract itself under /events/schemas."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from typing import cast
from urllib.parse import unquote

import orjson
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.http.body_limit import LINES, BodyTooLarge
from api.http.event_intake import EventIntake, refused
from api.http.event_lines import chunks
from api.http.event_receipts import Spool, batch_answer, one_answer
from api.http.json_text import decode
from api.http.languages import preferred_language
from graph.errors import InvalidInput, NotFound
from graph.events.invalid import InvalidJson
from graph.intake.event_types import EVENT_TYPES, json_schema
from graph.intake.queue import LARGEST_TRANSACTION
from resolvers.access.roles import Scope
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import Forbidden

SCOPE = Scope.EVENTS_WRITE
ONE, BATCH, STREAM, EITHER = (
    "application/cloudevents+json",
    "application/cloudevents-batch+json",
    "application/x-ndjson",
    "application/json",
)
ALSO_JSON = "text/json"
ACCEPTED = ", ".join((ONE, BATCH, STREAM, EITHER))
BINARY_MODE = "ce-specversion"
"""Header by which an event is one whose attributes stand in headers, and whose body is its data alone."""

Authenticate = Callable[[Request], Awaitable[Viewer]]


class BatchTooLarge(BodyTooLarge):
    """More events than a transaction holds."""

    code = "BATCH_TOO_LARGE"


def events_routes(intake: EventIntake, authenticate: Authenticate, body_limit: int) -> list[Route]:
    """Return the routes; `authenticate` raises Unauthenticated, `body_limit` is bytes of a line in a stream."""

    async def post_events(request: Request) -> Response:
        if SCOPE not in (await authenticate(request)).scopes:
            raise Forbidden(f"This token may not send events; it needs the scope {SCOPE}.")
        media_type = _media_type(request)
        if media_type in LINES:
            return await _take_stream(request, intake, body_limit)
        return await _take_document(await request.body(), media_type, request, intake)

    return [
        Route("/events", post_events, methods=["POST"]),
        Route("/events/schemas", list_schemas, methods=["GET"]),
        Route("/events/schemas/{type}", show_schema, methods=["GET"]),
    ]


async def list_schemas(_: Request) -> Response:
    """Answer which event types there are; the contract is public, so no token is asked for."""
    return JSONResponse({"schemas": [{"type": name, "href": f"/events/schemas/{name}"} for name in EVENT_TYPES]})


async def show_schema(request: Request) -> Response:
    name = request.path_params["type"]
    if name not in EVENT_TYPES:
        raise NotFound("There is no such event type; /events/schemas lists them.")
    return Response(_schema_text(name), media_type="application/schema+json")


@cache
def _schema_text(event_type: str) -> bytes:
    return orjson.dumps(json_schema(event_type))


async def _take_document(body: bytes, media_type: str, request: Request, intake: EventIntake) -> Response:
    language = preferred_language(request.headers.get("accept-language"))
    try:
        document: object = decode(body)
    except ValueError:
        return one_answer(refused(InvalidJson("The body is no valid JSON in UTF-8.", "")), language)
    if media_type == EITHER and BINARY_MODE in request.headers:
        document = binary_event(request.headers, document)
    events = _listed(document)
    if media_type == BATCH and events is None:
        return one_answer(refused(InvalidJson("A batch is a JSON array of events.", "")), language)
    if events is None or media_type == ONE:
        [receipt] = await intake.take([document], dry_run=_dry_run(request), size=len(body))
        return one_answer(receipt, language)
    if len(events) > LARGEST_TRANSACTION:
        message = f"A batch holds at most {LARGEST_TRANSACTION} events; send more as {STREAM}."
        raise BatchTooLarge(message)
    return batch_answer(await intake.take(events, dry_run=_dry_run(request)), language)


async def _take_stream(request: Request, intake: EventIntake, body_limit: int) -> Response:
    """Take lines as they arrive; each chunk is committed before the next is read, so memory stays bounded."""
    dry_run = _dry_run(request)
    spool = Spool(preferred_language(request.headers.get("accept-language")))
    patient = False
    try:
        async for chunk in chunks(request.stream(), body_limit):
            spool.add(await intake.take(chunk, dry_run=dry_run, patient=patient))
            # A full queue turns a stream away at its start; later it waits, since what came before is done.
            patient = True
        return spool.answer()
    except BaseException:
        spool.close()
        raise


def binary_event(headers: Headers, data: object) -> dict[str, object]:
    """Return the event of a request in binary mode: each header `ce-name` is an attribute, percent-encoded."""
    return {name[3:]: unquote(value) for name, value in headers.items() if name.startswith("ce-")} | {"data": data}


def _listed(document: object) -> list[object] | None:
    return cast("list[object]", document) if isinstance(document, list) else None


def _media_type(request: Request) -> str:
    media_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    media_type = media_type.strip()
    charset = parameters.replace(" ", "").replace('"', "").partition("charset=")[2].partition(";")[0]
    if request.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise HTTPException(
            415, "Compressed bodies are not taken; send this without Content-Encoding.", {"Accept-Encoding": "identity"}
        )
    if media_type not in {ONE, BATCH, EITHER, ALSO_JSON, *LINES}:
        raise HTTPException(415, f"Send one of {ACCEPTED}, in UTF-8 and not compressed.", {"Accept-Post": ACCEPTED})
    if charset not in {"", "utf-8", "utf8"}:
        raise HTTPException(415, "Only UTF-8 is taken; this says that it has another charset.", {"Accept-Post": ACCEPTED})
    return EITHER if media_type == ALSO_JSON else media_type


def _dry_run(request: Request) -> bool:
    if not request.scope["query_string"]:
        return False
    given = request.query_params.get("dryRun", "false")
    if given not in {"true", "false"}:
        raise InvalidInput("dryRun is true or false.")
    return given == "true"
