"""Operations over a WebSocket, as clients of graphql-transport-ws hold the conversation."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from graph.changes.numbering import IS_NEW
from graph.keys import store_id
from graph.store import Store
from resolvers.engine.ids import encode
from tests.admin.people import event, told
from tests.api.http.test_streaming import ADDED, MOMENT, visit
from tests.running import SIGNED_IN, Running, running

PROTOCOL: Any = "graphql-transport-ws"
ME = {"query": "{ viewer { name roles } }"}


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("websocket")) as started:
        await told(started)
        yield started


@asynccontextmanager
async def connected(server: Running, protocol: str = PROTOCOL, **headers: str) -> AsyncIterator[ClientConnection]:
    address = server.address.replace("http:", "ws:") + "/graphql"
    subprotocols: Any = [protocol]
    async with connect(address, subprotocols=subprotocols, additional_headers=headers) as connection:
        yield connection


async def say(connection: ClientConnection, type_: str, **members: Any) -> None:
    await connection.send(json.dumps({"type": type_, **members}))


async def heard(connection: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(MOMENT):
        return json.loads(await connection.recv())


async def begin(connection: ClientConnection, payload: dict[str, Any] | None = None) -> None:
    await say(connection, "connection_init", payload=payload)
    assert await heard(connection) == {"type": "connection_ack"}


async def closed(connection: ClientConnection) -> int:
    """Return the code with which the server ends the connection."""
    with pytest.raises(ConnectionClosed) as ended:
        await heard(connection)
    assert ended.value.rcvd is not None
    return ended.value.rcvd.code


async def all_numbered(store: Store) -> None:
    while await store.read(IS_NEW):
        await anyio.sleep(0.05)


async def test_a_visit_is_told_until_the_client_has_enough(server: Running) -> None:
    await all_numbered(server.store)
    async with connected(server) as connection:
        await begin(connection, server.bearer("call_center"))
        await say(connection, "subscribe", id="visits", payload={"query": ADDED})
        await say(connection, "subscribe", id="me", payload=ME)  # its answer comes when the first has begun
        assert (await heard(connection))["id"] == "me"
        assert await heard(connection) == {"id": "me", "type": "complete"}
        await server.post([visit("by-socket")])
        event = await heard(connection)
        assert (event["id"], event["type"]) == ("visits", "next")
        cursor = event["payload"]["data"]["touchpointAdded"]["cursor"]
        await say(connection, "complete", id="visits")
        await server.post([visit("unheard")])
        await say(connection, "subscribe", id="visits", payload={"query": ADDED, "variables": {"after": cursor}})
        again = await heard(connection)
    assert (again["id"], again["payload"]["data"]["touchpointAdded"]["touchpoint"]["kind"]) == ("visits", "STORE_VISIT")


STOCK = """
subscription Stock($storeIds: [ID!]) {
  stockChanged(storeIds: $storeIds) { level { onHand available product { sku } store { code } } }
}
"""


def moved(own_id: str, store: str) -> dict[str, Any]:
    data = {"kind": "RECEIPT", "sku": "SOCKET-1", "store": store, "quantity": 3}
    return event("inventory", "/wms", own_id, "2026-04-01T09:00:00+09:00", data)


async def test_stock_that_changes_at_the_stores_that_were_asked_for_is_told(server: Running) -> None:
    await server.post([moved("m-0", "socket-ginza"), moved("m-1", "socket-osaka")])
    await all_numbered(server.store)
    async with connected(server) as connection:
        await begin(connection, server.bearer("call_center"))
        wanted = {"storeIds": [encode("Store", store_id("socket-ginza"))]}
        await say(connection, "subscribe", id="stock", payload={"query": STOCK, "variables": wanted})
        await say(connection, "subscribe", id="me", payload=ME)
        assert (await heard(connection))["id"] == "me"
        assert await heard(connection) == {"id": "me", "type": "complete"}
        await server.post([moved("m-2", "socket-osaka"), moved("m-3", "socket-ginza")])
        heard_of = await heard(connection)
    assert (heard_of["id"], heard_of["type"]) == ("stock", "next")
    level = {"onHand": 6, "available": 6, "product": {"sku": "SOCKET-1"}, "store": {"code": "socket-ginza"}}
    assert heard_of["payload"]["data"]["stockChanged"]["level"] == level


async def test_queries_and_mutations_are_answered_and_what_is_refused_ends_alone(server: Running) -> None:
    async with connected(server) as connection:
        await begin(connection, server.bearer("steward"))
        await say(connection, "subscribe", id="1", payload=ME)
        assert (await heard(connection))["payload"]["data"]["viewer"]["roles"] == ["steward"]
        assert (await heard(connection))["type"] == "complete"
        await say(connection, "subscribe", id="2", payload={"query": "{ nothing }"})
        refused = await heard(connection)
        assert (refused["type"], refused["payload"][0]["extensions"]["code"]) == ("error", "GRAPHQL_VALIDATION_FAILED")
        await say(connection, "subscribe", id="3", payload={"query": 1})
        assert (await heard(connection))["payload"][0]["extensions"]["code"] == "MALFORMED_REQUEST"
        await say(connection, "subscribe", id="2", payload=ME)  # its id is free again
        assert (await heard(connection))["type"] == "next"


async def test_each_reads_as_their_role_does(server: Running) -> None:
    async with connected(server) as connection:
        await begin(connection, server.bearer("analyst"))
        await say(connection, "subscribe", id="1", payload={"query": "subscription { changes { cursor } }"})
        refused = await heard(connection)
    assert (refused["type"], refused["payload"][0]["extensions"]["code"]) == ("error", "FORBIDDEN")


async def test_a_ping_is_answered(server: Running) -> None:
    async with connected(server) as connection:
        await say(connection, "ping")
        assert await heard(connection) == {"type": "pong"}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["no JSON"], 4400),
        (["[]"], 4400),
        (['{"type": "start"}'], 4400),
        ([json.dumps({"type": "subscribe", "id": "1", "payload": ME})], 4401),
        (['{"type": "connection_init"}'], 4403),
        (['{"type": "connection_init", "payload": {"Authorization": "Bearer made-up"}}'], 4403),
    ],
)
async def test_what_is_no_conversation_ends_with_the_code_of_the_protocol(
    server: Running, messages: list[str], code: int
) -> None:
    async with connected(server) as connection:
        for message in messages:
            await connection.send(message)
        assert await closed(connection) == code


@pytest.mark.parametrize(("payload", "code"), [({"type": "connection_init"}, 4429), ({"type": "subscribe"}, 4400)])
async def test_after_its_beginning_too(server: Running, payload: dict[str, Any], code: int) -> None:
    async with connected(server) as connection:
        await begin(connection, server.bearer("call_center"))
        await connection.send(json.dumps(payload))
        assert await closed(connection) == code


async def test_an_id_belongs_to_one_operation_at_a_time(server: Running) -> None:
    async with connected(server) as connection:
        await begin(connection, server.bearer("call_center"))
        for _ in range(2):
            await say(connection, "subscribe", id="1", payload={"query": ADDED})
        assert await closed(connection) == 4409


async def test_a_connection_that_does_not_begin_is_ended(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.websocket.INIT_SECONDS", 0)
    async with connected(server) as connection:
        assert await closed(connection) == 4408


async def test_the_older_protocol_is_not_spoken(server: Running) -> None:
    address = server.address.replace("http:", "ws:") + "/graphql"
    async with connect(address) as connection:
        assert await closed(connection) == 4406


async def test_a_message_may_be_as_large_as_a_request(server: Running) -> None:
    async with connected(server) as connection:
        await begin(connection, server.bearer("call_center"))
        await connection.send(" " * 256_001)
        assert await closed(connection) == 1009


COOKIES = "; ".join(f"{name}={value}" for name, value in SIGNED_IN.items())


async def test_a_page_of_this_server_needs_no_token(server: Running) -> None:
    async with connected(server, Cookie=COOKIES, Origin=server.address) as connection:
        await begin(connection)
        await say(connection, "subscribe", id="1", payload=ME)
        assert (await heard(connection))["payload"]["data"]["viewer"]["roles"] == ["admin"]


async def test_a_page_of_another_site_gets_no_connection(server: Running) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connected(server, Cookie=COOKIES, Origin="https://example.com"):
            pass
    assert refused.value.response.status_code == 403


async def test_a_cookie_alone_says_nothing(server: Running) -> None:
    async with connected(server, Cookie=COOKIES) as connection:
        await say(connection, "connection_init")
        assert await closed(connection) == 4403


async def test_a_session_that_ends_ends_the_connection(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.websocket.INIT_SECONDS", 3600)  # it is asked from the beginning on
    monkeypatch.setattr("api.http.websocket.CHECK_SECONDS", 1)
    headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
    async with httpx2.AsyncClient(base_url=server.address, headers=headers, timeout=60) as browser:
        await browser.post("/sign-in", data={"role": "call_center"})
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies.jar)
    async with connected(server, Cookie=cookies, Origin=server.address) as connection:
        await begin(connection)
        await server.store.write(lambda t: t.run("MATCH (s:Session {subject: 'development-call_center'}) DETACH DELETE s"))
        assert await closed(connection) == 4403


async def test_one_connection_has_few_operations_under_way(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.websocket.MOST_OPERATIONS", 1)
    async with connected(server) as connection:
        await begin(connection, server.bearer("call_center"))
        for key in ("1", "2"):
            await say(connection, "subscribe", id=key, payload={"query": ADDED})
        refused = await heard(connection)
    assert (refused["id"], refused["payload"][0]["extensions"]["code"]) == ("2", "THROTTLED")
