"""A pair that a rule would have joined but for something that speaks against it: a person decides."""

from __future__ import annotations

from typing import LiteralString

from graph.decisions.authorship import Authorship
from graph.decisions.customers import MERGED, NOT_SAME, as_json, joining, parting, several
from graph.decisions.deciding import decide_by_person
from graph.decisions.outcome import Outcome
from graph.decisions.table import Expected, Table
from graph.errors import Conflict, NotFound
from graph.store import Store

# (:MatchCandidate)-[:BETWEEN]->(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
READ_CUSTOMERS: LiteralString = """
MATCH (m:MatchCandidate {id: $p.id})
RETURN COLLECT { MATCH (m)-[:BETWEEN]->(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN DISTINCT c.id }
"""


async def decide_candidate(
    store: Store, authorship: Authorship, candidate: str, customers: list[Expected], *, same: bool, dry_run: bool = False
) -> Outcome:
    """Decide a candidate: the two customers between which it stands are one person, or are not."""
    several(customers)

    async def apply(table: Table) -> None:
        rows = await table.unit.transaction.run(READ_CUSTOMERS, {"id": candidate})
        if not rows:
            raise NotFound("There is no such candidate: it may have been decided already.")
        if set(rows[0][0]) != {each.id for each in customers}:
            raise Conflict("This candidate stands between other customers by now. Look at it again before you decide.")
        await (joining if same else parting)(customers)(table)

    asked = [candidate, as_json(customers)]
    return await decide_by_person(store, authorship, MERGED if same else NOT_SAME, asked, apply, dry_run=dry_run)
