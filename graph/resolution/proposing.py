"""Pairs that nothing joins and nothing keeps apart, but that agree so far that a person should look: found after each change.

A record that changed is marked; in steps that survive a crash its mates are looked up by what two records of one person
mostly share (`mates.py`). Scored are those of other customers; no score ever joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString

from graph.identity.guards import conflict
from graph.resolution.mates import MOST_OPEN, Proposal, likely
from graph.resolution.people import People
from graph.store import Store
from graph.writes.unit import Unit, execute

RECORDS_AT_ONCE = 50

# (:SourceRecord) that changed; the index holds no others
NEXT: LiteralString = """
MATCH (r:SourceRecord) USING INDEX SEEK r:SourceRecord(unproposed)
WHERE r.unproposed = true
RETURN r.key LIMIT $p.limit
"""
# (:MatchCandidate)-[:BETWEEN]->(:SourceRecord): what was proposed of a record before, unless it is so still
WITHDRAW: LiteralString = """
UNWIND $p.keys AS key
MATCH (:SourceRecord {key: key})<-[:BETWEEN]-(m {status: 'OPEN', rule: 'SCORE'})
WHERE NOT m.id IN $p.ids
DETACH DELETE m
"""
# The same, where nobody is asked about their two customers already, nor about too many pairs of either record. Without the
# label nothing but a record leads to a candidate: planned while there are none, it would look at all of them for each row.
PROPOSE: LiteralString = """
UNWIND $p.rows AS row
MATCH (one:SourceRecord {key: row.one})-[:RESOLVES_TO]->(c:Customer)
MATCH (other:SourceRecord {key: row.other})-[:RESOLVES_TO]->(d:Customer)
WHERE NOT EXISTS {
  MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)<-[:BETWEEN]-(m {status: 'OPEN'})-[:BETWEEN]->(o)
  WHERE m.id <> row.id AND EXISTS { (o)-[:RESOLVES_TO]->(d) }
} AND (EXISTS { (:MatchCandidate {id: row.id}) } OR (
  COUNT { (one)<-[:BETWEEN]-({status: 'OPEN', rule: 'SCORE'}) } < $p.most AND
  COUNT { (other)<-[:BETWEEN]-({status: 'OPEN', rule: 'SCORE'}) } < $p.most
))
MERGE (m:MatchCandidate {id: row.id})
ON CREATE SET m.status = 'OPEN', m.reason = 'LIKELY_SAME', m.rule = 'SCORE', m.created_at = $p.now
SET m.bits = row.bits
MERGE (m)-[:BETWEEN]->(one)
MERGE (m)-[:BETWEEN]->(other)
RETURN COUNT(m)
"""
DONE: LiteralString = "UNWIND $p.keys AS key MATCH (r:SourceRecord {key: key}) REMOVE r.unproposed"


async def propose_next(store: Store, *, most: int = RECORDS_AT_ONCE) -> int:
    """Look for the mates of up to so many records that changed and return how many those are; 0 when none waits."""
    keys = sorted(row[0] for row in await store.read(NEXT, {"limit": most}))
    if not keys:
        return 0
    found = await likely(store, keys)

    async def write(unit: Unit) -> None:
        kept = await _standing(unit, found, keys)
        await unit.transaction.run(WITHDRAW, {"keys": keys, "ids": [row["id"] for row in kept]})
        await unit.transaction.run(PROPOSE, {"rows": kept, "now": unit.now, "most": MOST_OPEN})
        await unit.transaction.run(DONE, {"keys": keys})

    await execute(store, (People,), write)
    return len(keys)


async def propose(store: Store, found: Sequence[Proposal]) -> int:
    """Propose pairs that were found elsewhere, in bounded steps; return of how many a person is asked: nothing keeps
    them apart, and no rule asks about their customers already.
    """
    total = 0
    for start in range(0, len(found), RECORDS_AT_ONCE):
        part = found[start : start + RECORDS_AT_ONCE]

        async def write(unit: Unit, part: Sequence[Proposal] = part) -> int:
            kept = await _standing(unit, part)
            [[count]] = await unit.transaction.run(PROPOSE, {"rows": kept, "now": unit.now, "most": MOST_OPEN})
            return int(count)

        total += await execute(store, (People,), write)
    return total


async def _standing(unit: Unit, found: Sequence[Proposal], beside: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Lock the records of proposals, and others beside; return the rows of those proposals that still hold."""
    people = unit.of(People)
    people.want(records={*beside, *(key for each in found for key in (each.record, each.other))})
    await unit.lock()
    return [each.row() for each in found if _still_two(people, each)]


async def propose_all(store: Store) -> int:
    """Look for the mates of every record that changed and return how many those were."""
    total = 0
    while done := await propose_next(store):
        total += done
    return total


def _still_two(people: People, proposal: Proposal) -> bool:
    """Tell whether both are there, of two customers, and neither a guard nor a person says that they are two people."""
    one, other = (people.records.get(key) for key in (proposal.record, proposal.other))
    if one is None or other is None or one.customer == other.customer:
        return False
    return conflict(one.member(people.identifiers), other.member(people.identifiers)) is None
