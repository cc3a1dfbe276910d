"""What a decision is made about: whole customers and their records, locked, with the marks that people leave on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import LiteralString

from graph.decisions.marks import Marks
from graph.errors import Conflict, NotFound, Outdated
from graph.identity.partition import COMPONENT_BOUND
from graph.resolution.customers import Customers
from graph.resolution.people import People
from graph.resolution.records import RecordState
from graph.words import Sentence
from graph.writes.unit import Unit

# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord)
READ_MEMBERS: LiteralString = """
UNWIND $p.ids AS id
MATCH (c:Customer {id: id})
RETURN c.id, COLLECT { MATCH (c)<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key }
"""
# (:Decision)-[:CONCERNS]->(:SourceRecord)
READ_MARKED: LiteralString = """
MATCH (d:Decision {id: $p.id})
RETURN COLLECT { MATCH (d)-[:CONCERNS]->(r:SourceRecord) RETURN r.key }
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """A customer as the person who decides has seen it; `pointer` says where in the request it stands."""

    id: str
    version: int
    pointer: str = ""


@dataclass(slots=True)
class Table:
    """What a decision works on: the unit, the people in it, and the marks that it leaves."""

    unit: Unit
    moving: bool = False
    """Whether the decision is for nothing unless some record changes its customer."""

    @property
    def people(self) -> People:
        return self.unit.of(People)

    @property
    def marks(self) -> Marks:
        return self.unit.of(Marks)

    async def customers(self, expected: Sequence[Expected]) -> list[list[RecordState]]:
        """Return the locked records of each customer; raise NotFound, or Conflict if one is not as expected any more."""
        members = await self._members(expected)
        while missing := {key for keys in members.values() for key in keys} - self.people.records.keys():
            await self.lay_out(missing)
            members = await self._members(expected)
        self.unit.want("Customer", [each.id for each in expected])
        await self.unit.lock()
        for each in expected:
            if not members[each.id]:
                raise Conflict(Sentence("refusal.CUSTOMER_MERGED"), f"{each.pointer}/id")
            version = self.unit.of(Customers).known[each.id].version
            if version != each.version:
                raise Outdated(Sentence("refusal.CUSTOMER_CHANGED"), f"{each.pointer}/version", version)
        return [[self.people.records[key] for key in sorted(members[each.id])] for each in expected]

    async def lay_out(self, keys: Iterable[str]) -> None:
        """Lock and load these records with all that hangs together with them."""
        self.people.want(records=keys)
        await self.unit.lock()

    def join(self, customers: Sequence[Sequence[RecordState]]) -> None:
        """Say that these customers are one person; raise Conflict where somebody has said that two of their records are not.

        One record of each is tied to those of the others, so that what another decision joined can be parted without this one.
        """
        together = {record.key: record for members in customers for record in members}
        if len(together) > COMPONENT_BOUND:
            raise Conflict(Sentence("refusal.TOO_MANY_RECORDS", most=COMPONENT_BOUND))
        if any(other in together for record in together.values() for other, _ in record.apart_from):
            raise Conflict(Sentence("refusal.PARTED_BY_PERSON"))
        for record in map(_bearer, customers):
            record.joins.add(self.marks.decision)
            self.marks.joined.add(record.key)
        for record in together.values():
            record.identity_changed = True
        self.marks.concerned |= together.keys()
        self.moving = True

    def part(self, ones: Sequence[RecordState], others: Sequence[RecordState]) -> None:
        """Say that none of these is the same person as any of those."""
        if not ones or not others:
            raise Conflict(Sentence("refusal.NOTHING_TO_PART"))
        if all({key for key, _ in one.apart_from} >= {other.key for other in others} for one in ones):
            raise Conflict(Sentence("refusal.PARTED_ALREADY"))
        for one in ones:
            for other in others:
                one.apart_from.add((other.key, self.marks.decision))
                other.apart_from.add((one.key, self.marks.decision))
                self.marks.parted.add((min(one.key, other.key), max(one.key, other.key)))
        for record in (*ones, *others):
            record.identity_changed = True
            self.marks.concerned.add(record.key)

    async def undo(self, decision: str) -> set[str]:
        """Take back what an earlier decision of a person said; return the keys of the records that it concerned."""
        [[told]] = await self.unit.transaction.run(READ_MARKED, {"id": decision})
        keys: set[str] = set(told)
        await self.lay_out(keys)
        about = [self.people.records[key] for key in keys]
        self.moving = any(decision in record.joins for record in about)
        if not self.moving and not any(by == decision for record in about for _, by in record.apart_from):
            raise Conflict(Sentence("refusal.NOTHING_WOULD_CHANGE"), "/decisionId")
        for record in about:
            record.joins.discard(decision)
            record.apart_from = {(other, by) for other, by in record.apart_from if by != decision}
            record.identity_changed = True
        self.marks.concerned |= keys
        self.marks.undone = {decision}
        return keys

    async def _members(self, expected: Sequence[Expected]) -> dict[str, list[str]]:
        rows = await self.unit.transaction.run(READ_MEMBERS, {"ids": [each.id for each in expected]})
        members: dict[str, list[str]] = {row[0]: row[1] for row in rows}
        for each in expected:
            if each.id not in members:
                raise NotFound(Sentence("refusal.NO_SUCH_CUSTOMER"), f"{each.pointer}/id")
        return members


def _bearer(members: Sequence[RecordState]) -> RecordState:
    """Return the record that a customer has its id of, or else the oldest: whoever stays that customer stays joined."""
    return min(members, key=lambda record: (record.born != record.customer, record.first_seen, record.key))
