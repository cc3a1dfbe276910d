"""By what this installation sorts new cases, for those that a person opens, and the reasons of what was set by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, LiteralString

from graph.cases.sorting.sorter import NO_SORTER, Sorter
from resolvers.access.tags import Tag
from resolvers.cases.words import CaseReasonKind
from resolvers.engine.planner import entry, planned
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Entries, Object

# (:CaseEvent {similar}), ids of cases
SIMILAR: LiteralString = """
UNWIND RANGE(0, SIZE(COALESCE({v}.similar, [])) - 1) AS {i}
MATCH ({n}:Case {{id: {v}.similar[{i}]}}) WHERE {n}.erased IS NULL AND {Case:n}
WITH {n}, {i} ORDER BY {i}
"""
# Open while nobody has set since what is suggested.
SUGGESTIONS: LiteralString = """
MATCH ({n}:CaseEvent) USING INDEX SEEK {n}:CaseEvent(case, position)
WHERE {n}.case = {v}.id AND {n}.position > '' AND {n}.kind = 'SUGGESTED' AND {v}.listed = 'OPEN' AND {CaseEvent:n}
  AND NOT EXISTS {{
    MATCH ({v})-[:HAS_EVENT]->({e}:CaseEvent)
    WHERE {e}.position > {n}.position AND {e}.kind = CASE WHEN {n}.topic IS NULL THEN 'PRIORITY_SET' ELSE 'TOPIC_SET' END
  }}
WITH {n} ORDER BY {n}.position
"""


class _Current:
    """That of this process: a server sets it when it begins."""

    sorters: ClassVar[list[Callable[[], Sorter]]] = []


def use_sorter(give: Callable[[], Sorter]) -> None:
    _Current.sorters[:] = [give]


def current_sorter() -> Sorter:
    return _Current.sorters[0]() if _Current.sorters else NO_SORTER


def reasons(why: Sequence[str]) -> list[Object]:
    """Return reasons as an event keeps them, as objects of CaseReason."""
    return [{"kind": kind, "value": value or None} for kind, _, value in (each.partition(" ") for each in why)]


@planned("Why topic or priority of a case was set, or is suggested.")
class CaseReason:
    kind: CaseReasonKind = entry("kind", Tag.PUBLIC, "What it is that was found.")
    value: str | None = entry("value", Tag.PUBLIC, "What was found, such as the words of the message; null if there is nothing.")


REASONS: list[CaseReason] = read(
    Entries("COALESCE({v}.why, [])", reasons),
    Tag.FREE_TEXT,
    "Why it was set by itself, the strongest reason first; empty where a person set it.",
)
