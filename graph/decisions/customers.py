"""Decisions about whole customers: these are one person, these are not, and taking either back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import LiteralString

from graph.decisions.contacts import ASSIGNED, unassign
from graph.decisions.deciding import Apply, Decision
from graph.decisions.table import Expected, Table
from graph.errors import Conflict, InvalidInput, NotFound
from graph.resolution.records import RecordState
from graph.words import Sentence

MERGED, NOT_SAME, UNMERGED, MOVED = "MERGED_BY_PERSON", "NOT_SAME_BY_PERSON", "UNMERGED_BY_PERSON", "MOVED_BY_PERSON"
TAKEN_BACK = {**dict.fromkeys((MERGED, NOT_SAME, UNMERGED, MOVED), Table.undo), ASSIGNED: unassign}
"""How what a person said is taken back, by its rule; each returns the keys of the source records that it was about."""
DECISION = "/decisionId"

# (:Decision)-[:MOVED]->(:SourceRecord) by a rule, with those that moved with it and are still together, each with its decision
READ_DECISION: LiteralString = """
MATCH (d:Decision {id: $p.id})
RETURN d.rule, d.undone_by, COLLECT {
  MATCH (d)-[:MOVED]->(r:SourceRecord)-[:RESOLVES_TO]->(c:Customer {id: d.to_customer})
  MATCH (c)<-[:RESOLVES_TO]-(other:SourceRecord)
  OPTIONAL MATCH (other)<-[:MOVED]-(its:Decision {from_customer: d.from_customer, at: d.at})
  WITH r, other, its WHERE other = r OR its IS NOT NULL
  RETURN DISTINCT [other.key, COALESCE(its.id, d.id)]
}
"""


def merge(customers: Sequence[Expected]) -> Decision:
    """Return the decision that two customers or more are one, whatever the rules say, until somebody undoes it."""
    several(customers)
    return Decision(MERGED, as_json(customers), joining(customers))


def not_same(customers: Sequence[Expected]) -> Decision:
    """Return the decision that keeps customers apart for good: no rule joins a record of one with a record of another."""
    several(customers)
    return Decision(NOT_SAME, as_json(customers), parting(customers))


def joining(customers: Sequence[Expected]) -> Apply:
    """Return what makes one customer of these."""

    async def apply(table: Table) -> None:
        table.join(await table.customers(customers))

    return apply


def parting(customers: Sequence[Expected]) -> Apply:
    """Return what keeps each of these apart from each other."""

    async def apply(table: Table) -> None:
        for ones, others in combinations(await table.customers(customers), 2):
            table.part(ones, others)

    return apply


def separate(customer: Expected, records: Sequence[str]) -> Decision:
    """Return the decision that source records (ids) leave a customer together and are kept apart from the rest of it."""

    async def apply(table: Table) -> None:
        [members] = await table.customers([customer])
        table.part(*_divided(members, records, "/recordIds"))

    return Decision(UNMERGED, [as_json([customer]), sorted(records)], apply)


def undo(customer: Expected, decision: str) -> Decision:
    """Return what takes back a decision about a customer; what a rule had joined is kept apart from now on."""

    async def apply(table: Table) -> None:
        [members] = await table.customers([customer])
        rows = await table.unit.transaction.run(READ_DECISION, {"id": decision})
        if not rows:
            raise NotFound(Sentence("refusal.NO_SUCH_DECISION"), DECISION)
        rule, undone_by, moved = rows[0]
        if undone_by is not None:
            raise Conflict(Sentence("refusal.UNDONE_ALREADY"), DECISION)
        if taken_back := TAKEN_BACK.get(rule):
            concerned = await taken_back(table, decision)
            if concerned.isdisjoint(member.key for member in members):
                raise InvalidInput(Sentence("refusal.OTHER_CUSTOMERS"), DECISION)
            return
        keys = {key for key, _ in moved}
        table.part(*_split(members, lambda member: member.key in keys))
        table.marks.undone = {each for _, each in moved}

    return Decision(UNMERGED, [as_json([customer]), decision], apply)


def move(record: str, left: Expected, came_to: Expected) -> Decision:
    """Return the decision that one source record (its id) of a customer belongs to another."""

    async def apply(table: Table) -> None:
        members, others = await table.customers([left, came_to])
        moved, rest = _divided(members, [record], "/recordId")
        if rest:
            table.part(moved, rest)
        table.join([moved, others])

    return Decision(MOVED, [record, as_json([left, came_to])], apply)


def _divided(members: Sequence[RecordState], ids: Sequence[str], pointer: str) -> tuple[list[RecordState], list[RecordState]]:
    """Return those of the members that are meant and the rest; raise NotFound for an id that is none of theirs."""
    wanted = set(ids)
    meant, rest = _split(members, lambda member: member.properties["id"] in wanted)
    if len(meant) < len(wanted):
        raise NotFound(Sentence("refusal.NO_SUCH_RECORD"), pointer)
    return meant, rest


def _split(members: Sequence[RecordState], meant: Callable[[RecordState], bool]) -> tuple[list[RecordState], list[RecordState]]:
    return [member for member in members if meant(member)], [member for member in members if not meant(member)]


def several(customers: Sequence[Expected]) -> None:
    """Raise InvalidInput unless these are two customers or more."""
    if len({each.id for each in customers}) < max(2, len(customers)):
        raise InvalidInput(Sentence("refusal.TWO_CUSTOMERS"), "/customers")


def as_json(customers: Sequence[Expected]) -> list[list[object]]:
    """Return the same for the same customers in any order."""
    return sorted([each.id, each.version] for each in customers)
