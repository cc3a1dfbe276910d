"""The mates of records that changed: whom they share a value, a home or a birth date with, and which of these are likely them.

Most mates have another name, which guards tell from very little; what is compared in full is read of the few that are left.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.identity.comparing import compare
from graph.identity.guards import conflict
from graph.identity.members import Member
from graph.identity.profile import Profile
from graph.identity.score import bits_of, guarded
from graph.identity.strength import Strength
from graph.keys import opaque
from graph.resolution.identifiers import IdentifierState
from graph.resolution.loading import record_state
from graph.store import Store

LEAST_BITS = 12.0
"""From here on nine of ten proposals were true on made-up people; below, a person would look in vain."""
PAIRS_IN_A_ROW = 100
"""Pairs that are compared before whatever else the process has to do gets its turn."""
MOST_MATES, MOST_PROPOSALS, MOST_OPEN = 60, 5, 20
"""Records that are looked at by one value, home or birth date; proposals that a step makes of one record; proposals about one
record that wait for a person: whoever is like so many is asked about no further."""

# (:SourceRecord)-[:RESOLVES_TO]->(:Customer), with the values by which others are looked for
CHANGED: LiteralString = """
UNWIND $p.keys AS key
MATCH (r:SourceRecord {key: key})-[:RESOLVES_TO]->(c:Customer)
RETURN [c.id, r.key, r.names, r.birth_date], r.home, r.birth_date, r.identifiers
"""
# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier): who has a value, of each record no more than
# guards look at, since nearly all mates of one birth date have another name
MATES: LiteralString = """
CALL () {
  UNWIND $p.homes AS value
  RETURN value, COLLECT { MATCH (o:SourceRecord {home: value}) RETURN o LIMIT $p.most } AS mates
  UNION ALL
  UNWIND $p.dates AS value
  RETURN value, COLLECT { MATCH (o:SourceRecord {birth_date: value}) RETURN o LIMIT $p.most } AS mates
  UNION ALL
  UNWIND $p.identifiers AS value
  MATCH (i:Identifier {key: value}) WHERE 1 < COUNT { (i)<-[:HAS_IDENTIFIER]-() } <= $p.most
  RETURN value, COLLECT { MATCH (i)<-[:HAS_IDENTIFIER]-(o:SourceRecord) RETURN o } AS mates
}
WITH value, mates WHERE SIZE(mates) > 1
UNWIND mates AS o
MATCH (o)-[:RESOLVES_TO]->(d:Customer)
RETURN value, COLLECT([d.id, o.key, o.names, o.birth_date])
"""
# (:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier): what a profile is made of, and what is asked about it already
COMPARED: LiteralString = """
UNWIND $p.keys AS key
MATCH (r:SourceRecord {key: key})
RETURN r { .key, .source, .external_id, .first_seen, .names, .name_full, .name_family, .name_given, .kana_full, .kana_family,
    .kana_given, .birth_date, .gender, .address_full, .home, .claims },
  [(r)-[:HAS_IDENTIFIER]->(i:Identifier) | [i.key, i.kind, i.value, i.mobile, i.sharing, i.state]],
  [(r)<-[:BETWEEN]-(m {status: 'OPEN', rule: 'SCORE'}) | m.id]
"""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records (keys) of two customers (ids), with the bits of their score."""

    record: str
    other: str
    customers: frozenset[str]
    bits: float

    def row(self) -> dict[str, Any]:
        one, other = sorted((self.record, self.other))
        return {"id": _candidate(one, other), "one": one, "other": other, "bits": self.bits}


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a record is compared by, and the candidates (ids) about it that wait for a person."""

    profile: Profile
    open: frozenset[str]

    def asks_no_more(self, candidate: str) -> bool:
        return len(self.open) >= MOST_OPEN and candidate not in self.open


async def likely(store: Store, keys: Sequence[str]) -> list[Proposal]:
    """Return the likeliest pairs of these records (keys) with their mates, one of each two customers, the likeliest first."""
    pairs = await _possible(store, keys)
    rows = await store.read(COMPARED, {"keys": sorted({key for pair in pairs for key in pair})})
    compared = {properties["key"]: _compared(properties, held, asked) for properties, held, asked in rows}
    found: list[Proposal] = []
    for place, ((one, other), customers) in enumerate(pairs.items()):
        if place % PAIRS_IN_A_ROW == 0:
            await asyncio.sleep(0)
        if one in compared and other in compared:
            bits = _bits(compared[one], compared[other], _candidate(one, other))
            if bits >= LEAST_BITS:
                found.append(Proposal(one, other, customers, bits))
    return _best(found)


def _bits(one: _Compared, other: _Compared, candidate: str) -> float:
    """Return what speaks for one person; nothing where a guard stands, or where enough is asked about either."""
    if one.asks_no_more(candidate) or other.asks_no_more(candidate):
        return 0.0
    levels = compare(one.profile, other.profile)
    return 0.0 if guarded(one.profile, other.profile, levels) else bits_of(levels)


async def _possible(store: Store, keys: Sequence[str]) -> dict[Pair, frozenset[str]]:
    """Return each pair of one of these records and a mate that no guard keeps apart, with their customers."""
    changed = await store.read(CHANGED, {"keys": keys})
    values = {
        "homes": sorted({home for _, home, _, _ in changed if home}),
        "dates": sorted({born for _, _, born, _ in changed if born}),
        "identifiers": sorted({key for _, _, _, held in changed for key in held or ()}),
    }
    rows = await store.read(MATES, {**values, "most": MOST_MATES})
    mates = {value: [_member(*mate) for mate in told] for value, told in rows}
    found: dict[Pair, frozenset[str]] = {}
    for own, home, born, held in changed:
        customer, record = _member(*own)
        near = {mate.key: (theirs, mate) for value in (home, born, *(held or ())) for theirs, mate in mates.get(value, ())}
        for theirs, mate in near.values():
            if theirs != customer and conflict(record, mate, how=Strength.EXCLUSIVE) is None:
                found[min(record.key, mate.key), max(record.key, mate.key)] = frozenset((customer, theirs))
    return found


def _member(customer: str, key: str, names: Sequence[str] | None, born: str | None) -> tuple[str, Member]:
    return customer, Member(key, frozenset(names or ()), born)


def _candidate(one: str, other: str) -> str:
    return opaque("MatchCandidate", one, other, "SCORE")


def _compared(properties: Mapping[str, Any], held: Sequence[Sequence[Any]], asked: Sequence[str]) -> _Compared:
    identifiers = {row[0]: IdentifierState(*row) for row in held}
    return _Compared(record_state(properties["key"], dict(properties), None).profile(identifiers), frozenset(asked))


def _best(found: Iterable[Proposal]) -> list[Proposal]:
    """Return the best pair of each two customers, no more than `MOST_PROPOSALS` of one record."""
    best: dict[frozenset[str], Proposal] = {}
    of = Counter[str]()
    for proposal in sorted(found, key=lambda one: (-one.bits, one.record, one.other)):
        pair = (proposal.record, proposal.other)
        if proposal.customers not in best and all(of[key] < MOST_PROPOSALS for key in pair):
            best[proposal.customers] = proposal
            of.update(pair)
    return list(best.values())
