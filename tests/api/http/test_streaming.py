"""Subscriptions over server-sent events: what happens is told within moments, to those who may see it, and none is missed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest

from graph.changes.numbering import IS_NEW
from graph.store import Store
from resolvers.engine import ids
from tests.admin.people import told
from tests.running import Running, running

ADDED = """subscription Added($customer: ID, $after: String) {
  touchpointAdded(customerId: $customer, after: $after) { cursor touchpoint { id kind store { code } } }
}"""
CHANGED = "subscription Changed($id: ID!) { customerChanged(id: $id) { cursor customer { id name phone } } }"
CHANGES = "subscription All($types: [String!], $after: String) { changes(types: $types, after: $after) { cursor type key refs } }"
MOMENT = 20
"""Seconds within which an event has to come on a machine that does other things."""


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("streaming")) as started:
        yield started


@pytest.fixture(scope="module")
async def hanako(server: Running) -> str:
    return await told(server)


def visit(number: str, store: str = "shibuya") -> dict[str, Any]:
    return {
        "specversion": "1.0", "type": "customer360.interaction.v1", "source": "/shop", "id": f"visit-{number}",
        "time": "2026-04-01T10:00:00Z",
        "data": {"kind": "STORE_VISIT", "store": store, "by": {"identifiers": [{"kind": "PHONE", "value": "090-1111-2222"}]}},
    }  # fmt: skip


@asynccontextmanager
async def following(
    server: Running, query: str, role: str = "call_center", claims: dict[str, Any] | None = None, **variables: Any
) -> AsyncGenerator[AsyncGenerator[dict[str, Any]]]:
    """Open a stream; what it gives are the bodies of its events."""
    while await server.store.read(IS_NEW):
        await anyio.sleep(0.05)
    headers = {**server.bearer(role, claims), "Accept": "text/event-stream"}
    body = {"query": query, "variables": variables}
    async with server.client.stream("POST", "/graphql", json=body, headers=headers) as answer:
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/event-stream")
        lines = answer.aiter_lines()
        assert await anext(lines) == ":"  # it is open: what happens from now on comes
        yield bodies(lines)


async def bodies(lines: AsyncIterator[str]) -> AsyncGenerator[dict[str, Any]]:
    name = ""
    async for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: ") and name == "next":
            yield json.loads(line.removeprefix("data: "))


async def soon(events: AsyncGenerator[dict[str, Any]]) -> dict[str, Any]:
    async with asyncio.timeout(MOMENT):
        return await anext(events)


async def test_a_visit_is_told_as_it_is_recorded(server: Running, hanako: str) -> None:
    async with following(server, ADDED) as events:
        await server.post([visit("told")])
        event = (await soon(events))["data"]["touchpointAdded"]
    assert (event["touchpoint"]["kind"], event["touchpoint"]["store"]) == ("STORE_VISIT", {"code": "shibuya"})


async def test_who_lost_the_connection_goes_on_after_the_last_cursor_and_misses_nothing(server: Running, hanako: str) -> None:
    async with following(server, ADDED) as events:
        await server.post([visit("seen")])
        last = (await soon(events))["data"]["touchpointAdded"]
    await server.post([visit("missed-1"), visit("missed-2")])
    async with following(server, ADDED, after=last["cursor"]) as events:
        missed = [(await soon(events))["data"]["touchpointAdded"] for _ in range(2)]
        await server.post([visit("new")])
        new = (await soon(events))["data"]["touchpointAdded"]
    found = [last, *missed, new]
    assert len({each["cursor"] for each in found}) == 4
    assert len({each["touchpoint"]["id"] for each in found}) == 4


async def test_each_reads_the_event_as_they_read_everything(server: Running, hanako: str) -> None:
    phone = {"kind": "PHONE", "value": "090-9876-5432"}
    person = {
        "specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "id": "nine", "subject": "U-9",
        "time": "2026-05-01T10:00:00Z", "data": {"name": {"full": "検体 九子"}, "identifiers": [phone]},
    }  # fmt: skip
    came = visit("of-nine")
    came["data"]["by"] = {"record": {"source": "/ec", "subject": "U-9"}}
    await server.post([person, came])
    by_phone = "query ($p: String!) { customer(by: {phone: $p}) { id } }"
    found = (await server.ask(by_phone, p=phone["value"]))["data"]["customer"]["id"]
    staff = following(server, CHANGED, "store_staff", {"stores": ["shibuya"]}, id=found)
    async with following(server, CHANGED, id=found) as clear, staff as masked:
        changed = {**person, "id": "nine-again", "time": "2026-05-02T10:00:00Z", "data": {"name": {"full": "検体 久子"}}}
        await server.post([changed])
        phones = [(await soon(each))["data"]["customerChanged"]["customer"]["phone"] for each in (clear, masked)]
    assert phones[0] == "+819098765432"
    assert "****" in phones[1]


async def test_nothing_is_told_of_whom_somebody_does_not_read(server: Running, hanako: str) -> None:
    async with following(server, ADDED, "store_staff", {"stores": ["ginza"]}) as theirs:
        await server.post([visit("in-shibuya"), visit("in-ginza", "ginza")])
        event = (await soon(theirs))["data"]["touchpointAdded"]
    assert event["touchpoint"]["store"] == {"code": "ginza"}


async def test_changes_are_told_without_values_by_type(server: Running, hanako: str) -> None:
    async with following(server, CHANGES, "steward", types=["touchpoint.added"]) as events:
        await server.post([visit("named")])
        event = (await soon(events))["data"]["changes"]
    assert event["type"] == "touchpoint.added"
    assert ids.decode(event["refs"][0]).type_name == "Touchpoint"


@pytest.mark.parametrize(
    ("query", "role", "variables", "code"),
    [
        (CHANGED, "call_center", {"id": "x"}, "INVALID_INPUT"),
        (ADDED, "call_center", {"after": "x"}, "INVALID_INPUT"),
        (CHANGES, "call_center", {}, "FORBIDDEN"),
        ("subscription { nothing }", "call_center", {}, "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_what_cannot_be_followed_is_refused_before_a_stream_begins(
    server: Running, query: str, role: str, variables: dict[str, Any], code: str
) -> None:
    headers = {**server.bearer(role), "Accept": "text/event-stream"}
    answer = await server.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == code


async def test_a_query_is_answered_as_a_stream_of_one(server: Running) -> None:
    headers = {**server.bearer("call_center"), "Accept": "text/event-stream"}
    answer = await server.client.post("/graphql", json={"query": "{ viewer { roles } }"}, headers=headers)
    begun, event, *rest = answer.text.split("\n\n")
    assert (begun, rest) == (":", ["event: complete\ndata:", ""])
    assert json.loads(event.removeprefix("event: next\ndata: "))["data"] == {"viewer": {"roles": ["call_center"]}}


async def test_a_sender_has_few_streams_open_at_once(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resolvers.live.places.MOST_OPEN", 1)
    headers = {**server.bearer("call_center"), "Accept": "text/event-stream"}
    async with following(server, ADDED):
        refused = await server.client.post("/graphql", json={"query": ADDED}, headers=headers)
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (429, "THROTTLED")
        async with following(server, ADDED, "steward"):
            pass


async def test_a_subscription_without_a_stream_is_refused_with_what_to_do(server: Running) -> None:
    body = await server.ask(CHANGES, "steward")
    assert body["errors"][0]["extensions"]["code"] == "SUBSCRIPTION_NOT_ALLOWED"
    assert "text/event-stream" in body["errors"][0]["message"]


async def test_a_session_that_ends_ends_the_stream(server: Running, hanako: str) -> None:
    headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
    async with httpx2.AsyncClient(base_url=server.address, headers=headers, timeout=60) as browser:
        await browser.post("/sign-in", data={"role": "call_center"})
        body = {"query": ADDED}
        stream = browser.stream("POST", "/graphql", json=body, headers={"Accept": "text/event-stream"})
        async with stream as answer:
            lines = answer.aiter_lines()
            assert await anext(lines) == ":"
            await server.store.write(lambda t: t.run("MATCH (s:Session {subject: 'development-call_center'}) DETACH DELETE s"))
            async with asyncio.timeout(MOMENT):
                *_, event = [event async for event in bodies(lines)]
    assert event["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_server_that_stops_ends_its_streams_and_says_so(store: Store, tmp_path: Path) -> None:
    async with httpx2.AsyncClient(timeout=60) as client:
        async with running(store, tmp_path) as started:
            headers = {**started.bearer("call_center"), "Accept": "text/event-stream"}
            request = client.build_request("POST", f"{started.address}/graphql", json={"query": ADDED}, headers=headers)
            lines = (await client.send(request, stream=True)).aiter_lines()
            assert await anext(lines) == ":"
        [told] = [event async for event in bodies(lines)]
    assert told["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
