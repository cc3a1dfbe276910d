"""One reading of personal data: who, as what, from where, of whom, and what it told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Entry:
    """`at` is UTC as text; `customers` are raw ids, `things` are (type, raw id) that were read apart from a customer.

    `tags` say what was told, `searched` is a keyed hash of what was typed, None where nothing was.
    """

    at: str
    subject: str
    roles: tuple[str, ...]
    stores: tuple[str, ...]
    purpose: str
    operation: str
    customers: tuple[str, ...]
    things: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    searched: str | None
    request: str

    def members(self) -> dict[str, Any]:
        return asdict(self)


def written(members: Mapping[str, Any]) -> bytes:
    """Return JSON in one line, its members in their order."""
    return orjson.dumps(dict(members))
