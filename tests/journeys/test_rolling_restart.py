"""Two servers of one graph are restarted in turn under load: each request is answered or refused, and none is lost."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
from collections import Counter
from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING, Any

import httpx2

from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from tests.conftest import wipe
from tests.served import graph_of, served

if TYPE_CHECKING:
    from pathlib import Path

    from graph.local import LocalServer
    from graph.store import Store

SENDERS = 6
ENOUGH = 40
"""Events that must have been taken between two steps."""
NUMBERS = count(1)
ONE = "application/cloudevents+json"


class Load:
    """Clients that send one event after the other, each on a connection of its own, until they are told to end."""

    def __init__(self, roots: list[str], token: str) -> None:
        self.roots = roots
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": ONE, "Connection": "close"}
        self.answers = Counter[int]()
        self.taken: list[str] = []
        self.over = False

    async def send(self) -> None:
        async with httpx2.AsyncClient(headers=self._headers, timeout=120) as client:
            while not self.over:
                event = visit(next(NUMBERS))
                status = 0
                while status != 200:
                    status = await self._tried(client, self.roots[next(NUMBERS) % len(self.roots)], event)
                self.taken.append(event["id"])

    async def _tried(self, client: httpx2.AsyncClient, root: str, event: dict[str, Any]) -> int:
        try:
            answer = await client.post(f"{root}/events", json=event)
        except httpx2.TransportError:
            return 0  # refused before it was read, which the log of the server shows
        self.answers[answer.status_code] += 1
        return answer.status_code

    async def until_more(self) -> None:
        enough = len(self.taken) + ENOUGH
        while len(self.taken) < enough:
            await asyncio.sleep(0.05)


def visit(number: int) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.interaction.v1", "source": "/pos", "id": f"v{number}"}
    by = {"record": {"source": "/pos", "subject": f"U{number % 20}"}}
    return {**envelope, "time": "2026-04-01T10:00:00+09:00", "data": {"kind": "STORE_VISIT", "by": by}}


def answered(messages: str) -> Counter[int]:
    """Return how many requests of events a server answered by status, as its log says."""
    lines = [json.loads(line) for line in messages.splitlines() if line.startswith("{")]
    assert [line for line in lines if line["event"] == "defect"] == []
    return Counter(line["status"] for line in lines if line["event"] == "request" and line["path"] == "/events")


async def test_what_a_server_began_it_answers_before_it_stops(store: Store, neo4j_server: LocalServer, tmp_path: Path) -> None:
    await wipe(store)
    folders = tmp_path / "one", tmp_path / "other"
    keys = [local_key(folders[0] / "data", name) for name in ("tokens", "ids", "webhooks", "digests")]
    shutil.copytree(folders[0] / "data", folders[1] / "data")
    graph, logged = graph_of(neo4j_server), Counter[int]()

    with ExitStack() as servers:
        stacks = [servers.enter_context(ExitStack()) for _ in folders]
        running = [stack.enter_context(served(folder, graph)) for stack, folder in zip(stacks, folders, strict=True)]
        load = Load([each.root for each in running], Tokens(keys[0]).issue("admin"))
        async with asyncio.TaskGroup() as tasks:
            for _ in range(SENDERS):
                tasks.create_task(load.send())
            for number, folder in enumerate(folders):
                await load.until_more()
                assert await asyncio.to_thread(running[number].stop, signal.SIGTERM) == 0
                logged += answered((folder / "messages.log").read_text())
                await load.until_more()
                stacks[number].close()
                again = await asyncio.to_thread(stacks[number].enter_context, served(folder, graph))
                running[number] = again
                load.roots[number] = again.root
            await load.until_more()
            load.over = True
        for number, folder in enumerate(folders):
            assert running[number].stop(signal.SIGTERM) == 0
            logged += answered((folder / "messages.log").read_text())
    assert logged == load.answers
    assert set(load.answers) <= {200, 503}
    rows = await store.read("MATCH (t:Touchpoint) RETURN count(t)")
    assert rows == [[len(load.taken)]]
    assert len(set(load.taken)) == len(load.taken)
