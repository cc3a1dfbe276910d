"""A match candidate that is put off: it stays open, and waits behind all others until a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, LiteralString

from graph.commands.command import Answer, Author, Command
from graph.decisions.queue import RANK_ONE
from graph.errors import InvalidInput, NotFound
from graph.words import Sentence
from graph.writes.lock_order import Label
from graph.writes.unit import TIME, Nodes, Step, Unit

DEFERRED = "CANDIDATE_DEFERRED"
LONGEST = timedelta(days=90)

# (:MatchCandidate)
LOCK_CANDIDATES: LiteralString = """
UNWIND $p.MatchCandidate AS id
MATCH (m:MatchCandidate {id: id, status: 'OPEN'})
REMOVE m.lock
RETURN 'MatchCandidate' AS label, [m.id] AS row
"""
DEFER: LiteralString = """
UNWIND $p.rows AS row
MATCH (m:MatchCandidate {id: row.id})
SET m.deferred_until = row.until, m.deferred_by = row.by
"""


class Candidates(Nodes):
    """The open candidates of a unit, by id."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"MatchCandidate": LOCK_CANDIDATES}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: set[str] = set()
        self._rows: list[dict[str, Any]] = []

    def take_in(self, label: Label, row: list[Any]) -> None:
        if label == "MatchCandidate":
            self.known.add(row[0])

    def defer(self, candidate: str, until: str | None, by: str) -> None:
        self._rows.append({"id": candidate, "until": until, "by": by if until else None})

    def after(self) -> Iterable[Step]:
        if self._rows:
            yield DEFER, {"rows": self._rows}
        for row in self._rows:
            yield RANK_ONE, {"id": row["id"], "now": self.unit.now}


def defer_candidate(author: Author, candidate: str, until: datetime | None) -> Command:
    """Return the command that puts a candidate behind all others until a time (UTC), or with None brings it back.

    It raises NotFound where the candidate is decided by now, InvalidInput for a time that is past or more than 90 days away.
    """
    text = until.strftime(TIME) if until else None

    async def execute(unit: Unit, _: str) -> Answer:
        unit.want("MatchCandidate", (candidate,))
        await unit.lock()
        if candidate not in unit.of(Candidates).known:
            raise NotFound(Sentence("refusal.NO_SUCH_CANDIDATE"), "/candidateId")
        now = datetime.now(UTC)
        if until and not now < until <= now + LONGEST:
            raise InvalidInput(Sentence("refusal.DEFERRED_UNTIL", days=LONGEST.days), "/until")
        unit.of(Candidates).defer(candidate, text, author.actor)
        return {"candidate": candidate}

    return Command(author, DEFERRED, [candidate, text], (Candidates,), execute)
