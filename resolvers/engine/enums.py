"""GraphQL enums made from words and what each means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import strawberry


def words(name: str, description: str, values: Mapping[str, str], own: Callable[[str], str] = str) -> Any:
    """Return a GraphQL enum of words, each with what it means; a member equals its word, or what `own` makes of it."""
    members: Any = StrEnum(name, {word: own(word) for word in values})
    enum: Any = strawberry.enum(members, description=description)
    for value in enum.__strawberry_definition__.values:
        value.description = values[value.name]
    return enum
