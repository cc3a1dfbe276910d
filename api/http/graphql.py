"""The /graphql endpoint, by POST and GET, as the GraphQL over HTTP specification asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol, cast
from urllib.parse import parse_qsl

import orjson
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.http.answering import Answering
from api.http.body_limit import BodyLimit
from api.http.documents import Documents, PersistedQueryNotFound, PersistedQueryNotSupported
from api.http.errors import error_headers, status_of
from api.http.json_text import decode_plain
from api.http.languages import preferred_language
from api.http.purpose import stated_purpose
from api.http.streaming import STREAM, EventStream, events
from graph.errors import Customer360Error, InvalidInput
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import RequestRefused
from resolvers.execution import Response as Executed
from resolvers.execution import refusal as refused_response

JSON, GRAPHQL = "application/json", "application/graphql-response+json"
_REFUSED = re.compile(r"(?:.*;)?q=0(?:\.0{0,3})?(?:;.*)?")
ANY = frozenset({"", "*/*", "application/*", JSON})
METHODS = ["GET", "POST"]
LARGEST_REQUEST = 256_000
"""Bytes of a request: a document of the greatest size, and its variables."""
# What a client that accepts plain JSON gets as an answer of status 200, since its document was read.
READ = frozenset({
    "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "INVALID_INPUT", "MAX_COST_EXCEEDED", "INTROSPECTION_NOT_ALLOWED",
})  # fmt: skip

Json = dict[str, Any]


class MalformedRequest(InvalidInput):
    """A request that is no GraphQL request."""

    code = "MALFORMED_REQUEST"


class Authenticate(Protocol):
    async def __call__(self, request: Request, *, in_use: bool = True) -> Viewer:
        """Return who asks; raises Unauthenticated. With `in_use` a session counts as used."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a request."""

    query: str
    variables: Mapping[str, Any]
    operation_name: str | None


def graphql_routes(answering: Answering, authenticate: Authenticate) -> list[Route]:
    """Return the route; `authenticate` raises Unauthenticated for a request without a valid token."""

    async def endpoint(request: Request) -> Response:
        streamed = request.method == "POST" and STREAM in request.headers.get("accept", "")
        media_type = GRAPHQL if streamed else accepted(request.headers.get("accept", ""))
        if media_type is None:
            return refusal(406, "NOT_ACCEPTABLE", f"Accept {GRAPHQL} or {JSON}.", JSON)
        if unreadable := refused_body(request, media_type):
            return unreadable
        try:
            language = preferred_language(request.headers.get("accept-language"))
            viewer = replace(await authenticate(request), language=language, purpose=stated_purpose(request))
            by_get = request.method != "POST"
            members = from_url(request.scope["query_string"]) if by_get else parsed(await request.body(), "The body")
            asked = asked_for(members, answering.documents)
            if streamed:
                responses = await answering.stream(asked.query, asked.variables, asked.operation_name, viewer)
                return EventStream(events(responses, partial(still_may, request, viewer)))
            response = await answering.execute(asked.query, asked.variables, asked.operation_name, viewer, only_read=by_get)
        except RequestRefused as refused:
            return answered(refused_response(refused), media_type)
        except Customer360Error as error:
            known = isinstance(error, PersistedQueryNotFound | PersistedQueryNotSupported) and media_type == JSON
            return refusal(200 if known else status_of(error), error.code, error.message, media_type, error_headers(error))
        return answered(response, media_type)

    async def still_may(request: Request, viewer: Viewer) -> bool:
        """Return whether who began to follow still has what they had."""
        try:
            now = await authenticate(request, in_use=False)
        except Customer360Error:
            return False
        return now.rights == viewer.rights

    return [Route("/graphql", endpoint, methods=METHODS, middleware=[Middleware(BodyLimit, limit=LARGEST_REQUEST)])]


def refused_body(request: Request, media_type: str) -> Response | None:
    """Return the refusal of a body that is not read; None for one that is."""
    if request.method == "POST" and not is_json(request.headers.get("content-type", "")):
        return refusal(415, "UNSUPPORTED_MEDIA_TYPE", f"Send {JSON} in UTF-8.", media_type, {"Accept-Post": JSON})
    if request.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        message = "Compressed bodies are not taken; send this without Content-Encoding."
        return refusal(415, "UNSUPPORTED_MEDIA_TYPE", message, media_type, {"Accept-Encoding": "identity"})
    return None


def answered(response: Executed, media_type: str) -> Response:
    if not response.executed and code_of(response.body) == "MUTATION_NOT_ALLOWED":
        return answer(response.body, 405, media_type, {"Allow": "POST"})
    status = 200 if response.executed or (media_type == JSON and code_of(response.body) in READ) else 400
    return answer(response.body, status, media_type)


def accepted(header: str) -> str | None:
    """Return the media type of the answer, the newer one if both will do; None if the client takes neither."""
    asked = [part.strip().lower().replace(" ", "").partition(";") for part in header.split(",")]
    refused = {media_type for media_type, _, parameters in asked if _REFUSED.fullmatch(parameters)}
    ranges = {media_type for media_type, _, _ in asked} - refused
    if GRAPHQL in ranges:
        return GRAPHQL
    if ranges & ANY:
        return next((each for each in (JSON, GRAPHQL) if each not in refused), None)
    return None


def is_json(header: str) -> bool:
    media_type, *parameters = (part.strip().lower() for part in header.split(";"))
    charsets = [value.strip("\"'") for name, _, value in (part.partition("=") for part in parameters) if name == "charset"]
    return media_type == JSON and all(charset in ("utf-8", "utf8") for charset in charsets)


def from_url(query_string: bytes) -> Json:
    """Return the members of a query string; `variables` and `extensions` are JSON in it."""
    try:
        members: Json = dict(parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict"))
    except ValueError:
        raise MalformedRequest("The query string must be percent-encoded UTF-8.") from None
    for name in ("variables", "extensions"):
        if members.get(name):
            members[name] = parsed(members[name].encode(), f"`{name}`")
        else:
            members.pop(name, None)
    return members


def parsed(text: bytes, what: str) -> Any:
    try:
        return decode_plain(text)
    except ValueError:
        message = f"{what} must be JSON in UTF-8, nested at most 1000 deep, with whole numbers within 64 bits."
        raise MalformedRequest(message) from None


def asked_for(members: Any, documents: Documents) -> Asked:
    """Return what a request asks; raises MalformedRequest for anything but an object with the right members."""
    if not isinstance(members, dict):
        raise MalformedRequest("The body must be one JSON object with `query`; batches are not taken.")
    given = cast("Json", members)
    query, variables, name = given.get("query"), given.get("variables"), given.get("operationName")
    if not query and (hash_ := _hash_in(given.get("extensions"))) is not None:
        query = documents.text_of(hash_)
    if not isinstance(query, str) or not query:
        raise MalformedRequest("`query` must be the text of a GraphQL document.", "/query")
    if variables is not None and not isinstance(variables, dict):
        raise MalformedRequest("`variables` must be a JSON object.", "/variables")
    if name is not None and not isinstance(name, str):
        raise MalformedRequest("`operationName` must be a string.", "/operationName")
    if not isinstance(given.get("extensions", {}), dict | None):
        raise MalformedRequest("`extensions` must be a JSON object.", "/extensions")
    return Asked(query, cast("Json", variables or {}), name or None)


def _hash_in(extensions: Any) -> str | None:
    """Return the hash by which a request names its document, as clients of Apollo and Relay write it."""
    persisted: Any = cast("Json", extensions).get("persistedQuery") if isinstance(extensions, dict) else None
    return str(cast("Json", persisted).get("sha256Hash")) if isinstance(persisted, dict) else None


def code_of(body: Json) -> str:
    return body["errors"][0]["extensions"]["code"]


def refusal(status: int, code: str, message: str, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    return answer({"errors": [{"message": message, "extensions": {"code": code}}]}, status, media_type, headers)


def answer(body: Json, status: int, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    # Neither media type has a charset parameter of its own; clients expect to see that it is UTF-8.
    content_type = {"Content-Type": f"{media_type}; charset=utf-8"}
    return Response(orjson.dumps(body), status, headers=content_type | dict(headers or {}))
