"""Every pair of writers at once, on the same people and values: each gets through, and the graph is what their events say."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.commands.command import Answer, Author, run
from graph.consents.recording import Statement, record_consent
from graph.decisions import customers, deciding, identifiers
from graph.decisions.table import Expected
from graph.erasure.asking import approval, erasure
from graph.erasure.erasing import ERASURE, Erasing
from graph.erasure.traces import trace
from graph.errors import Conflict, NotFound
from graph.identity.blocking import NOTHING_LISTED
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.jobs.running import run_next
from graph.keys import identifier_id
from graph.resolution.attribution_steps import attribute_all
from graph.resolution.rebuild import rebuild
from graph.resolution.rebuild_parts import Position
from graph.store import Reader, Store
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.graph.resolution.recomputation import recompute

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.local import LocalServer

    Write = Callable[[Store, int], Awaitable[list[dict[str, Any]]]]

KEY = b"a key for tests"
ROUNDS = 3
FOLDERS: list[Path] = []
"""Where hashes of what is erased are kept."""
PHONES = [{"kind": "PHONE", "value": f"+81901000{4160 + number}"} for number in range(3)]
MEMBERS = """
MATCH (c:Customer)<-[:RESOLVES_TO]-(:SourceRecord)
WITH DISTINCT c ORDER BY c.id RETURN c.id, c.version LIMIT 2
"""
# Whatever happened: one customer for each record, and no touchpoint with two owners
ASTRAY = """
RETURN COUNT { MATCH (r:SourceRecord) WHERE COUNT { (r)-[:RESOLVES_TO]->() } <> 1 RETURN r }
     + COUNT { MATCH (t:Touchpoint) WHERE COUNT { (t)<-[:DID]-() } > 1 RETURN t }
"""


def event(kind: str, own_id: str, subject: str | None, data: dict[str, Any]) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/pair", "id": own_id}
    return {**envelope, **({"subject": subject} if subject else {}), "time": "2026-04-01T10:00:00Z", "data": data}


async def send(store: Store, raws: list[dict[str, Any]]) -> list[dict[str, Any]]:
    await record(store, [read_event(raw, KEY) for raw in raws])
    return raws


async def report_people(store: Store, turn: int) -> list[dict[str, Any]]:
    held = [PHONES[(turn + step) % 3] for step in (0, 1)]
    return await send(store, [event("person", f"p{turn}-{n}", f"m{(turn + n) % 4}", {"identifiers": held}) for n in range(2)])


async def report_touchpoints(store: Store, turn: int) -> list[dict[str, Any]]:
    calls = [event("interaction", f"c{turn}-{n}", None, {"kind": "CALL", "by": {"identifiers": [PHONES[n]]}}) for n in range(3)]
    by = {"record": {"source": "/pair", "subject": f"m{turn % 4}"}, "identifiers": [PHONES[turn % 3]]}
    order = {"currency": "JPY", "total": "100", "store": f"s{turn % 2}", "by": by}
    return await send(store, [*calls, event("order", f"o{turn}", f"o{turn}", order)])


async def declare_consents(store: Store, turn: int) -> list[dict[str, Any]]:
    by = {"record": {"source": "/pair", "subject": f"m{turn % 4}"}}
    data = {"purpose": "MARKETING", "state": "REFUSED", "by": by, "contactPoint": PHONES[turn % 3]}
    return await send(store, [event("consent", f"d{turn}", None, data)])


async def record_consents(store: Store, turn: int) -> list[dict[str, Any]]:
    """Record a refusal of the first two customers; who lost a race is told so."""
    for number, row in enumerate(await store.read(MEMBERS)):
        by = Author("tests", "tester", f"{turn}-{number}-{id(store)}-consent")
        with suppress(Conflict):
            said = Statement("SURVEY", "REFUSED", None, None, None, {"how": "試験"})
            await run(store, record_consent(by, Expected(*row), said), nothing)
    return []


async def nothing(answer: Answer, _: Reader) -> Answer:
    return answer


async def decide(store: Store, turn: int) -> list[dict[str, Any]]:
    """Merge the first two customers, or block and free a number; who lost a race is told so, and that is all."""
    by = Author("tests", "tester", f"{turn}-{id(store)}", "試験")
    phone = identifier_id(f"PHONE::+81901000{4160 + turn % 3}")
    try:
        if turn % 2:
            if len(two := [Expected(*row) for row in await store.read(MEMBERS)]) == 2:
                await deciding.decide(store, by, customers.merge(two))
        else:
            await deciding.decide(store, by, identifiers.block(phone))
            await deciding.decide(store, replace(by, key=f"{by.key}-free"), identifiers.free(phone))
    except (Conflict, NotFound):
        pass
    return []


async def decide_all_again(store: Store, _: int) -> list[dict[str, Any]]:
    async for _part in rebuild(store, NOTHING_LISTED, Position(), page=2):
        pass
    return []


async def attribute_what_waits(store: Store, _: int) -> list[dict[str, Any]]:
    await attribute_all(store, most=2)
    return []


async def erase(store: Store, turn: int) -> list[dict[str, Any]]:
    """Erase the first customer; of two who ask at once one is told so, and that is all."""
    erasing = Erasing(store, KEY, FOLDERS[0] / f"{id(store)}.jsonl", FOLDERS[0])
    who, name = await store.read(MEMBERS), f"{turn}-{id(store)}"
    try:
        if turn % 4 < 2 and who:
            job = (await run(store, erasure(Author("tests", "first", name, "試験"), who[0][0]), itself))["job"]
            await run(store, approval(Author("tests", "second", f"{name} approved"), job), itself)
            await run_next(store, name, {ERASURE: erasing.run})
    except (Conflict, NotFound):
        pass
    return []


async def itself(answer: Answer, _: Reader) -> Answer:
    return answer


async def come_back(store: Store) -> list[str]:
    """Return what there is although it was erased."""
    erased = {key for (key,) in await store.read("MATCH (t:Tombstone) RETURN t.key")}
    named = await store.read("MATCH (n:SourceRecord|Identifier) RETURN labels(n)[0], n.key")
    return [key for label, key in named if trace(KEY, label, key) in erased]


WRITERS: dict[str, Write] = {
    write.__name__: write
    for write in (
        report_people,
        report_touchpoints,
        declare_consents,
        record_consents,
        decide,
        decide_all_again,
        attribute_what_waits,
        erase,
    )
}


@pytest.fixture(scope="module")
async def stores(neo4j_server: LocalServer, store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[Store]]:
    """Two drivers, as two processes have them, on a graph that has its schema."""
    FOLDERS.append(tmp_path_factory.mktemp("erasures"))
    opened = [await Store.open(neo4j_server.uri, neo4j_server.user, neo4j_server.password) for _ in range(2)]
    yield opened
    FOLDERS.clear()
    for one in opened:
        await one.close()


@pytest.mark.parametrize("pair", [*combinations_with_replacement(WRITERS, 2)], ids=" beside ".join)
async def test_a_pair_of_writers_gets_through_and_ends_in_one_graph(
    stores: list[Store], store: Store, pair: tuple[str, str]
) -> None:
    await wipe(store)
    raws = [*await report_people(store, 100), *await report_touchpoints(store, 101)]

    async def write(side: int) -> None:
        for turn in range(ROUNDS):
            raws.extend(await WRITERS[pair[side]](stores[side], 2 * turn + side))

    await asyncio.gather(write(0), write(1))
    await attribute_all(store)
    assert await store.read(ASTRAY) == [[0]]
    assert await come_back(store) == []
    if {"decide", "record_consents", "erase"}.isdisjoint(pair):
        assert differences(await fingerprint(store), recompute(raws)) == []
