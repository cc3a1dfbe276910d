"""The pages of cases that are open, in the graph: said by any process, seen by all, gone when nobody says so any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import LiteralString

from graph.cases.presence import LEASE_SECONDS, Seen, Sign, seen
from graph.events.newest import utc_text
from graph.store import Reader, Store, Transaction
from graph.waiting import to_its_end

# (:CasePresence {key, case, account, name, since, until, writing, left}): until is a timestamp of the database, in
# milliseconds. It has no relationship: one would lock its case, and who works on that would wait for who looks at it.
SAY: LiteralString = """
UNWIND $p.signs AS sign
MERGE (p:CasePresence {key: sign.key})
ON CREATE SET p.case = sign.case, p.account = sign.account, p.since = $p.now, p.left = false
SET p.name = sign.name, p.writing = sign.writing, p.left = p.left OR sign.left, p.until = timestamp() + $p.lease
"""
SEEN: LiteralString = """
MATCH (p:CasePresence) USING INDEX SEEK p:CasePresence(until) WHERE p.until > timestamp()
RETURN p.case, p.key, p.writing, p.left
"""
LAPSED: LiteralString = """
MATCH (p:CasePresence) USING INDEX SEEK p:CasePresence(until) WHERE p.until <= timestamp()
WITH p LIMIT 10000
DELETE p
"""


async def say(store: Store, signs: Sequence[Sign]) -> None:
    """Write what pages have said, for a lease from now on; who has left stays so, whatever comes late."""
    told = [{**asdict(sign), "key": sign.key} for sign in signs]
    given = {"signs": told, "now": utc_text(datetime.now(UTC)), "lease": LEASE_SECONDS * 1_000}

    async def write(transaction: Transaction) -> None:
        await transaction.run(SAY, given)

    if signs:
        await to_its_end(store.write(write))


async def look(reader: Reader) -> Seen:
    """Return which pages of which cases are open, or were left less than a lease ago."""
    return seen(await to_its_end(reader.read(SEEN)))


async def forget_lapsed(store: Store) -> None:
    """Delete what nobody is told any more."""

    async def delete(transaction: Transaction) -> None:
        await transaction.run(LAPSED)

    await to_its_end(store.write(delete))
