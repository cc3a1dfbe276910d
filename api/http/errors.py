"""The one mapping of the error tree to HTTP: status, headers and a JSON body with a code."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from api.access.unauthenticated import Unauthenticated
from api.connectors.delivery import Unverified
from api.http.body_limit import BodyTooLarge
from graph.errors import (
    Ambiguous,
    Conflict,
    Customer360Error,
    InvalidInput,
    NotFound,
    Overloaded,
    ServiceUnavailable,
    StorageFull,
)
from resolvers.engine.errors import Forbidden

ROOM_SECONDS = 30
"""After which it is worth asking whether a disk has room again."""
STATUSES: dict[type[Customer360Error], int] = {
    InvalidInput: 400,
    BodyTooLarge: 413,
    Unauthenticated: 401,
    Unverified: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Ambiguous: 409,
    Overloaded: 429,
    ServiceUnavailable: 503,
}


def status_of(error: Customer360Error) -> int:
    """Return the HTTP status of an error: that of its nearest ancestor in STATUSES, else 500."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)


def error_body(code: str, message: str, pointer: str | None = None) -> dict[str, dict[str, str]]:
    """Return `{"error": {"code", "message", "pointer"}}`; the pointer only where there is one."""
    error = {"code": code, "message": message}
    if pointer is not None:
        error["pointer"] = pointer
    return {"error": error}


def error_headers(error: Customer360Error) -> dict[str, str]:
    """Return the headers that belong to an error's status."""
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, Overloaded):
        return {"Retry-After": str(error.retry_after)}
    if isinstance(error, StorageFull):
        return {"Retry-After": str(ROOM_SECONDS)}
    if isinstance(error, ServiceUnavailable):
        return {"Retry-After": "1"}
    return {}


async def on_customer360_error(_: Request, error: Exception) -> Response:
    # Starlette hands over what the handler is registered for; its signature says Exception.
    ours = cast("Customer360Error", error)
    body = error_body(ours.code, ours.message, ours.pointer)
    return JSONResponse(body, status_code=status_of(ours), headers=error_headers(ours))


async def on_http_exception(_: Request, error: Exception) -> Response:
    refusal = cast("HTTPException", error)
    code = HTTPStatus(refusal.status_code).phrase.upper().replace(" ", "_").replace("-", "_")
    return JSONResponse(error_body(code, refusal.detail), status_code=refusal.status_code, headers=refusal.headers)


async def on_client_left(_: Request, __: Exception) -> Response:
    """Nobody reads this: who left in the middle of a body is no defect. What was committed stays, and a repeat finds it."""
    return Response(status_code=400)


ERROR_ANSWERS: Mapping[Any, Any] = {
    Customer360Error: on_customer360_error,
    HTTPException: on_http_exception,
    ClientDisconnect: on_client_left,
}


def ending_answer() -> Response:
    """Return the answer to what was not done by the time the server had to stop."""
    error = ServiceUnavailable("The server is stopping. Send this again in a moment.")
    return JSONResponse(error_body(error.code, error.message), status_code=status_of(error), headers=error_headers(error))


def defect_answer() -> Response:
    """Return the answer to what nobody foresaw; the log tells the rest by the request id."""
    return JSONResponse(error_body("INTERNAL_ERROR", "Internal error; the log has the request id."), status_code=500)
