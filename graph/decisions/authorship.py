"""Who decides, why, and under which key: what every decision of a person carries."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from graph.keys import opaque


@dataclass(frozen=True, slots=True)
class Authorship:
    """`actor` is the name of an account, `reason` is free text; `key` is the client's idempotency key."""

    actor: str
    reason: str
    key: str

    def digest(self, kind: str, asked: object) -> str:
        """Return what tells a repeat from another request under the same key."""
        return opaque(kind, self.actor, self.reason, orjson.dumps(asked, option=orjson.OPT_SORT_KEYS).decode())
