"""Which statements the database has planned before, as far as this process knows."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_STATEMENTS = 1_000
"""As many as Neo4j itself keeps plans."""


@dataclass(slots=True)
class Statements:
    _known: dict[str, None] = field(default_factory=dict[str, None])

    def knows(self, text: str) -> bool:
        """Return whether a statement has been asked before, and not so long ago that it is planned again."""
        return text in self._known

    def know(self, text: str) -> None:
        self._known.pop(text, None)
        if len(self._known) >= MOST_STATEMENTS:
            del self._known[next(iter(self._known))]
        self._known[text] = None
