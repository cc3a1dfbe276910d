"""A relay that is killed at any moment, twenty times under load: nothing is missed, and each key keeps its order."""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import anyio

from tests.conftest import wipe
from tests.graph.changes.relaying import sent
from tests.graph.changes.test_numbering import change

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.local import LocalServer
    from graph.store import Store

KILLS = 20
PATIENCE = 60


async def test_every_change_arrives_in_the_order_of_its_key(store: Store, neo4j_server: LocalServer, tmp_path: Path) -> None:
    await wipe(store)
    random, file = Random(12), tmp_path / "sent"
    command = [sys.executable, "-m", "tests.graph.changes.relaying", neo4j_server.uri, neo4j_server.password, str(file)]
    async with writing(store) as turns:
        for _ in range(KILLS):
            relay = await asyncio.create_subprocess_exec(*command)
            await until_sent(file, len(sent(file)) + random.randint(1, 25))
            relay.kill()
            await relay.wait()
    last = await asyncio.create_subprocess_exec(*command)
    await until_sent(file, sum(turns.values()))
    last.kill()
    await last.wait()

    arrived = sent(file)
    assert [number for number, _, _ in arrived] == list(range(1, sum(turns.values()) + 1))
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for _, key, turn in arrived:
        by_key[key].append(int(turn))
    assert by_key == {f"Store:{key}": list(range(1, number + 1)) for key, number in turns.items()}


@asynccontextmanager
async def writing(store: Store) -> AsyncIterator[dict[str, int]]:
    """Change stores until the block ends; yield how often each was changed."""
    turns: dict[str, int] = defaultdict(int)
    may_end = False

    async def writer(number: int) -> None:
        for turn in count():
            if may_end:
                return
            keys = {"abcd"[number], "abcd"[turn % 4]}
            await change(store, *sorted(keys))
            for key in keys:
                turns[key] += 1

    writers = asyncio.gather(*(writer(number) for number in range(4)))
    yield turns
    may_end = True
    await writers


async def until_sent(file: Path, number: int) -> None:
    with anyio.fail_after(PATIENCE):
        while len(sent(file)) < number:
            await anyio.sleep(0.02)
