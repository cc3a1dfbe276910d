"""Whose a contact was that named nobody: somebody says it, and it goes with that source record from then on."""

from __future__ import annotations

from graph.decisions.deciding import Decision
from graph.decisions.table import Expected, Table
from graph.errors import Conflict, NotFound
from graph.resolution.records import RecordState
from graph.touchpoints.nodes import Touchpoints
from graph.words import Sentence

ASSIGNED = "ASSIGNED_BY_PERSON"


def assign(touchpoint: str, customer: Expected | None) -> Decision:
    """Return the decision whose an anonymous contact was; without a customer it is nobody's.

    It hangs on the customer's earliest record that holds what it came by, or else on their earliest one.
    """

    async def apply(table: Table) -> None:
        table.unit.want("Touchpoint", (touchpoint,))
        await table.unit.lock()
        state = table.unit.of(Touchpoints).states.get(touchpoint)
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


def _best(members: list[RecordState], endpoints: set[str]) -> RecordState | None:
    order = sorted(members, key=lambda record: (endpoints.isdisjoint(record.claims), record.first_seen, record.key))
    return order[0] if order else None
