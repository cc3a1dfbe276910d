"""What a conclusion changed about customers and touchpoints, noted for whoever follows: opaque ids and names of fields."""

from __future__ import annotations

from graph.keys import store_id
from graph.resolution.people import People
from graph.touchpoints import ORDER
from graph.touchpoints.concerns import RINGING
from graph.touchpoints.nodes import Touchpoints
from graph.touchpoints.state import TouchpointState
from graph.writes.changes import Change
from graph.writes.unit import Unit


def note_changes(unit: Unit) -> None:
    """Note each customer whose records or golden values may have changed, and each touchpoint that did."""
    people, touchpoints = unit.of(People), unit.of(Touchpoints)
    for own_id, members in people.customers().items():
        if all(record.created for record in members):
            unit.note(_of_customer(own_id, "customer.created"))
        elif any(record.reasserted or record.customer != record.was_customer for record in members):
            unit.note(_of_customer(own_id, "customer.changed"))
    for old, new in sorted(people.verdict.redirects.items()):
        unit.note(Change(f"Customer:{old}", "customer.merged", (f"Customer:{old}", f"Customer:{new}")))
    for state in touchpoints.changed():
        unit.note(_of_touchpoint(state, people))
        if kind := of_call(state):
            unit.note(Change(f"Touchpoint:{state.id}", kind, (f"Touchpoint:{state.id}",), ("outcome",)))


def _of_customer(own_id: str, kind: str) -> Change:
    return Change(f"Customer:{own_id}", kind, (f"Customer:{own_id}",))


def of_call(state: TouchpointState) -> str | None:
    """Return what is told of a call beside that it is a touchpoint: it rings, or a call that rang goes another way."""
    if state.kind != "CALL" or "outcome" not in state.changes:
        return None
    if state.properties.get("outcome") == RINGING:
        return "call.ringing"
    return None if state.created else "call.changed"


def _of_touchpoint(state: TouchpointState, people: People) -> Change:
    """Return the change of a touchpoint; it is ordered with the customer that it is attributed to, if there is one.

    Whose it was before stands last: their counts have changed too.
    """
    own, noun = f"Touchpoint:{state.id}", "order" if state.kind == ORDER else "touchpoint"
    owner, before = (people.records[each].customer if each else None for each in (state.owner, state.was_owner))
    store = state.properties.get("store_code")
    former = [f"Customer:{before}"] if before and before != owner else []
    refs = (own, *([f"Customer:{owner}"] if owner else []), *([f"Store:{store_id(store)}"] if store else []), *former)
    return Change(refs[1] if owner else own, f"{noun}.{'added' if state.created else 'changed'}", refs, tuple(state.changes))
