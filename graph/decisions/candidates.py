"""A pair that a rule would have joined but for something that speaks against it: a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString

from graph.decisions.customers import MERGED, NOT_SAME, as_json, joining, parting, several
from graph.decisions.deciding import Decision
from graph.decisions.table import Expected, Table
from graph.errors import Conflict, NotFound
from graph.words import Sentence

# (:MatchCandidate)-[:BETWEEN]->(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
READ_CUSTOMERS: LiteralString = """
MATCH (m:MatchCandidate {id: $p.id})
RETURN COLLECT { MATCH (m)-[:BETWEEN]->(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN DISTINCT c.id }, m.reason
"""


def decide_candidate(candidate: str, customers: Sequence[Expected], *, same: bool) -> Decision:
    """Return the decision that the two customers between which a candidate stands are one person, or are not."""
    several(customers)

    async def apply(table: Table) -> None:
        rows = await table.unit.transaction.run(READ_CUSTOMERS, {"id": candidate})
        if not rows:
            raise NotFound(Sentence("refusal.NO_SUCH_CANDIDATE"), "/candidateId")
        if set(rows[0][0]) != {each.id for each in customers}:
            raise Conflict(Sentence("refusal.CANDIDATE_CHANGED"), "/customers")
        table.marks.answered = rows[0][1]
        await (joining if same else parting)(customers)(table)

    return Decision(MERGED if same else NOT_SAME, [candidate, as_json(customers)], apply)
