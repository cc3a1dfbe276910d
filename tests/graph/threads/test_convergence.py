"""Order, repetition, batching, concurrent writers and the words of people: threads are what the recomputation says."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import count
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from graph.commands.command import Answer, Author, Command, run
from graph.errors import Conflict
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import touchpoint_id
from graph.store import Reader, Store
from graph.threads.steps import settle_all, settle_anew
from graph.threads.tying import tie, untie
from tests.conftest import wipe
from tests.graph.resolution.test_convergence import batched, disturbed, load
from tests.graph.threads.recomputation import interactions, recompute
from tests.graph.threads.streams import KEY, Raw, streams
from tests.laws import graph_law

numbers = count()
READ_THREADS = """
MATCH (h:Thread)
RETURN h.id, h.version, COLLECT { MATCH (h)<-[:IN_THREAD]-(t) RETURN t.source + ':' + t.external_id },
       COLLECT { MATCH (h)<-[:IN_THREAD]-(t) RETURN t.id ORDER BY t.position LIMIT 1 }[0]
"""
READ_TIED = "MATCH (t)-[:TIED_TO]->(o) RETURN t.source + ':' + t.external_id, o.source + ':' + o.external_id"
READ_APART = "MATCH (t:Touchpoint) WHERE t.apart RETURN t.source + ':' + t.external_id"
READ_RULES = "MATCH (t)-[i:IN_THREAD]->(h) RETURN t.id, i.rule, h.id ORDER BY t.id"
LOOSE = """
RETURN COUNT { MATCH (k:ThreadKey) WHERE NOT EXISTS { (k)<-[:TIES_BY]-() } },
       COUNT { MATCH (h:Thread) WHERE NOT EXISTS { (h)<-[:IN_THREAD]-() } },
       COUNT { MATCH (t:Touchpoint) WHERE t.threaded AND NOT EXISTS { (t)-[:IN_THREAD]->() } },
       COUNT { MATCH (t)-[i:IN_THREAD]->() WITH t, COUNT(i) AS n WHERE n > 1 OR t.threaded IS NULL RETURN t }
"""


async def told(store: Store) -> set[frozenset[str]]:
    """Return the threads of several interactions by the names of these; each is called by its first, and nothing is left over."""
    rows = await store.read(READ_THREADS)
    assert [own_id for own_id, _, _, first in rows if own_id != first] == []
    assert await store.read(LOOSE) == [[0, 0, 0, 0]]
    return {frozenset(names) for _, _, names, _ in rows if len(names) > 1}


async def said(store: Store, events: Sequence[Raw]) -> set[frozenset[str]]:
    """Return what the recomputation says with the words of people that stand in the graph."""
    tied: dict[str, str] = {one: other for one, other in await store.read(READ_TIED)}  # noqa: C416 (rows are lists)
    return recompute(events, tied, {name for (name,) in await store.read(READ_APART)})


async def loaded(store: Store, *writers: list[list[Raw]]) -> set[frozenset[str]]:
    await wipe(store)
    async with asyncio.TaskGroup() as group:
        for batches in writers:
            group.create_task(load(store, batches))
    await settle_all(store)
    return await told(store)


async def say(store: Store, command: Command) -> Answer | None:
    async def itself(answer: Answer, _: Reader) -> Answer:
        return answer

    try:
        return await run(store, command, itself)
    except Conflict:
        return None


async def version(store: Store, own_id: str) -> int:
    rows = await store.read("MATCH (:Touchpoint {id: $p.id})-[:IN_THREAD]->(h) RETURN h.version", {"id": own_id})
    return rows[0][0] if rows else 0


def author() -> Author:
    return Author("tests", "op-1", f"threads-{next(numbers)}")


@graph_law(test=25, soak=200)
@given(events=streams(), seed=st.integers(0, 2**32))
async def test_any_order_and_any_writers_end_in_the_recomputed_threads(store: Store, events: list[Raw], seed: int) -> None:
    random, expected = Random(seed), recompute(events)
    assert await loaded(store, [events]) == expected
    rules = await store.read(READ_RULES)
    mixed = disturbed(events, random)
    assert await loaded(store, batched(mixed, random, 6)) == expected
    assert await store.read(READ_RULES) == rules
    assert await loaded(store, *(batched(mixed[number::4], random, 3) for number in range(4))) == expected
    assert await store.read(READ_RULES) == rules


@graph_law(test=20, soak=200)
@given(events=streams(least=8), seed=st.integers(0, 2**32))
async def test_what_people_say_and_what_arrives_meanwhile_end_in_the_recomputed_threads(
    store: Store, events: list[Raw], seed: int
) -> None:
    random, sent = Random(seed), list[Raw]()
    await wipe(store)
    for batch in batched(events, random, 4):
        await record(store, [read_event(raw, KEY) for raw in batch])
        sent += batch
        for _ in range(3):
            names = sorted(interactions(sent))
            if len(names) < 2:
                continue
            one, other = (touchpoint_id(name) for name in random.sample(names, 2))
            if random.random() < 0.5:
                await say(store, tie(author(), one, other, await version(store, other)))
            else:
                await say(store, untie(author(), one, await version(store, one)))
            await settle_all(store)
            assert await told(store) == await said(store, sent)
    rules = await store.read(READ_RULES)
    await settle_anew(store)
    assert (await told(store), await store.read(READ_RULES)) == (await said(store, sent), rules)
