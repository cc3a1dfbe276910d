"""Versions of the programme in the graph: what is changed is a new one, and orders go on earning by that of their moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import LiteralString

from graph.events.newest import utc_text
from graph.loyalty.programme import Programme
from graph.loyalty.programme_text import programme_of, programme_text
from graph.loyalty.programmes import programmes, use_programmes
from graph.store import Store, Transaction
from graph.waiting import to_its_end

# (:PointProgramme {id, number, saved_at, text})
READ_VERSIONS: LiteralString = "MATCH (v:PointProgramme) RETURN v.number AS number, v.saved_at, v.text ORDER BY number"
COUNT_VERSIONS: LiteralString = "MATCH (v:PointProgramme) RETURN count(v)"
# Of two who save one version at once the second fails at the constraint, and finds the first's when it starts again.
ADD_VERSION: LiteralString = """
CREATE (v:PointProgramme {id: toString($p.number)})
SET v.number = $p.number, v.saved_at = $p.saved_at, v.text = $p.text
"""


async def save(store: Store, programme: Programme) -> bool:
    """Save a programme that says something else than the newest version, and tell whether it did."""
    text = programme_text(programme)

    async def work(transaction: Transaction) -> bool:
        saved = await transaction.run(READ_VERSIONS)
        if saved and saved[-1][2] == text:
            return False
        number = saved[-1][0] + 1 if saved else 1
        await transaction.run(ADD_VERSION, {"number": number, "saved_at": utc_text(datetime.now(UTC)), "text": text})
        return True

    return await store.write(work)


async def take_up(store: Store) -> bool:
    """Have this process compute by all versions that were saved; tell whether there were new ones."""
    [[number]] = await to_its_end(store.read(COUNT_VERSIONS))
    if number == len(programmes()):
        return False
    use_programmes([programme_of(*row) for row in await to_its_end(store.read(READ_VERSIONS))])
    return True
