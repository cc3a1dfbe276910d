"""Decide identity again for the whole graph, by the rules and the listed values of today, in bounded parts.

A part is one transaction that ends in the same conclusion as a batch of events, so events may arrive meanwhile, and a
rebuild that is cut short leaves every customer as one set of rules or the other makes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

from graph.identity.blocking import ListedValues
from graph.identity.normalising.told_names import told_names
from graph.resolution.conclusion import NOUNS, conclude
from graph.resolution.counting import count_again
from graph.resolution.identifiers import IdentifierState
from graph.resolution.people import People
from graph.resolution.records import RecordState
from graph.resolution.revising import revise, to_be_revised
from graph.store import Store
from graph.touchpoints.nodes import Touchpoints
from graph.writes.unit import Unit, execute

IDENTIFIERS, RECORDS = "identifiers", "records"
PAGE = 200
"""Records of one part; with them come all that are connected with them."""
IDENTIFIERS_READ, IDENTIFIERS_REVISED = 5_000, 20

# (:Identifier), (:SourceRecord)
COUNT: LiteralString = "RETURN COUNT { (:Identifier) }, COUNT { (:SourceRecord) }"
NEXT_RECORDS: LiteralString = "MATCH (r:SourceRecord) WHERE r.key > $p.after RETURN r.key ORDER BY r.key LIMIT $p.limit"
NEXT_IDENTIFIERS: LiteralString = """
MATCH (i:Identifier) WHERE i.key > $p.after
RETURN i.key, i.kind, i.value, i.state, i.reason, i.ruled, i.given_names ORDER BY i.key LIMIT $p.limit
"""

# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord)
MEMBERS: LiteralString = """
UNWIND $p.customers AS id
MATCH (:Customer {id: id})<-[:RESOLVES_TO]-(r:SourceRecord)
RETURN r.key
"""


@dataclass(slots=True)
class Changes:
    """Counted, without any value: identifiers by their new state, records that moved by rule, customers joined and parted."""

    states: Counter[str] = field(default_factory=Counter[str])
    rules: Counter[str] = field(default_factory=Counter[str])
    joined: int = 0
    parted: int = 0
    contacts: int = 0
    seen: frozenset[str] = frozenset()
    """Keys of the records that a part decided about; not counted."""

    def add(self, other: Changes) -> None:
        self.states.update(other.states)
        self.rules.update(other.rules)
        self.joined += other.joined
        self.parted += other.parted
        self.contacts += other.contacts


@dataclass(frozen=True, slots=True)
class Position:
    """How far a rebuild is committed: everything of this phase up to this key."""

    phase: str = IDENTIFIERS
    after: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """`count` identifiers or records are done, up to `position`."""

    position: Position
    count: int
    changes: Changes


async def count(store: Store) -> tuple[int, int]:
    """Return how many identifiers and how many source records there are."""
    [[identifiers, records]] = await store.read(COUNT)
    return identifiers, records


async def rebuild(
    store: Store, listed: ListedValues, begin: Position, *, dry_run: bool = False, page: int = PAGE
) -> AsyncGenerator[Part]:
    """Yield each part once it is committed, or with `dry_run` rolled back; begun at a position, it goes on from there.

    A dry run decides by the states that identifiers have now, beside those that it revises itself.
    """
    if begin.phase == IDENTIFIERS:
        async for part in _identifiers(store, listed, begin.after, dry_run):
            yield part
    async for part in _records(store, begin.after if begin.phase == RECORDS else "", page, dry_run):
        yield part


async def _identifiers(store: Store, listed: ListedValues, after: str, dry_run: bool) -> AsyncGenerator[Part]:
    while rows := await store.read(NEXT_IDENTIFIERS, {"after": after, "limit": IDENTIFIERS_READ}):
        stale = [found.key for found in map(_identifier, rows) if to_be_revised(listed, found)]
        changes = Changes()
        for start in range(0, len(stale), IDENTIFIERS_REVISED):
            keys = stale[start : start + IDENTIFIERS_REVISED]

            async def prepare(unit: Unit, keys: Sequence[str] = keys) -> Counter[str]:
                unit.of(People).want(identifiers=keys)
                await unit.lock()
                await _complete(unit)
                return Counter(filter(None, [await revise(unit, key, listed) for key in keys]))

            changes.add(await _decide_again(store, prepare, dry_run))
        after = rows[-1][0]
        yield Part(Position(IDENTIFIERS, after), len(rows), changes)


def _identifier(row: Sequence[Any]) -> IdentifierState:
    key, kind, value, state, reason, ruled, given_names = row
    return IdentifierState(key, kind, value, False, "", state, given_names=set(given_names), ruled=ruled, reason=reason)


async def _records(store: Store, after: str, page: int, dry_run: bool) -> AsyncGenerator[Part]:
    ahead: set[str] = set()
    while rows := await store.read(NEXT_RECORDS, {"after": after, "limit": page}):
        keys = [row[0] for row in rows if row[0] not in ahead]

        async def prepare(unit: Unit, keys: Sequence[str] = keys) -> Counter[str]:
            people = unit.of(People)
            people.want(records=keys)
            await unit.lock()
            await _complete(unit)
            await count_again(unit.transaction, people.records)
            for record in people.records.values():
                _name_again(record)
                record.identity_changed = True
            return Counter()

        changes = await _decide_again(store, prepare, dry_run) if keys else Changes()
        after = rows[-1][0]
        # Whoever came along with a part need not be decided again when their own turn comes.
        ahead = {key for key in ahead | changes.seen if key > after}
        yield Part(Position(RECORDS, after), len(rows), changes)


async def _decide_again(store: Store, prepare: Callable[[Unit], Awaitable[Counter[str]]], dry_run: bool) -> Changes:
    async def work(unit: Unit) -> Changes:
        states = await prepare(unit)
        await conclude(unit)
        return _changes(unit, states)

    return await execute(store, NOUNS, work, dry_run=dry_run)


def _name_again(record: RecordState) -> None:
    """Read what a record was ever called by the rules of today."""
    names = sorted(told_names(record.properties))
    if record.properties.get("names") != names:
        record.names = set(names)
        # Until 2026-11-28 only given names were kept.
        record.changes |= {"names": names, "given_names": None}


async def _complete(unit: Unit) -> None:
    """Load the rest of each customer: by new rules its records may be connected no more."""
    people, asked = unit.of(People), set[str]()
    while customers := {record.customer for record in people.records.values() if record.customer} - asked:
        asked |= customers
        rows = await unit.transaction.run(MEMBERS, {"customers": sorted(customers)})
        people.want(records=[row[0] for row in rows])
        await unit.lock()


def _changes(unit: Unit, states: Counter[str]) -> Changes:
    people = unit.of(People)
    before = {record.was_customer for record in people.records.values()}
    after = {record.customer for record in people.records.values()}
    return Changes(
        states,
        Counter(row["properties"]["rule"] for row in people.verdict.decisions),
        joined=len(before - after),
        parted=len(after - before),
        contacts=sum(state.owner != state.was_owner for state in unit.of(Touchpoints).states.values()),
        seen=frozenset(people.records),
    )
