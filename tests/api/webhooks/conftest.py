"""What tests of webhooks share: an endpoint that listens, a clock that they turn, and changes to tell of."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from api.webhooks.deliverer import Deliverer
from api.webhooks.sending import Sender, client
from graph.changes.numbering import number_changes
from graph.store import Store
from graph.webhooks.guard import Guard
from graph.writes.changes import Change
from graph.writes.unit import Nodes, Unit, execute
from resolvers.access.viewer import Viewer
from resolvers.execution import execute as answer
from resolvers.webhooks.installation import Installation, use_installation
from tests.conftest import wipe
from tests.receiving import Receiver, receiving

KEY = b"a key that signs only in tests.."
ADMIN = Viewer("tester", frozenset({"admin"}))
keys = count()


@dataclass
class Post:
    """The whole way from a change to an endpoint; its clock, far ahead of that of commands, stands still until it is turned."""

    store: Store
    receiver: Receiver
    deliverer: Deliverer
    now: datetime

    async def ask(self, mutation: str, selected: str = "{ userErrors { code path message } }", **given: Any) -> dict[str, Any]:
        """Run a mutation and return its payload."""
        named = f"{mutation[0].upper()}{mutation[1:]}Input"
        query = f"mutation ($input: {named}!) {{ {mutation}(input: $input) {selected} }}"
        signed = {"idempotencyKey": f"key-{next(keys)}", **given}
        body = (await answer(self.store, query, {"input": signed}, None, ADMIN)).body
        assert "errors" not in body, body
        return body["data"][mutation]

    async def endpoint(self, path: str = "/hook", *types: str) -> tuple[str, str]:
        """Make an endpoint at the receiver and return its id and secret."""
        selected = "{ endpoint { id } secret userErrors { message } }"
        made = await self.ask("webhookEndpointCreate", selected, url=self.receiver.address + path, types=list(types))
        assert made["userErrors"] == []
        return made["endpoint"]["id"], made["secret"]

    async def change(self, *keys: str, type_: str = "store.changed") -> None:
        """Let something change, one transaction for each key, and have it numbered."""
        for key in keys:

            async def work(unit: Unit, key: str = key) -> None:
                unit.note(Change(f"Store:{key}", type_, (f"Store:{key}",), ("name",)))

            await execute(self.store, (Nodes,), work)
        while await number_changes(self.store, "relay"):
            pass

    async def deliver(self) -> None:
        """Let everything be sent that is due now, also what becomes due by it."""
        while await self.deliverer.turn():
            await self.deliverer.settled()

    async def pass_time(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)
        await self.deliver()

    async def log(self, endpoint: str, state: str | None = None) -> list[dict[str, Any]]:
        """Return an endpoint's deliveries, newest first."""
        query = """query ($id: ID!, $state: WebhookDeliveryState) { webhookEndpoint(id: $id) {
          deliveries(first: 100, state: $state) { edges { node { id messageId type state cursor repeated nextAttemptAt
            attempts { attemptedAt status failure answer } } } } } }"""
        body = (await answer(self.store, query, {"id": endpoint, "state": state}, None, ADMIN)).body
        assert "errors" not in body, body
        return [edge["node"] for edge in body["data"]["webhookEndpoint"]["deliveries"]["edges"]]


async def post_of(store: Store, receiver: Receiver) -> AsyncGenerator[Post]:
    guard = Guard(loopback=True)
    use_installation(Installation(KEY, guard))
    async with client() as sending:
        post = Post(store, receiver, None, datetime(2100, 1, 1, tzinfo=UTC))  # type: ignore[arg-type]
        # The last half second of a hanging endpoint is enough: what it does is to never answer.
        post.deliverer = Deliverer(store, Sender(sending, guard, 0.5), KEY, lambda: post.now, lambda: 0.0)
        yield post
        await post.deliverer.settled()
    use_installation(Installation())


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as listening:
        yield listening


@pytest.fixture
async def post(store: Store, receiver: Receiver) -> AsyncIterator[Post]:
    await wipe(store)
    async for each in post_of(store, receiver):
        yield each
