"""Replies on their way out: held by one sender at a time, and gone from here when they have left."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import LiteralString

from graph.cases.history import CaseEvent
from graph.cases.nodes import Cases
from graph.events.newest import utc_text
from graph.orders.notices import FAILED as FAILED_TO_LEAVE
from graph.orders.notices import NOT_SENT, OVERTAKEN, REASONS, SENT, UNCERTAIN
from graph.orders.telling import become_of, is_overtaken
from graph.replies.nodes import FAILED, SENDING, WAITING, Replies, Reply
from graph.resolution.conclusion import NOUNS as WHAT_FOLLOWS
from graph.store import Store
from graph.writes.unit import Nodes, Unit, execute

LOST_AFTER = timedelta(minutes=2)
"""Who has held a reply for so long does not live any more."""
AT_ONCE = 20
NOUNS: tuple[type[Nodes], ...] = (*WHAT_FOLLOWS, Cases, Replies)
NOT_RECORDED = "NOT_RECORDED"
"""It has left, and what has left could not be recorded."""

# (:Reply {state, send_at})-[:TO]->(:Identifier {kind})
DUE: LiteralString = """
CALL () {
  MATCH (y:Reply) USING INDEX SEEK y:Reply(state, send_at)
  WHERE y.state = 'WAITING' AND y.send_at <= $p.now
  RETURN y
UNION
  MATCH (y:Reply) USING INDEX SEEK y:Reply(state, send_at)
  WHERE y.state = 'SENDING' AND y.send_at <= $p.lost
  RETURN y
}
MATCH (y)-[:TO]->(i:Identifier) WHERE i.kind IN $p.kinds
RETURN y.id, i.kind ORDER BY y.send_at LIMIT $p.limit
"""


async def due(store: Store, kinds: Collection[str]) -> list[tuple[str, str]]:
    """Return the replies (id, kind of identifier) of these kinds whose time has come, and those whose sender is lost."""
    now = datetime.now(UTC)
    asked = {"now": utc_text(now), "lost": utc_text(now - LOST_AFTER), "kinds": sorted(kinds), "limit": AT_ONCE}
    return [(own_id, kind) for own_id, kind in await store.read(DUE, asked)]


async def hold(store: Store, own_id: str, *, again: bool) -> Reply | None:
    """Return a reply to send, which nobody else gets until it is lost; None where somebody has it, or it is gone.

    One whose sender is lost is sent `again` only where its channel knows a repeat; else it has failed as UNCERTAIN.
    """

    async def work(unit: Unit) -> Reply | None:
        known = await _locked(unit, own_id)
        if known is None or known.state == FAILED:
            return None
        if known.notice is not None and is_overtaken(known.properties["notice"], known.notice.state):
            await _fail(unit, known, OVERTAKEN)
            return None
        lost = known.state == SENDING
        if lost and known.properties["send_at"] > utc_text(datetime.fromisoformat(unit.now) - LOST_AFTER):
            return None
        if lost and not again:
            await _fail(unit, known, UNCERTAIN)
            return None
        unit.of(Replies).put(own_id, known.case, state=SENDING, send_at=unit.now)
        return known

    return await execute(store, NOUNS, work)


async def leave(store: Store, own_id: str, message: str) -> None:
    """Remove a reply that has left and is recorded, as the touchpoint `message`."""

    async def work(unit: Unit) -> None:
        if known := await _locked(unit, own_id):
            unit.of(Replies).drop(known)
            if known.notice is not None:
                await become_of(unit, known.notice, known.properties["notice"], SENT, message=message)

    await execute(store, NOUNS, work)


async def stay(store: Store, own_id: str, failure: str | None = None, later: timedelta = timedelta()) -> None:
    """Keep a reply that was not taken: for a next time, or for good with the code of what went wrong."""

    async def work(unit: Unit) -> None:
        known = await _locked(unit, own_id)
        if known is None:
            return
        if failure is not None:
            await _fail(unit, known, failure)
        else:
            send_at = utc_text(datetime.fromisoformat(unit.now) + later)
            unit.of(Replies).put(own_id, known.case, state=WAITING, send_at=send_at)

    await execute(store, NOUNS, work)


async def _fail(unit: Unit, reply: Reply, failure: str) -> None:
    """Let a reply have failed for good, and its case know of it; of a notice its pick-up says why, and nothing else is left."""
    if reply.notice is not None:
        unit.of(Replies).drop(reply)
        kind, reason = reply.properties["notice"], failure if failure in REASONS else FAILED_TO_LEAVE
        await become_of(unit, reply.notice, kind, *((SENT,) if failure == NOT_RECORDED else (NOT_SENT, reason)))
        return
    if reply.case is None:
        return
    unit.of(Replies).put(reply.id, reply.case, state=FAILED, failure=failure)
    unit.want("Case", (reply.case,))
    await unit.lock()
    case = unit.of(Cases).known[reply.case]
    case.happen(CaseEvent(f"{reply.id}-not-sent", unit.now, "NOT_SENT", about=reply.id, code=failure))
    unit.of(Cases).settle(case)


async def _locked(unit: Unit, own_id: str) -> Reply | None:
    unit.want("Reply", (own_id,))
    await unit.lock()
    return unit.of(Replies).known.get(own_id)
