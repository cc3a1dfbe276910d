"""Errors of the GraphQL face: what it adds to the tree of `graph/errors.py`, and how any error is shown to a client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from graphql import GraphQLError

from graph.errors import Customer360Error, Overloaded

log = structlog.stdlib.get_logger("customer360.graphql")


NOT_READ = "Your role may not read this."
MOST_ERRORS, LONGEST_MESSAGE = 5, 500
"""Errors of a request that is refused, and signs of a message: what was sent is repeated in them."""


class Forbidden(Customer360Error):
    """The viewer's roles may not read this."""

    code = "FORBIDDEN"


class Throttled(Overloaded):
    """One principal has used up what all of its requests may use in a time."""

    code = "THROTTLED"


class RequestRefused(Exception):
    """An operation that was not executed at all; all its errors have one code."""

    def __init__(self, code: str, errors: Sequence[GraphQLError]) -> None:
        super().__init__(code)
        self.code = code
        self.errors = errors


def shown(error: GraphQLError, code: str | None = None) -> dict[str, Any]:
    """Return an error as the client gets it: always with a code, and without the text of what nobody foresaw.

    That text can hold anything, a customer's number among it; the log format leaves its type and place of it.
    """
    formatted: dict[str, Any] = dict(error.formatted)
    cause = error.original_error
    if isinstance(cause, Customer360Error):
        formatted["message"], code = cause.message, cause.code
    elif isinstance(cause, GraphQLError) and cause.nodes:
        code = "INVALID_INPUT"  # it points to an argument in the client's own document
    elif cause is not None and code is None:
        log.error("defect", path=error.path, exc_info=cause)
        formatted["message"] = "Internal error; the log has the request id."
        code = "INTERNAL_ERROR"
    again = {"retryAfter": cause.retry_after} if isinstance(cause, Overloaded) else {}
    if len(formatted["message"]) > LONGEST_MESSAGE:
        formatted["message"] = f"{formatted['message'][:LONGEST_MESSAGE]} ..."
    formatted["extensions"] = {"code": code or "INVALID_INPUT", **again}
    return formatted
