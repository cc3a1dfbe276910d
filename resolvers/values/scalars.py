"""Scalars beside GraphQL's own. Their values leave the graph as text already, so giving them out changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

DateTime = NewType("DateTime", str)
Date = NewType("Date", str)
JSON = NewType("JSON", object)


def as_it_is(value: Any) -> Any:
    return value


def read_time(value: Any) -> datetime:
    """Return an instant in UTC; a time without an offset names none."""
    try:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is not None:
            return instant.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise GraphQLError("A DateTime must have an offset, for example 2026-04-01T10:00:00+09:00.")


def read_date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise GraphQLError("A Date must be written as 2026-04-01.") from None


SCALARS: dict[object, ScalarDefinition] = {
    DateTime: strawberry.scalar(
        name="DateTime",
        description="Date and time in UTC, RFC 3339, for example `2026-04-01T01:00:00Z`; a fraction of a second only where there "
        "is one. Input takes any offset.",
        serialize=as_it_is,
        parse_value=read_time,
    ),
    Date: strawberry.scalar(
        name="Date", description="Calendar date, for example `1980-04-01`.", serialize=as_it_is, parse_value=read_date
    ),
    JSON: strawberry.scalar(
        name="JSON", description="Any JSON value, as the source reported it.", serialize=as_it_is, parse_value=as_it_is
    ),
}
