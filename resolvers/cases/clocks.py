"""The clocks of a case, computed from its history whenever they are read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, LiteralString

from graph.cases.case import loaded
from graph.cases.clocks import clocks
from graph.cases.derived import CLOSES_AFTER_DAYS
from graph.cases.folding import course
from graph.cases.tables import tables
from graph.events.newest import utc_text
from resolvers.access.tags import Tag
from resolvers.cases.words import CaseClockKind, CaseClockState
from resolvers.engine.planner import entry, planned
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Entries
from resolvers.values.scalars import DateTime

# (:Case)-[:HAS_EVENT]->(:CaseEvent)
EVENTS: LiteralString = "COLLECT {{ MATCH ({v})-[:HAS_EVENT]->({e}:CaseEvent) RETURN properties({e}) }}"
NAMES = {
    "kind": "kind", "state": "state", "started_at": "startedAt", "due_at": "dueAt", "imminent_at": "imminentAt",
    "breached_at": "breachedAt", "met_at": "metAt", "cancelled_at": "cancelledAt", "paused": "paused", "target": "target",
    "targets_version": "targetsVersion", "calendar": "calendar", "calendar_version": "calendarVersion",
}  # fmt: skip
"""Members of a clock -> what they are called in the schema."""


def clocks_of(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the clocks of a history as they are now, as objects of CaseClock."""
    now = utc_text(datetime.now(UTC))
    stood = course(map(loaded, events), CLOSES_AFTER_DAYS, now)
    return [
        {NAMES[name]: value for name, value in asdict(each).items() if name in NAMES} for each in clocks(stood, tables(), now)
    ]


@planned("Clock of a case: by when something is owed, in business time.")
class CaseClock:
    kind: CaseClockKind = entry("kind", Tag.PUBLIC, "What is owed.")
    state: CaseClockState = entry("state", Tag.PUBLIC, "How it stands.")
    started_at: DateTime = entry("startedAt", Tag.PUBLIC, "Time at which it began, UTC.")
    due_at: DateTime | None = entry("dueAt", Tag.PUBLIC, "Time by which it is owed, UTC; null while it is paused.")
    imminent_at: DateTime | None = entry("imminentAt", Tag.PUBLIC, "Time of the warning, UTC; null if there is none.")
    breached_at: DateTime | None = entry("breachedAt", Tag.PUBLIC, "Time at which it was late, UTC; null if it never was.")
    met_at: DateTime | None = entry("metAt", Tag.PUBLIC, "Time at which it was done, UTC; null if it was not.")
    cancelled_at: DateTime | None = entry("cancelledAt", Tag.PUBLIC, "Time since which it is owed no more, UTC; null otherwise.")
    paused: bool = entry("paused", Tag.PUBLIC, "Whether it does not run now.")
    target: str = entry("target", Tag.PUBLIC, "Id of the target that it is measured by.")
    targets_version: int = entry("targetsVersion", Tag.PUBLIC, "Version of the targets.")
    calendar: str = entry("calendar", Tag.PUBLIC, "Id of the business calendar.")
    calendar_version: int = entry("calendarVersion", Tag.PUBLIC, "Version of the calendar.")


CLOCKS = read(
    Entries(EVENTS, clocks_of), Tag.PUBLIC, "Clocks: the first response, each next one, and the resolution; as they are now."
)
