"""One written query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """`statements` is how many must run; None where that is not what the query is for."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation: str | None = None
    statements: int | None = 1
    roles: frozenset[str] = frozenset({"admin"})


TOUCHPOINT = "id kind occurredAt endedAt channel direction source subject text language staff topic reference"
MONEY = "{ amount currency }"
