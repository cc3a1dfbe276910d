"""kill -9 of the program while an endpoint has a request and has not answered: it gets it again, and everything after it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from graph.local import LocalServer
from graph.store import Store
from tests.receiving import HANG, Receiver, receiving
from tests.running import BATCH
from tests.served import Served, graph_of, served

SECONDS = 60


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as listening:
        yield listening


def store_event(number: int) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.store.v1", "source": "/erp", "id": f"store-{number}"}
    time = f"2026-04-01T10:{number:02d}:00Z"
    return {**envelope, "subject": "ginza", "time": time, "data": {"name": f"銀座 {number}", "kind": "SHOP"}}


async def post(server: Served, folder: Path, path: str, body: Any, kind: str = "application/json") -> dict[str, Any]:
    token = Tokens(local_key(folder / "data", "tokens")).issue("admin")
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
    async with httpx2.AsyncClient(base_url=server.root, timeout=60, trust_env=False) as client:
        return (await client.post(path, json=body, headers=headers)).raise_for_status().json()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not holds():
            await asyncio.sleep(0.05)


async def test_a_request_that_was_under_way_is_sent_again_and_no_change_is_lost(
    store: Store, neo4j_server: LocalServer, receiver: Receiver, tmp_path: Path
) -> None:
    settings = {**graph_of(neo4j_server), "WEBHOOK_LOOPBACK": "true"}
    receiver.will(HANG)
    create = "mutation ($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) { secret } }"
    given = {"idempotencyKey": "one", "url": receiver.address, "types": ["store"]}
    with served(tmp_path, settings) as first:
        made = await post(first, tmp_path, "/graphql", {"query": create, "variables": {"input": given}})
        assert made["data"]["webhookEndpointCreate"]["secret"]
        for number in range(3):
            [receipt] = (await post(first, tmp_path, "/events", [store_event(number)], BATCH))["receipts"]
            assert receipt["error"] is None
        await until(lambda: len(receiver.received) == 1)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    receiver.will(200)
    with served(tmp_path, settings):
        await until(lambda: len(receiver.received) >= 4)
    ids = [each.id for each in receiver.received]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    seqs = await store.read("MATCH (d:WebhookDelivery) RETURN d.message, d.seq, d.state ORDER BY d.seq")
    assert [message for message, _, _ in seqs] == list(dict.fromkeys(ids))
    assert {state for _, _, state in seqs[:2]} == {"DELIVERED"}
