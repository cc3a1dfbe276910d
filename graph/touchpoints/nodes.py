"""Touchpoints in a unit of work: locked and loaded, begun where they are new, and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, LiteralString

from graph.events.newest import read_stamps
from graph.touchpoints.amounts import LOADED
from graph.touchpoints.fields import THREAD_EVIDENCE
from graph.touchpoints.kinds import LOOKED_AT
from graph.touchpoints.state import TouchpointState
from graph.touchpoints.writes import TOUCHPOINT_WRITES, known_touchpoints, touchpoint_rows
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

OF_ORDERS = ("returned", "given_at", "order_id", "returned_lines")
"""What is derived of an order, and what a return tells of which one."""
# (:Touchpoint)
LOCK_TOUCHPOINTS: LiteralString = (
    """
UNWIND $p.Touchpoint AS id
MATCH (t:Touchpoint {id: id})
REMOVE t.lock
WITH t
RETURN 'Touchpoint' AS label, [t.id, t {
  .key, .kind, .source, .external_id, .default_channel, .position, .stamps, .channel_given, .store_code,
  .record, .bare, .rule, .via, .assigned, """
    + ", ".join([f".{name}" for name in (*LOADED, *LOOKED_AT, *THREAD_EVIDENCE, *OF_ORDERS)])
    + """
}] AS row
"""
)


class Touchpoints(Nodes):
    """The touchpoints of a unit by id; `stores` and `products` are the codes and SKUs that they name."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Touchpoint": LOCK_TOUCHPOINTS}
    WRITES = TOUCHPOINT_WRITES

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.states: dict[str, TouchpointState] = {}
        self.stores: set[str] = set()
        self.products: set[str] = set()

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        own_id, stored = row
        state = self.states[own_id] = loaded(own_id, stored)
        self.unit.want("Identifier", state.via, lambda key: {"key": key, "fresh": {}})
        if state.owner:
            self.unit.want("SourceRecord", (state.owner,))

    def changed(self) -> list[TouchpointState]:
        """Return those about which there is something to write."""
        return [s for s in self.states.values() if s.created or s.changes or s.lines is not None or s.owner != s.was_owner]

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        return touchpoint_rows(self.changed(), self.stores, self.products)

    def after(self) -> Iterable[Step]:
        return known_touchpoints(self.changed())


def loaded(own_id: str, stored: Mapping[str, Any]) -> TouchpointState:
    """Return a touchpoint as LOCK_TOUCHPOINTS read it."""
    known = {name: stored[name] for name in ("store_code", *LOADED, *LOOKED_AT, *THREAD_EVIDENCE, *OF_ORDERS)}
    state = TouchpointState(
        own_id,
        stored["key"],
        stored["kind"],
        stored["source"],
        stored["external_id"],
        stored["default_channel"],
        stored["position"][:27],
        read_stamps(stored["stamps"]),
        {**known, "channel": stored["channel_given"]},
        stored["record"],
        stored["bare"],
        stored["rule"] or "",
        list(stored["via"] or ()),
        assigned=stored["assigned"],
    )
    state.was_owner, state.was_rule, state.was_share = state.owner, state.rule, state.share()
    return state
