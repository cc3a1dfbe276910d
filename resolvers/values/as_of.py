"""The argument `asOf`: the instant by which a field judges, now unless the client says another."""

from __future__ import annotations

from datetime import UTC, datetime

from resolvers.engine.planner import Argument
from resolvers.engine.planner.fields import Arguments
from resolvers.engine.planner.readings import Given
from resolvers.values.scalars import DateTime


def as_of(judged: str) -> Arguments:
    """Return the argument of a planned field; `judged` says what depends on it."""
    return {"asOf": Argument(DateTime | None, f"Instant for which it is asked, now if omitted; {judged}.", None)}


def instant_of(given: Given) -> datetime:
    return given["asOf"] or datetime.now(UTC)
