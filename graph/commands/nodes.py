"""The command of a unit: found by client and key, locked before everything else, and kept with its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, LiteralString
from uuid import uuid4

from graph.writes.unit import Nodes, Step, Unit

# (:Command {client, key}): a repeat waits here for the first
LOCK_COMMAND: LiteralString = """
MERGE (c:Command {client: $p.client, key: $p.key})
ON CREATE SET c.id = $p.id
REMOVE c.lock
WITH c
RETURN c.id, c.digest, c.answer
"""
KEEP: LiteralString = """
MATCH (c:Command {client: $p.client, key: $p.key})
SET c += $p.properties
"""


class Commands(Nodes):
    """The one command of a unit. `digest` and `answer` are those of its first execution, None if this is it."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.id = ""
        self.digest: str | None = None
        self.answer: str | None = None
        self._kept: Mapping[str, Any] | None = None

    async def lock(self, client: str, key: str) -> None:
        """Lock the command, first of all and by a statement of its own: many repeats at once have nothing else planned."""
        found = await self.unit.transaction.run(LOCK_COMMAND, {"client": client, "key": key, "id": uuid4().hex})
        [[self.id, self.digest, self.answer]] = found

    def keep(self, client: str, key: str, **properties: str) -> None:
        """Have the flush keep what tells a repeat, and the answer to it."""
        self._kept = {"client": client, "key": key, "properties": {**properties, "at": self.unit.now}}

    def after(self) -> Iterable[Step]:
        if self._kept is not None:
            yield KEEP, self._kept
