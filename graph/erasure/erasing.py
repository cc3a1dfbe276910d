"""The job of an erasure, in steps that each bear being begun again: touchpoints, what is shared, and at last the people.

The hashes of a step stand in the file before the step is written: whatever crashes, nothing is gone that could come back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString, TypeAlias

from graph.erasure.nodes import ErasedPeople, ErasedTouchpoints
from graph.erasure.scope import Scope, counted, scope_of
from graph.erasure.taking_out import take_out
from graph.erasure.tombstones import Tombstones, keep
from graph.erasure.traces import IDENTIFIER, RECORD, TOUCHPOINT, trace
from graph.errors import Conflict
from graph.exports.gathering import READ_OWN
from graph.exports.removing import drop_files
from graph.jobs.job import Finished, Progress
from graph.jobs.running import Run
from graph.resolution.conclusion import NOUNS
from graph.store import Store
from graph.threads.nodes import Threads
from graph.threads.settling import settle_without
from graph.words import Sentence
from graph.writes.unit import Nodes, Unit

ERASURE = "CUSTOMER_ERASURE"
PAGE = 500
"""Touchpoints of one step."""

NEXT_TOUCHPOINTS: LiteralString = """
CALL () {
  UNWIND $p.records AS key MATCH (:SourceRecord {key: key})-[:DID]->(t:Touchpoint) RETURN t LIMIT $p.limit
UNION
  UNWIND $p.identifiers AS key
  MATCH (:Identifier {key: key})<-[:VIA]-(t:Touchpoint) WHERE NOT EXISTS { (t)<-[:DID]-() } RETURN t LIMIT $p.limit
}
RETURN t.id, t.key, t:Order LIMIT $p.limit
"""
# (:Touchpoint)-[:VIA {unattributed}]->(:Identifier)
NEXT_SHARED: LiteralString = """
UNWIND $p.identifiers AS key
MATCH (t:Touchpoint)-[v:VIA]->(:Identifier) USING INDEX SEEK v:VIA(unattributed, position)
WHERE v.unattributed = key AND v.position < '~'
RETURN DISTINCT t.id LIMIT $p.limit
"""
LEFT: LiteralString = "UNWIND $p.records AS key MATCH (:SourceRecord {key: key})-[:DID]->(t:Touchpoint) RETURN t.id LIMIT 1"
READ_FILES: LiteralString = """
MATCH (j:Job) WHERE j.about IN $p.customers AND j.file IS NOT NULL RETURN j.id, j.file
"""

Step: TypeAlias = Callable[[Callable[[Unit], Awaitable[Progress]], Sequence[type[Nodes]]], Awaitable[Progress]]


@dataclass(slots=True)
class Erasure:
    """One erasure under way: `step` writes a part, `done` counts what is gone by name."""

    store: Store
    key: bytes
    file: Path
    id: str
    step: Step
    done: dict[str, int] = field(default_factory=dict[str, int])
    total: int = 0

    async def erase(self, records: Sequence[str], beside: Sequence[str] = ()) -> None:
        """Erase these source records (keys) with all that is theirs, and identifiers `beside` that nobody holds."""
        while True:
            scope = await scope_of(self.store, records, beside)
            await self._mark(scope)
            await self._touchpoints(scope)
            await self._let_go(scope)
            if await self._people(scope, beside):
                return

    async def _mark(self, scope: Scope) -> None:
        """Have nothing new come in of them."""
        named = [(RECORD, key) for key in scope.records] + [(IDENTIFIER, key) for key in scope.sole if key not in scope.listed]
        hashes = await self._kept(named)

        async def put(unit: Unit) -> Progress:
            unit.of(Tombstones).put(hashes)
            return self._progress({})

        await self.step(put, (Tombstones,))

    async def _touchpoints(self, scope: Scope) -> None:
        asked = {"records": scope.records, "identifiers": scope.sole, "limit": PAGE}
        while found := await self.store.read(NEXT_TOUCHPOINTS, asked):
            ids = [own_id for own_id, _, _ in found]
            hashes = await self._kept((TOUCHPOINT, key) for _, key, _ in found)
            orders = {own_id for own_id, _, is_order in found if is_order}

            async def erase(unit: Unit, ids: list[str] = ids, hashes: list[str] = hashes, orders: set[str] = orders) -> Progress:
                unit.want("Touchpoint", ids)
                await unit.lock()
                unit.of(Tombstones).put(hashes)
                await settle_without(unit, ids)
                unit.of(ErasedTouchpoints).erase(ids, orders)
                return self._progress({"touchpoints": len(ids) - len(orders), "orders": len(orders)})

            self._count(await self.step(erase, (Threads, ErasedTouchpoints, Tombstones)))

    async def _let_go(self, scope: Scope) -> None:
        """Leave the anonymous contacts of a value that others have too to nobody: they may have been by who is erased."""
        asked = {"identifiers": list(scope.shared), "limit": PAGE}
        while found := await self.store.read(NEXT_SHARED, asked):
            ids = [own_id for (own_id,) in found]

            async def let_go(unit: Unit, ids: list[str] = ids) -> Progress:
                unit.want("Touchpoint", ids)
                await unit.lock()
                unit.of(ErasedTouchpoints).leave_to_nobody(ids)
                return self._progress({})

            await self.step(let_go, (ErasedTouchpoints,))

    async def _people(self, scope: Scope, beside: Sequence[str]) -> bool:
        """Erase the records themselves; return False where something came in of them before they were locked."""

        async def erase(unit: Unit) -> Progress:
            await take_out(unit, scope.records, scope.sole)
            came = await unit.transaction.run(LEFT, {"records": list(scope.records)})
            if came or await scope_of(unit.transaction, scope.records, beside) != scope:
                raise _MoreCame
            return self._progress({"records": len(scope.records), "identifiers": len(scope.sole), "shared": scope.held_by_others})

        try:
            self._count(await self.step(erase, (*NOUNS, ErasedPeople)))
        except _MoreCame:
            return False
        return True

    async def _kept(self, named: Iterable[tuple[str, str]]) -> list[str]:
        hashes = [trace(self.key, *each) for each in named]
        await asyncio.to_thread(keep, self.file, self.id, hashes)
        return hashes

    def _progress(self, more: dict[str, int]) -> Progress:
        counts = {name: self.done.get(name, 0) + more.get(name, 0) for name in self.done.keys() | more.keys()}
        dealt_with = counts.get("touchpoints", 0) + counts.get("orders", 0)
        return Progress(dealt_with, max(self.total, dealt_with), counts)

    def _count(self, progress: Progress) -> None:
        self.done = progress.resume


class _MoreCame(Exception):
    """Something of who is being erased was written in the meantime."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """`key` is the secret of this installation, `file` keeps the hashes, `exports` is where exports of people lie."""

    store: Store
    key: bytes
    file: Path
    exports: Path

    async def run(self, run: Run) -> Finished:
        """Erase the customer of a job; one who is gone already is done."""
        about = run.job.about or ""
        erasure = Erasure(self.store, self.key, self.file, run.job.id, run.step, dict(run.job.resume or {}))
        found = await self.store.read(READ_OWN, {"id": about})
        # A merge, or its undoing, while it waited: whoever approved it meant somebody else.
        if run.job.resume is None and sum(len(records) for _, records in found) != run.job.request["records"]:
            raise Conflict(Sentence("refusal.ERASURE_CHANGED"))
        for customers, records in found:
            counts = await counted(self.store, await scope_of(self.store, records))
            erasure.total = counts["touchpoints"] + counts["orders"]
            await drop_files(self.store, self.exports, dict(await self.store.read(READ_FILES, {"customers": customers})))
            await erasure.erase(records)
        return Finished(erasure.done)
