"""A part of a rebuild: one transaction that decides again about some records, what it changed, and how far that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import LiteralString

from graph.resolution.conclusion import NOUNS, conclude
from graph.resolution.people import People
from graph.store import Store
from graph.touchpoints.nodes import Touchpoints
from graph.writes.unit import Nodes, Unit, execute

READINGS, IDENTIFIERS, RECORDS = "readings", "identifiers", "records"
"""What records were told is read again; then identifiers get their states, and then records are decided about."""

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

    phase: str = READINGS
    after: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """`count` identifiers or records of its phase are done, up to `position`."""

    position: Position
    count: int
    changes: Changes


async def decide_again(
    store: Store,
    prepare: Callable[[Unit], Awaitable[Counter[str]]],
    dry_run: bool,
    nouns: Sequence[type[Nodes]] = NOUNS,
) -> Changes:
    async def work(unit: Unit) -> Changes:
        states = await prepare(unit)
        await conclude(unit)
        return _changes(unit, states)

    return await execute(store, nouns, work, dry_run=dry_run)


async def complete(unit: Unit) -> None:
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
