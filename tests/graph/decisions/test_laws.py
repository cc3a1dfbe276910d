"""Whatever people decide between whatever events: the graph is what a recomputation from both makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from graph.commands.command import Author
from graph.decisions import customers
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.errors import Conflict, InvalidInput
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.resolution.source_trust import declare_trust
from tests.conftest import wipe
from tests.graph.resolution.event_streams import Raw, streams
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.graph.resolution.recomputation import recompute
from tests.graph.resolution.recomputed_people import Said
from tests.laws import graph_law

if TYPE_CHECKING:
    from graph.store import Store

KEY = b"a key for tests"
PARTS, DECISIONS = 4, 3
TRUST = {"/ec": 1, "/line": -1, "/line/165": 1}
CUSTOMERS = """
MATCH (c:Customer)<-[:RESOLVES_TO]-(r:SourceRecord)
WITH c, r ORDER BY r.born <> c.id, r.first_seen, r.key
RETURN c.id, c.version, COLLECT(r.key), COLLECT(r.id) ORDER BY c.id
"""
law = graph_law(test=8, soak=300)


@dataclass
class Stewards:
    """Decides at random and keeps, apart from the graph, what it has said: decision -> sets of record keys."""

    store: Store
    random: Random
    bearers: dict[str, str] = field(default_factory=dict)
    same: dict[str, set[str]] = field(default_factory=dict)
    apart: dict[str, list[tuple[set[str], set[str]]]] = field(default_factory=dict)
    made: int = 0

    def said(self) -> Said:
        return Said(list(self.same.values()), [pair for pairs in self.apart.values() for pair in pairs])

    async def decide(self) -> None:
        found = await self.store.read(CUSTOMERS)
        if len(found) < 2:
            return
        chosen = self.random.sample(found, 2)
        expected = [Expected(customer, version) for customer, version, _, _ in chosen]
        self.bearers = {customer: keys[0] for customer, _, keys, _ in chosen}
        sets = [set(keys) for _, _, keys, _ in chosen]
        said = self.random.choice([self._merge, self._merge, self._not_same, self._separate, self._undo])
        try:
            await said(expected, sets, chosen[0][3][0])
        except (Conflict, InvalidInput):
            return  # it says no to itself now and then; then nothing may have changed, which the end shows

    def _author(self) -> Author:
        self.made += 1
        return Author("tests", "steward", f"{id(self)}-{self.made}")

    async def _merge(self, expected: list[Expected], *_: object) -> None:
        outcome = await decide(self.store, self._author(), customers.merge(expected))
        self.same[outcome.decision] = {self.bearers[each.id] for each in expected}

    async def _not_same(self, expected: list[Expected], sets: list[set[str]], _: str) -> None:
        outcome = await decide(self.store, self._author(), customers.not_same(expected))
        self.apart[outcome.decision] = [(sets[0], sets[1])]

    async def _separate(self, expected: list[Expected], sets: list[set[str]], first: str) -> None:
        [[key]] = await self.store.read("MATCH (r:SourceRecord {id: $p.id}) RETURN r.key", {"id": first})
        outcome = await decide(self.store, self._author(), customers.separate(expected[0], [first]))
        self.apart[outcome.decision] = [({key}, sets[0] - {key})]

    async def _undo(self, expected: list[Expected], *_: object) -> None:
        decisions = sorted([*self.same, *self.apart])
        if decisions:
            decision = self.random.choice(decisions)
            await decide(self.store, self._author(), customers.undo(expected[0], decision))
            self.same.pop(decision, None)
            self.apart.pop(decision, None)


async def tell(store: Store, events: list[Raw]) -> None:
    if events:
        await record(store, [read_event(raw, KEY) for raw in events])


@law
@given(events=streams(), seed=st.integers(0, 2**32))
async def test_the_graph_is_what_records_and_decisions_make_it(store: Store, events: list[Raw], seed: int) -> None:
    await wipe(store)
    await declare_trust(store, TRUST)
    stewards = Stewards(store, Random(seed))
    size = -(-len(events) // PARTS)
    for start in range(0, len(events), size):
        await tell(store, events[start : start + size])
        for _ in range(DECISIONS):
            await stewards.decide()
    await tell(store, events)
    assert differences(await fingerprint(store), recompute(events, stewards.said(), TRUST)) == []


@law
@given(events=streams(), seed=st.integers(0, 2**32))
async def test_a_merge_that_is_undone_at_once_leaves_no_trace_but_the_decisions(
    store: Store, events: list[Raw], seed: int
) -> None:
    await wipe(store)
    await tell(store, events)
    before, ids = await fingerprint(store), await store.read(CUSTOMERS)
    if len(ids) < 2:
        return
    chosen = Random(seed).sample(ids, 2)
    expected = [Expected(customer, version) for customer, version, _, _ in chosen]
    outcome = await decide(store, Author("tests", "steward", "merge"), customers.merge(expected))
    [survivor] = {move.came_to for move in outcome.moves}
    [[_, version, _, _]] = [row for row in await store.read(CUSTOMERS) if row[0] == survivor]
    await decide(store, Author("tests", "steward", "undo"), customers.undo(Expected(survivor, version), outcome.decision))
    assert differences(await fingerprint(store), before) == []
    assert [row[0] for row in await store.read(CUSTOMERS)] == [row[0] for row in ids]
