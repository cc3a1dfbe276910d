"""Pairs that nothing joins and nothing keeps apart, but that agree so far that a person should look: found after each change.

A record that changed is marked; in steps that survive a crash its mates are looked up by what two records of one person
mostly share: a value, a home, a birth date. Scored are those of other customers; no score ever joins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.identity.guards import conflict
from graph.identity.profile import Profile
from graph.identity.score import score
from graph.keys import opaque
from graph.resolution.identifiers import IdentifierState
from graph.resolution.loading import record_state
from graph.resolution.people import People
from graph.store import Store
from graph.writes.unit import Unit, execute

LEAST_BITS = 12.0
"""From here on nine of ten proposals were true on made-up people; below, a person would look in vain."""
MOST_MATES, MOST_PROPOSALS = 60, 5
"""Records that are compared by one value, home or birth date; proposals that one record makes."""
RECORDS_AT_ONCE = 50

# (:SourceRecord) that changed; the index holds no others
NEXT: LiteralString = """
MATCH (r:SourceRecord) USING INDEX SEEK r:SourceRecord(unproposed)
WHERE r.unproposed = true
RETURN r.key LIMIT $p.limit
"""
# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier): who shares one, a home or a birth date
MATES: LiteralString = """
UNWIND $p.keys AS key
MATCH (r:SourceRecord {key: key})-[:RESOLVES_TO]->(c:Customer)
WITH r, c, COLLECT {
  CALL (r) {
    MATCH (r)-[:HAS_IDENTIFIER]->(i:Identifier)
    WHERE COUNT { (i)<-[:HAS_IDENTIFIER]-() } <= $p.most
    MATCH (i)<-[:HAS_IDENTIFIER]-(o:SourceRecord)
    RETURN o
    UNION
    MATCH (o:SourceRecord {home: r.home}) RETURN o LIMIT $p.most
    UNION
    MATCH (o:SourceRecord {birth_date: r.birth_date}) RETURN o LIMIT $p.most
  }
  MATCH (o)-[:RESOLVES_TO]->(d:Customer) WHERE d <> c
  RETURN DISTINCT o
} AS mates
WITH r, mates, [r] + mates AS all
RETURN r.key, [o IN all | properties(o)],
  [o IN all | [(o)-[:HAS_IDENTIFIER]->(i:Identifier) | [i.key, i.kind, i.value, i.mobile, i.sharing, i.state]]],
  [o IN all | [(o)-[:RESOLVES_TO]->(c:Customer) | c.id][0]]
"""
# (:MatchCandidate)-[:BETWEEN]->(:SourceRecord): what was proposed of a record before, unless it is so still
WITHDRAW: LiteralString = """
UNWIND $p.keys AS key
MATCH (:SourceRecord {key: key})<-[:BETWEEN]-(m:MatchCandidate {status: 'OPEN', rule: 'SCORE'})
WHERE NOT m.id IN $p.ids
DETACH DELETE m
"""
# The same, where nobody is asked about their two customers already
PROPOSE: LiteralString = """
UNWIND $p.rows AS row
MATCH (one:SourceRecord {key: row.one})-[:RESOLVES_TO]->(c:Customer)
MATCH (other:SourceRecord {key: row.other})-[:RESOLVES_TO]->(d:Customer)
WHERE NOT EXISTS {
  MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)<-[:BETWEEN]-(m:MatchCandidate {status: 'OPEN'})-[:BETWEEN]->(o:SourceRecord)
  WHERE m.id <> row.id AND EXISTS { (o)-[:RESOLVES_TO]->(d) }
}
MERGE (m:MatchCandidate {id: row.id})
ON CREATE SET m.status = 'OPEN', m.reason = 'LIKELY_SAME', m.rule = 'SCORE', m.created_at = $p.now
SET m.bits = row.bits
MERGE (m)-[:BETWEEN]->(one)
MERGE (m)-[:BETWEEN]->(other)
RETURN COUNT(m)
"""
DONE: LiteralString = "UNWIND $p.keys AS key MATCH (r:SourceRecord {key: key}) REMOVE r.unproposed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records (keys) of two customers (ids), with the bits of their score."""

    record: str
    other: str
    customers: frozenset[str]
    bits: float

    def row(self) -> dict[str, Any]:
        one, other = sorted((self.record, self.other))
        return {"id": opaque("MatchCandidate", one, other, "SCORE"), "one": one, "other": other, "bits": self.bits}


async def propose_next(store: Store, *, most: int = RECORDS_AT_ONCE) -> int:
    """Look for the mates of up to so many records that changed and return how many those are; 0 when none waits."""
    keys = sorted(row[0] for row in await store.read(NEXT, {"limit": most}))
    if not keys:
        return 0
    rows = await store.read(MATES, {"keys": keys, "most": MOST_MATES})
    profiles: dict[str, Profile] = {}
    found = _best(proposal for row in rows for proposal in _proposals(profiles, *row))

    async def write(unit: Unit) -> None:
        kept = await _standing(unit, found, keys)
        await unit.transaction.run(WITHDRAW, {"keys": keys, "ids": [row["id"] for row in kept]})
        await unit.transaction.run(PROPOSE, {"rows": kept, "now": unit.now})
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
            [[count]] = await unit.transaction.run(PROPOSE, {"rows": kept, "now": unit.now})
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


def _proposals(
    profiles: dict[str, Profile],
    key: str,
    properties: Sequence[dict[str, Any]],
    held: Sequence[list[list[Any]]],
    customers: Sequence[str],
) -> Iterable[Proposal]:
    """Return the likeliest pairs of a record, one with each customer; the first of each list is its own, the rest its mates'."""
    own, *mates = (_profile(profiles, *each) for each in zip(properties, held, strict=True))
    found: list[Proposal] = []
    for mate, told, customer in zip(mates, properties[1:], customers[1:], strict=True):
        scored = score(own, mate)
        if scored.conflict is None and scored.bits >= LEAST_BITS:
            found.append(Proposal(key, told["key"], frozenset((customers[0], customer)), scored.bits))
    return _best(found)[:MOST_PROPOSALS]


def _best(found: Iterable[Proposal]) -> list[Proposal]:
    """Return the best pair of each two customers, the likeliest first."""
    best: dict[frozenset[str], Proposal] = {}
    for proposal in sorted(found, key=lambda one: (-one.bits, one.record, one.other)):
        best.setdefault(proposal.customers, proposal)
    return list(best.values())


def _profile(profiles: dict[str, Profile], properties: Mapping[str, Any], held: Sequence[list[Any]]) -> Profile:
    """Return the profile of a record, made once: those who live together are mates of each other."""
    key = properties["key"]
    if key not in profiles:
        identifiers = {row[0]: IdentifierState(*row) for row in held}
        profiles[key] = record_state(key, dict(properties), None).profile(identifiers)
    return profiles[key]


def _still_two(people: People, proposal: Proposal) -> bool:
    """Tell whether both are there, of two customers, and neither a guard nor a person says that they are two people."""
    one, other = (people.records.get(key) for key in (proposal.record, proposal.other))
    if one is None or other is None or one.customer == other.customer:
        return False
    return conflict(one.member(people.identifiers), other.member(people.identifiers)) is None
