"""The whole server, listening on a free port of this machine for as long as a test needs it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import uvicorn

from api.access.tokens import Tokens
from api.http.app import create_app
from api.process.local_keys import local_key
from api.process.settings import Settings
from graph.identity.blocking import NOTHING_LISTED
from graph.store import Store
from tests.searchable import until_searchable

BATCH = "application/cloudevents-batch+json"


@dataclass(frozen=True, slots=True)
class Running:
    """A running server: its address and what it takes to talk to it."""

    address: str
    tokens: Tokens
    client: httpx2.AsyncClient
    store: Store

    def bearer(self, role: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens.issue(role)}"}

    async def post(self, events: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send events through the intake and return their receipts; every one of them must land and be found by its text."""
        headers = {**self.bearer("admin"), "Content-Type": BATCH}
        answer = await self.client.post("/events", json=list(events), headers=headers)
        assert answer.status_code == 200, answer.text
        receipts = answer.json()["receipts"]
        assert [receipt for receipt in receipts if receipt["error"]] == []
        await until_searchable(self.store)
        return receipts

    async def ask(self, query: str, role: str = "admin", **variables: Any) -> dict[str, Any]:
        """Return the body of a GraphQL answer over HTTP."""
        body = {"query": query, "variables": variables}
        answer = await self.client.post("/graphql", json=body, headers=self.bearer(role))
        return answer.json()


@asynccontextmanager
async def running(store: Store, data_folder: Path, **settings: Any) -> AsyncIterator[Running]:
    """Run the server on a store until the block ends."""
    chosen = Settings(data_folder=data_folder, **settings)
    config = uvicorn.Config(create_app(chosen, store, NOTHING_LISTED), host="127.0.0.1", port=0, log_config=None, ws="none")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the server did not start"
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    async with httpx2.AsyncClient(base_url=address, timeout=60) as client:
        yield Running(address, Tokens(local_key(data_folder, "tokens")), client, store)
    server.should_exit = True
    await task
