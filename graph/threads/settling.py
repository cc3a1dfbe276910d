"""Settling which interactions are one thread, after some have come, changed or gone: what they may be tied to is locked
and loaded, and all of it is decided anew. So the order in which events arrive cannot matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, LiteralString

from graph.threads.evidence import part_of
from graph.threads.nodes import Threads
from graph.threads.rules import NEAR, Part, Tie, near, threads_of, without
from graph.touchpoints.state import TouchpointState
from graph.writes.unit import Unit

# (:Touchpoint)-[:TIES_BY]->(:ThreadKey): of each key the one before and the one after; (:Touchpoint)-[:IN_THREAD]->(:Thread)
FIND: LiteralString = """
CALL () { OPTIONAL MATCH (s:ThreadSpan {key: 'days'}) RETURN COALESCE(MAX(s.days), 7) AS days }
CALL () {
  UNWIND $p.ties AS row
  CALL (row) {
    MATCH (o:Touchpoint)-[e:TIES_BY]->(:ThreadKey) USING INDEX SEEK e:TIES_BY(key, position)
    WHERE e.key = row.key AND e.position < row.position AND NOT o.id IN $p.ids
    RETURN o, e ORDER BY e.key DESC, e.position DESC LIMIT 1
  UNION ALL
    MATCH (o:Touchpoint)-[e:TIES_BY]->(:ThreadKey) USING INDEX SEEK e:TIES_BY(key, position)
    WHERE e.key = row.key AND e.position > row.position AND NOT o.id IN $p.ids
    RETURN o, e ORDER BY e.key, e.position LIMIT 1
  }
  MATCH (o)-[:IN_THREAD]->(h:Thread)
  RETURN COLLECT(DISTINCT [row.rule, row.position, e.position, h.id]) AS beside
}
CALL () {
  UNWIND $p.ids AS id
  MATCH (:Touchpoint {id: id})-[:IN_THREAD]->(h:Thread)
  RETURN COLLECT(DISTINCT h.id) AS own
}
RETURN days, beside, own
"""


async def settle(unit: Unit, states: Iterable[TouchpointState], tying: Callable[[str], bool]) -> None:
    """Settle the threads of these interactions, which are locked; `tying` is of an identifier: does it tie by topic."""
    told = {state.id: part for state in states if (part := part_of(state, tying)).ties or not state.created}
    if told:
        await _settle(unit, told)


async def settle_without(unit: Unit, ids: Iterable[str]) -> None:
    """Settle the threads of these touchpoints, which are locked and are about to be deleted."""
    await _settle(unit, dict.fromkeys(ids))


async def load(unit: Unit, told: Mapping[str, Part | None]) -> int:
    """Lock and load every thread that these interactions are in or may be tied to; return within how many days."""
    threads = unit.of(Threads)
    ties = [(part.position, tie) for part in told.values() if part for tie in part.ties]
    threads.asked |= {tie.key for _, tie in ties}
    unit.want("ThreadKey", threads.asked)
    await unit.lock()
    rows: list[dict[str, Any]] = [{"key": tie.key, "rule": tie.rule, "position": position} for position, tie in ties]
    while True:
        [[days, beside, own]] = await unit.transaction.run(FIND, {"ties": rows, "ids": sorted(told)})
        within = timedelta(days=days)
        found = {*own, *(thread for rule, at, other, thread in beside if rule not in NEAR or near(at, other, within))}
        missing = found - threads.versions.keys()
        if not missing:
            return days
        # One that was there when it was found can be another thread's by the time it is locked: then it is looked for again.
        unit.want("Thread", missing)
        unit.look_again("Thread", missing)
        await unit.lock()


async def _settle(unit: Unit, told: Mapping[str, Part | None]) -> None:
    threads = unit.of(Threads)
    days = await load(unit, told)
    for own_id, part in told.items():
        before = threads.parts.get(own_id)
        threads.parts[own_id] = _as_said(part, before) if part and before else part
        if part is None and own_id in threads.was_in:
            stay_together(threads, own_id, days)
    decide(threads, days)


def _as_said(part: Part, before: Part) -> Part:
    """Return an interaction as its events tell it, with what people said of it."""
    return replace(part, joined=before.joined, apart=before.apart, ties=frozenset[Tie]() if before.apart else part.ties)


def stay_together(threads: Threads, gone: str, days: int) -> None:
    """Let what people tied to one that leaves its thread stay with the others."""
    rest = threads.left(threads.was_in[gone][0])
    for part in without(rest, gone, days):
        threads.parts[part.id] = part


def decide(threads: Threads, days: int) -> None:
    """Decide anew about all that is loaded."""
    threads.conclude(threads_of(filter(None, threads.parts.values()), days))
