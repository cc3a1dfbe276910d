"""Two servers on one graph, one of them killed in the middle of its batches: nothing is lost, doubled or out of order."""

from __future__ import annotations

import asyncio
import shutil
from collections import defaultdict
from itertools import cycle
from typing import TYPE_CHECKING, Any, LiteralString

import anyio
import httpx2

from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from tests.conftest import wipe
from tests.served import graph_of, served

if TYPE_CHECKING:
    from pathlib import Path

    from graph.local import LocalServer
    from graph.store import Store
    from tests.served import Served

STORES, TIMES, KILLED_AFTER = 6, 30, 60
PATIENCE = 60
BATCH = "application/cloudevents-batch+json"
NUMBERED: LiteralString = "MATCH (e:OutboxEntry {type: 'store.changed'}) RETURN e.key, e.seq, e.written ORDER BY e.seq"
NAMES: LiteralString = "MATCH (s:Store) RETURN s.code, s.name ORDER BY s.code"


async def test_what_was_sent_to_either_is_there_once_and_in_order(
    store: Store, neo4j_server: LocalServer, tmp_path: Path
) -> None:
    await wipe(store)
    folders = tmp_path / "one", tmp_path / "other"
    keys = [local_key(folders[0] / "data", name) for name in ("tokens", "ids", "webhooks", "digests")]
    shutil.copytree(folders[0] / "data", folders[1] / "data")
    graph = graph_of(neo4j_server)
    with served(folders[0], graph) as one, served(folders[1], graph) as other:
        senders = Senders([one, other], Tokens(keys[0]).issue("admin"))
        async with asyncio.TaskGroup() as tasks:
            for number in range(STORES):
                tasks.create_task(senders.send(f"S{number}"))
            await senders.many_taken.wait()
            one.process.kill()

        names = await store.read(NAMES)
        rows = await numbered(store)
    assert names == [[f"S{number}", f"Store {TIMES}"] for number in range(STORES)]
    assert [seq for _, seq, _ in rows] == list(range(1, STORES * TIMES + 1))
    times: defaultdict[str, list[int]] = defaultdict(list)
    for key, _, written in rows:
        times[key].append(written)
    assert [len(each) for each in times.values()] == [TIMES] * STORES
    assert all(each == sorted(each) for each in times.values())


class Senders:
    """Send each event to one of the servers in turn, and to the next one where no answer comes, as a shop system does."""

    def __init__(self, servers: list[Served], token: str) -> None:
        self._servers = servers
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": BATCH}
        self.taken = 0
        self.many_taken = asyncio.Event()

    async def send(self, code: str) -> None:
        """Tell a store's name TIMES times, each once the one before it was taken."""
        async with httpx2.AsyncClient(headers=self._headers, timeout=30) as client:
            addresses = cycle(server.root for server in self._servers)
            for turn in range(1, TIMES + 1):
                await self._until_taken(client, addresses, named(code, turn))
                self.taken += 1
                if self.taken >= KILLED_AFTER:
                    self.many_taken.set()

    async def _until_taken(self, client: httpx2.AsyncClient, addresses: Any, event: dict[str, Any]) -> None:
        for address in addresses:
            try:
                answer = await client.post(f"{address}/events", json=[event])
            except httpx2.TransportError:
                continue
            if answer.status_code == 200:
                [receipt] = answer.json()["receipts"]
                assert receipt["error"] is None
                return


def named(code: str, turn: int) -> dict[str, Any]:
    time = f"2026-04-01T10:{turn:02}:00+09:00"
    envelope = {"specversion": "1.0", "type": "customer360.store.v1", "source": "/pos", "id": f"{code}-{turn}", "time": time}
    return {**envelope, "subject": code, "data": {"name": f"Store {turn}", "kind": "SHOP"}}


async def numbered(store: Store) -> list[list[Any]]:
    """Return key, number and time of all changes of stores, once the server that is left has numbered every one."""
    with anyio.fail_after(PATIENCE):
        while True:
            rows = await store.read(NUMBERED)
            if all(seq is not None for _, seq, _ in rows):
                return rows
            await anyio.sleep(0.1)
