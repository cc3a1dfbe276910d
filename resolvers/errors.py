"""Errors of the GraphQL face: what it adds to the tree of `graph/errors.py`, and how any error is shown to a client."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError

from graph.errors import Customer360Error

logger = logging.getLogger(__name__)


class Forbidden(Customer360Error):
    """The viewer's roles may not read this."""

    code = "FORBIDDEN"


class RequestRefused(Exception):
    """An operation that was not executed at all; all its errors have one code."""

    def __init__(self, code: str, errors: Sequence[GraphQLError]) -> None:
        super().__init__(code)
        self.code = code
        self.errors = errors


def shown(error: GraphQLError, request_id: str, code: str | None = None) -> dict[str, Any]:
    """Return an error as the client gets it: always with a code, and without the text of what was not expected."""
    formatted: dict[str, Any] = dict(error.formatted)
    cause = error.original_error
    if isinstance(cause, Customer360Error):
        formatted["message"], code = cause.message, cause.code
    elif cause is not None and code is None:
        logger.error("request %s failed unexpectedly at %s", request_id, error.path, exc_info=cause)
        formatted["message"] = f"Something went wrong on our side. Quote request {request_id} when you report it."
        code = "INTERNAL_SERVER_ERROR"
    formatted["extensions"] = {"code": code or "BAD_USER_INPUT"}
    return formatted
