"""Errors of the driver as the project's own, without its texts: these can hold values."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from neo4j.exceptions import AuthError, ConstraintError, DriverError, Neo4jError

from graph.errors import (
    Conflict,
    Customer360Error,
    DatabasePanicked,
    LoginRefused,
    Overloaded,
    ServiceUnavailable,
    StatementFailed,
    TookTooLong,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

TOO_LATE = "The database took too long to answer. Try again in a moment."
PANICKED = ("Neo.DatabaseError.Transaction.TransactionStartFailed", "Neo.DatabaseError.Transaction.TransactionLogError")


@asynccontextmanager
async def own_errors(seconds: float) -> AsyncGenerator[None]:
    """Give what is done in the block so many seconds, and raise what fails in it as the project's own error."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise ServiceUnavailable(TOO_LATE) from None
    except (Neo4jError, DriverError) as error:
        # Errors in the text of a statement (class 42) name no values, so a trace may show them.
        in_text = isinstance(error, Neo4jError) and error.gql_status.startswith("42")
        raise translated(error) from (error if in_text else None)


def passing(error: Neo4jError | DriverError) -> bool:
    """Tell whether the same may succeed in a moment."""
    return error.is_retryable() and not lacks_memory(error)


def contended(error: Neo4jError) -> bool:
    """Tell whether two writers were in each other's way."""
    return isinstance(error, ConstraintError) or error.code == "Neo.TransientError.Transaction.DeadlockDetected"


def lacks_memory(error: Neo4jError | DriverError) -> bool:
    """Tell whether the database had too little memory."""
    # Neo4j calls this transient, but what did not fit does not fit a moment later.
    return isinstance(error, Neo4jError) and "OutOfMemory" in (error.code or "")


def translated(error: Neo4jError | DriverError) -> Customer360Error:  # noqa: PLR0911 (one for each kind)
    """Return the project's error, without the driver's text: that can hold values."""
    if isinstance(error, AuthError):
        return LoginRefused("The database refused the user name or the password. Check the settings.")
    if isinstance(error, Neo4jError) and error.code in PANICKED:
        return DatabasePanicked("The database has failed and has to be started again; its log says why.")
    if isinstance(error, ConstraintError):
        return Conflict("Another writer stored the same key at the same time. Try again.")
    if isinstance(error, Neo4jError):
        code = error.code or "unknown"
        if lacks_memory(error):
            return Overloaded("The database has too little memory for this. Ask for less, or try again later.", retry_after=5)
        if "TransactionTimedOut" in code:
            return TookTooLong("The database ended this since it took too long. Send less at once, or try again in a moment.")
        if code.startswith(("Neo.ClientError.Statement", "Neo.ClientError.Schema", "Neo.ClientError.Procedure")):
            return StatementFailed(f"The database refused a statement ({code}, {error.gql_status}): a defect of customer360.")
    return ServiceUnavailable("The database does not answer. Try again in a moment.")
