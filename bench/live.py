"""How soon open pages and subscribers are told of a visit, and what one costs who does not read."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson

from api.access.cookies import key_of
from api.access.development_tokens import Tokens, claims_of
from api.http.streaming import SLOW_SECONDS
from bench.connection import Connection
from bench.customers import person, phone
from bench.figures import Figure
from bench.history import CUSTOMER as CUSTOMER_OF
from bench.open_stream import OpenStream
from bench.servers import resident_megabytes
from bench.view import QUERY, node_id
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.sessions.sessions import Session, begin_session
from graph.store import Store
from resolvers.access.roles import Role

PAGES, SUBSCRIBERS, OF_ONE_SENDER = 200, 500, 10
VISITED = 7_000_000
"""Number of a customer of whom nothing else here tells."""
WARM_UP, ROUNDS = 3, 20
BETWEEN_SECONDS = 1.0
"""Between two visits: what comes in quick succession is told together."""
TARGET_MS = 1_000
MOST_GROWTH_MB = 64
NINETY_FIFTH = 94
ADDED = "subscription { touchpointAdded { cursor touchpoint { id kind } } }"
LONG = "在庫の色を見たい。" * 4_000
# All of a customer's view with each of their visits: with long notes soon more than the system keeps for who does not read
WHOLE = (
    QUERY.replace("query View($id: ID!)", "subscription Whole($id: ID!)")
    .replace("customer(by: {id: $id})", "customerChanged(id: $id) { customer")
    .rstrip()
    + "\n}"
)


async def visited(store: Store) -> str:
    """Return the global id of the customer whose visits these are: the newest that they have, so they come on the first page."""
    told = person(VISITED)
    await record(store, [read_event(told, b"bench")])
    [[customer]] = await store.read(CUSTOMER_OF, {"key": f"/bench:{told['subject']}"})
    return node_id("Customer", customer)


async def time_pages(store: Store, address: str, token: str) -> Figure:
    """Return the 95th percentile from the posting of a visit to its event, over open pages of the customer and of the day."""
    paths = [f"/admin/customers/{await visited(store)}/live", "/admin/live"]
    pages = [await _page(store, address, paths[number % 2]) for number in range(PAGES)]
    spent = await _visits(address, token, [(page, b"hx-upsert") for page in pages])
    for page in pages:
        page.close()
    return _figure("live_pages_p95", spent)


async def time_subscribers(store: Store, address: str, tokens: Tokens, pid: int) -> list[Figure]:
    """Return the same over subscribers of /graphql, one of whom does not read, and by how much the server has grown."""
    names = [f"bench-{number // OF_ONE_SENDER}" for number in range(SUBSCRIBERS - 1)]
    others = [await _subscriber(address, tokens, name, ADDED, {}) for name in names]
    deaf = await _subscriber(address, tokens, "deaf", WHOLE, {"id": await visited(store)})
    deaf.stop_reading()
    before = resident_megabytes(pid)
    spent = await _visits(address, tokens.issue("admin"), [(each, b"touchpointAdded") for each in others], LONG)
    await asyncio.sleep(SLOW_SECONDS)
    grown = resident_megabytes(pid) - before
    await asyncio.wait_for(deaf.ended(), SLOW_SECONDS)
    await _visit(await Connection.open(address, tokens.issue("admin")))
    await asyncio.gather(*(each.until(b"touchpointAdded") for each in others))
    for each in others:
        each.close()
    return [
        _figure("live_subscribers_p95", spent),
        Figure("live_subscribers_mb", grown, "MB", target=MOST_GROWTH_MB, ok=grown <= MOST_GROWTH_MB),
    ]


def _figure(name: str, seconds: Sequence[float]) -> Figure:
    value = statistics.quantiles(seconds, n=100)[NINETY_FIFTH] * 1_000
    return Figure(name, value, "ms", target=TARGET_MS, ok=value <= TARGET_MS)


async def _visits(address: str, token: str, waiting: Sequence[tuple[OpenStream, bytes]], note: str = "") -> list[float]:
    """Post visits one after the other; return the seconds after which each of those who wait had each of them."""
    spent: list[float] = []
    for turn in range(WARM_UP + ROUNDS):
        connection = await Connection.open(address, token)  # one that idles is closed
        telling = [asyncio.create_task(stream.until(text)) for stream, text in waiting]
        began = time.perf_counter()
        await _visit(connection, note)
        came = await asyncio.gather(*telling)
        if turn >= WARM_UP:
            spent += [moment - began for moment in came]
        connection.close()
        await asyncio.sleep(BETWEEN_SECONDS)
    return spent


async def _visit(connection: Connection, note: str = "") -> None:
    """Post a visit of that customer in one of the stores, and what was noted of it."""
    now = datetime.now(UTC).isoformat()
    by = {"identifiers": [{"kind": "PHONE", "value": phone(VISITED)}]}
    data = {"kind": "STORE_VISIT", "store": "S1", "by": by, "text": note}
    envelope = {"specversion": "1.0", "type": "customer360.interaction.v1", "source": "/bench", "id": f"visit-{uuid4().hex}"}
    await connection.post("/events", {**envelope, "time": now, "data": data}, "application/cloudevents+json")


async def _page(store: Store, address: str, path: str) -> OpenStream:
    """Sign somebody new in and open the stream of a page, as the page does that has just been read."""
    secret = uuid4().hex
    claims = {**claims_of(Role.CALL_CENTER), "sub": f"bench-{secret}"}
    await begin_session(store, key_of(secret), Session(claims["sub"], orjson.dumps(claims).decode()), datetime.now(UTC))
    [[seq]] = await store.read("OPTIONAL MATCH (l:Lease {name: 'changes'}) RETURN coalesce(l.seq, 0)")
    headers = f"Cookie: customer360_session={secret}\nAccept: text/event-stream\nHX-Request: true"
    return await OpenStream.open(address, f"GET {path}?after={seq}\n{headers}", b"live-state")


async def _subscriber(address: str, tokens: Tokens, name: str, query: str, variables: dict[str, Any]) -> OpenStream:
    token = tokens.issue("call_center", beside={"sub": name})
    headers = f"Authorization: Bearer {token}\nAccept: text/event-stream\nContent-Type: application/json"
    body = orjson.dumps({"query": query, "variables": variables})
    return await OpenStream.open(address, f"POST /graphql\n{headers}", b":\n", body)
