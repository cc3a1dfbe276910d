"""LINE: messages, unsent messages, standby, friends, and messages that are pushed to a little server in LINE's place."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.connectors.line.push import LinePush, LineRefused, line_push
from api.process.settings import Settings
from graph.errors import InvalidInput, Overloaded, ServiceUnavailable
from graph.store import Store
from tests.api.connectors.conftest import Doors, listening, recorded
from tests.conftest import wipe

USER = "U0000000000000000000000000000test"
TEXT: list[dict[str, Any]] = [{"type": "text", "text": "ご来店をお待ちしております"}]
KEY = UUID("00000000-0000-4000-8000-000000000001")
MESSAGE = "MATCH (t:SocialMessage {external_id: $p.id}) RETURN t.text, t.summary, t.direction, t.channel, t.attention"
CONSENTS = "MATCH (c:Consent) RETURN c.purpose, c.state ORDER BY c.purpose"


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


async def message(store: Store, message_id: str) -> list[Any]:
    return (await store.read(MESSAGE, {"id": message_id}))[0]


async def test_a_message_that_is_unsent_loses_its_words_and_stays_a_fact_whichever_comes_first(
    doors: Doors, store: Store
) -> None:
    await doors.recorded("line", "late")
    assert (await message(store, "500000000000000001"))[:4] == ["在庫はありますか", None, "INBOUND", "LINE"]
    await doors.recorded("line", "good_2")
    assert (await message(store, "500000000000000001"))[:4] == [None, None, "INBOUND", "LINE"]
    await wipe(store)
    await doors.recorded("line", "good_2")
    await doors.recorded("line", "late")
    assert (await message(store, "500000000000000001"))[:4] == [None, None, "INBOUND", "LINE"]
    everything = await store.read("MATCH (n) RETURN properties(n)", {})
    assert "在庫" not in str(everything)


async def test_a_redelivery_is_the_delivery(doors: Doors) -> None:
    first = await doors.recorded("line", "good_1")
    body = json.loads(recorded("line", "good_1"))
    for each in body["events"]:
        each["deliveryContext"]["isRedelivery"] = True
    again = await doors.deliver("line", json.dumps(body, ensure_ascii=False).encode())
    assert again == [{**receipt, "outcome": "REPEATED"} for receipt in first]


async def test_a_message_waits_for_an_answer_unless_another_system_has_the_conversation(doors: Doors, store: Store) -> None:
    body = json.loads(recorded("line", "late"))
    [event] = body["events"]
    await doors.deliver("line", json.dumps(body).encode())
    standby = event | {
        "mode": "standby",
        "webhookEventId": "01STANDBY",
        "message": event["message"] | {"id": "500000000000000009"},
    }
    del standby["replyToken"]
    await doors.deliver("line", json.dumps(body | {"events": [standby]}).encode())
    assert "UNANSWERED" in str((await message(store, "500000000000000001"))[4])
    assert "UNANSWERED" not in str((await message(store, "500000000000000009"))[4])


async def test_who_follows_agrees_and_who_blocks_refuses_whatever_comes_first(doors: Doors, store: Store) -> None:
    await doors.recorded("line", "good_1")
    assert await store.read(CONSENTS, {}) == [["MARKETING", "GRANTED"], ["SERVICE", "GRANTED"], ["SURVEY", None]]
    blocked = [["MARKETING", "REFUSED"], ["SERVICE", "REFUSED"], ["SURVEY", "REFUSED"]]
    await doors.recorded("line", "good_2")
    assert await store.read(CONSENTS, {}) == blocked
    await wipe(store)
    await doors.recorded("line", "good_2")
    await doors.recorded("line", "good_1")
    assert await store.read(CONSENTS, {}) == blocked


async def test_a_message_that_is_no_text_says_what_it_is(doors: Doors, store: Store) -> None:
    await doors.recorded("line", "good_1")
    assert (await message(store, "500000000000000002"))[:2] == [None, "ファイル: 見積書.pdf"]


@dataclass(slots=True)
class Line:
    """LINE's place: it keeps what it accepted by its retry key, and answers a `status` first where a test sets one."""

    statuses: list[int] = field(default_factory=list[int])
    accepted: dict[str, Any] = field(default_factory=dict[str, Any])

    async def take(self, request: Request) -> Response:
        if self.statuses:
            return JSONResponse({"message": "no"}, self.statuses.pop(0), {"Retry-After": "7"})
        if request.headers["authorization"] != "Bearer made-up-token":
            return JSONResponse({"message": "Authentication failed"}, 401)
        key = request.headers["x-line-retry-key"]
        if key in self.accepted:
            return JSONResponse({"message": "accepted"}, 409, {"x-line-accepted-request-id": "request-1"})
        self.accepted[key] = await request.json()
        return JSONResponse({"sentMessages": [{"id": "1"}]}, 200, {"x-line-request-id": "request-1"})


@pytest.fixture
async def line_and_push(tmp_path: Path) -> AsyncIterator[tuple[Line, LinePush]]:
    line = Line()
    routes = [Route("/v2/bot/message/push", line.take, methods=["POST"])]
    settings = Settings(_env_file=None, data_folder=tmp_path, line_access_token="made-up-token")
    async with listening(routes) as address, httpx2.AsyncClient(base_url=address, trust_env=False) as client:
        push = line_push(settings, client)
        assert push is not None
        yield line, push


async def test_a_message_is_pushed_once_however_often_it_is_sent_under_one_key(line_and_push: tuple[Line, LinePush]) -> None:
    line, push = line_and_push
    first = await push.push(USER, TEXT, KEY)
    again = await push.push(USER, TEXT, KEY)
    assert (first.request_id, first.before, again.request_id, again.before) == ("request-1", False, "request-1", True)
    assert line.accepted == {str(KEY): {"to": USER, "messages": TEXT}}


async def test_what_may_have_been_accepted_is_sent_again_and_what_is_refused_is_not(
    line_and_push: tuple[Line, LinePush],
) -> None:
    line, push = line_and_push
    line.statuses = [500, 429, 400]
    with pytest.raises(ServiceUnavailable):
        await push.push(USER, TEXT, KEY)
    with pytest.raises(Overloaded) as overloaded:
        await push.push(USER, TEXT, KEY)
    assert overloaded.value.retry_after == 7
    with pytest.raises(LineRefused):
        await push.push(USER, TEXT, KEY)
    with pytest.raises(LineRefused):
        await LinePush(push.client, "another-token").push(USER, TEXT, KEY)
    with pytest.raises(InvalidInput):
        await push.push(USER, [], KEY)
    assert line.accepted == {}


async def test_where_nobody_listens_it_is_not_known_whether_it_was_accepted() -> None:
    async with httpx2.AsyncClient(base_url="http://127.0.0.1:9", trust_env=False) as client:
        with pytest.raises(ServiceUnavailable):
            await LinePush(client, "made-up-token").push(USER, TEXT, KEY)


def test_without_an_access_token_nothing_is_pushed(tmp_path: Path) -> None:
    assert line_push(Settings(_env_file=None, data_folder=tmp_path), httpx2.AsyncClient()) is None
