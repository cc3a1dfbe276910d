"""The whole server, listening on a free port of this machine for as long as a test needs it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import orjson
import uvicorn
from starlette.routing import Route

from api.access.cookies import key_of
from api.access.development_tokens import Tokens, claims_of
from api.http.app import PATIENCE_SECONDS, create_app
from api.http.connections import bounded
from api.http.graphql import LARGEST_REQUEST
from api.http.serving import GRACE_SECONDS, StreamingServer
from api.process.local_keys import local_key
from api.process.settings import Settings
from graph.identity.blocking import NOTHING_LISTED
from graph.sessions.sessions import Session, begin_session, end_session
from graph.store import Store
from resolvers.access.roles import Role
from tests.searchable import until_searchable

SECRET = "secret-that-every-test-knows"
SIGNED_IN = {"customer360_session": SECRET}
"""Cookies of a browser whose person has signed in."""
IN_CHROMIUM: Sequence[Any] = [
    {"name": name, "value": value, "domain": "127.0.0.1", "path": "/"} for name, value in SIGNED_IN.items()
]
BATCH = "application/cloudevents-batch+json"


@dataclass(frozen=True, slots=True)
class Running:
    """A running server: its address and what it takes to talk to it."""

    address: str
    tokens: Tokens
    client: httpx2.AsyncClient
    store: Store
    data_folder: Path

    def bearer(self, role: str, claims: Mapping[str, Any] | None = None) -> dict[str, str]:
        """Return the header of somebody of a role, with `claims` beside those of the demo town."""
        return {"Authorization": f"Bearer {self.tokens.issue(role, beside=claims)}"}

    async def post(self, events: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send events through the intake and return their receipts; every one of them must land and be found by its text."""
        headers = {**self.bearer("admin"), "Content-Type": BATCH}
        answer = await self.client.post("/events", json=list(events), headers=headers)
        assert answer.status_code == 200, answer.text
        receipts = answer.json()["receipts"]
        assert [receipt for receipt in receipts if receipt["error"]] == []
        await until_searchable(self.store)
        return receipts

    async def ask(
        self, query: str, role: str = "admin", claims: Mapping[str, Any] | None = None, **variables: Any
    ) -> dict[str, Any]:
        """Return the body of a GraphQL answer over HTTP."""
        body = {"query": query, "variables": variables}
        answer = await self.client.post("/graphql", json=body, headers=self.bearer(role, claims))
        return answer.json()


async def sign_in(store: Store) -> None:
    """Begin a session of an administrator whose secret the tests know."""
    claims = orjson.dumps(claims_of(Role.ADMIN)).decode()
    await end_session(store, key_of(SECRET))
    await begin_session(store, key_of(SECRET), Session("development-admin", claims), datetime.now(UTC))


@asynccontextmanager
async def running(
    store: Store,
    data_folder: Path,
    port: int = 0,
    patience: float = PATIENCE_SECONDS,
    more: Sequence[Route] = (),
    **settings: Any,
) -> AsyncIterator[Running]:
    """Run the server on a store until the block ends, at a port that is free if none is given; it has `more` routes."""
    chosen = Settings(data_folder=data_folder, **settings)
    app = create_app(chosen, store, NOTHING_LISTED, patience=patience)
    app.router.routes.extend(more)
    config = uvicorn.Config(
        app,
        http=bounded(chosen.connections_per_address),
        host="127.0.0.1",
        port=port,
        log_config=None,
        ws_max_size=LARGEST_REQUEST,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = StreamingServer(config)
    server.end_streams = app.state.end_streams
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the server did not start"
        await asyncio.sleep(0.01)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    await sign_in(store)
    async with httpx2.AsyncClient(base_url=address, timeout=60, cookies=SIGNED_IN) as client:
        yield Running(address, Tokens(local_key(data_folder, "tokens")), client, store, data_folder)
    server.should_exit = True
    await task
