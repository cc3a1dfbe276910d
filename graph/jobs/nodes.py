"""Jobs in a unit of work: asked for, held by one runner at a time, written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, LiteralString

import orjson

from graph.commands.command import Author
from graph.jobs.job import QUEUED
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:Job); the database's own clock, so that runners on several machines agree when a lease has ended
LOCK_JOBS: LiteralString = """
UNWIND $p.Job AS id
MATCH (j:Job {id: id})
REMOVE j.lock
WITH j
RETURN 'Job' AS label, [j.id, properties(j), timestamp()] AS row
"""
WRITE_JOBS: LiteralString = """
UNWIND $p.jobs AS row
MERGE (j:Job {id: row.id})
SET j += row.properties
"""


class Jobs(Nodes):
    """The jobs of a unit: their properties by id, as they were locked and as they are put. `clock` is in milliseconds."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Job": LOCK_JOBS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, dict[str, Any]] = {}
        self.clock = 0
        self._changes: dict[str, dict[str, Any]] = {}

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        self.known[row[0]], self.clock = row[1], row[2]

    def ask(self, own_id: str, kind: str, author: Author, about: str | None, state: str = QUEUED, **request: Any) -> None:
        """Have a new job done; it bears the id of the command that asks for it."""
        asked = {"id": own_id, "kind": kind, "about": about, "asked_by": author.actor, "asked_at": self.unit.now}
        begun = {"reason": author.reason or None, "request": orjson.dumps(request).decode(), "done": 0}
        self.put(own_id, state, **asked, **begun, lease_until=0, takes=0)

    def put(self, own_id: str, state: str | None = None, **properties: Any) -> None:
        """Have properties written; a new state is noted as a change."""
        if state is not None:
            properties["state"] = state
            self.unit.note(Change(f"Job:{own_id}", "job.changed", (f"Job:{own_id}",), ("state",)))
        for kept in (self.known, self._changes):
            kept.setdefault(own_id, {}).update(properties)

    def after(self) -> Iterable[Step]:
        if self._changes:
            yield WRITE_JOBS, {"jobs": [{"id": own_id, "properties": each} for own_id, each in sorted(self._changes.items())]}
