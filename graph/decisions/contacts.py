"""Whose a contact was that named nobody: somebody says it, and it goes with that source record until that is taken back."""

from __future__ import annotations

from typing import LiteralString

from graph.decisions.deciding import Decision
from graph.decisions.table import Expected, Table
from graph.errors import Conflict, NotFound
from graph.resolution.records import RecordState
from graph.touchpoints.nodes import Touchpoints
from graph.touchpoints.state import TouchpointState
from graph.words import Sentence

ASSIGNED = "ASSIGNED_BY_PERSON"

# (:Decision)-[:ASSIGNS]->(:Touchpoint)
READ_ASSIGNED: LiteralString = "MATCH (:Decision {id: $p.id})-[:ASSIGNS]->(t:Touchpoint) RETURN t.id"
# (:Decision)-[:CONCERNS]->(:SourceRecord): what stands of what people said of a contact, the last word first
READ_SAID: LiteralString = """
MATCH (:Touchpoint {id: $p.id})<-[:ASSIGNS]-(d:Decision) WHERE d.undone_by IS NULL
RETURN d.id, COALESCE(HEAD(COLLECT { MATCH (d)-[:CONCERNS]->(r:SourceRecord) RETURN r.key }), '')
ORDER BY d.at DESC, d.id DESC LIMIT 2
"""


def assign(touchpoint: str, customer: Expected | None) -> Decision:
    """Return the decision whose an anonymous contact was; without a customer it is nobody's.

    It hangs on the customer's earliest record that holds what it came by, or else on their earliest one.
    """

    async def apply(table: Table) -> None:
        state = await _locked(table, touchpoint)
        if state is None:
            raise NotFound(Sentence("refusal.NO_SUCH_TOUCHPOINT"), "/touchpointId")
        if not state.bare:
            raise Conflict(Sentence("refusal.TOUCHPOINT_NAMED"), "/touchpointId")
        members = (await table.customers([customer]))[0] if customer else []
        record = _best(members, set(state.via))
        assigned = record.key if record else ""
        if state.assigned == assigned:
            raise Conflict(Sentence("refusal.ASSIGNED_ALREADY"), "/touchpointId")
        state.assigned = state.changes["assigned"] = assigned
        if record:
            table.marks.concerned.add(record.key)
        table.marks.assigned = touchpoint

    return Decision(ASSIGNED, [touchpoint, [customer.id, customer.version] if customer else None], apply)


async def unassign(table: Table, decision: str) -> set[str]:
    """Take back whose a contact was: what was said of it before holds again, or else the rules; return whose it was."""
    [[touchpoint]] = await table.unit.transaction.run(READ_ASSIGNED, {"id": decision})
    state = await _locked(table, touchpoint)
    (last, record), *before = await table.unit.transaction.run(READ_SAID, {"id": touchpoint})
    if state is None or last != decision:
        raise Conflict(Sentence("refusal.NOTHING_WOULD_CHANGE"), "/decisionId")
    state.assigned = state.changes["assigned"] = before[0][1] if before else None
    table.marks.concerned |= {key for key in (record, state.assigned) if key}
    table.marks.undone = {decision}
    return {record}


async def _locked(table: Table, touchpoint: str) -> TouchpointState | None:
    table.unit.want("Touchpoint", (touchpoint,))
    await table.unit.lock()
    return table.unit.of(Touchpoints).states.get(touchpoint)


def _best(members: list[RecordState], endpoints: set[str]) -> RecordState | None:
    order = sorted(members, key=lambda record: (endpoints.isdisjoint(record.claims), record.first_seen, record.key))
    return order[0] if order else None
