"""The event door on the whole application and a real graph: every form of sending, and every way of being refused."""

from __future__ import annotations

import asyncio
import json
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest
from jsonschema import Draft202012Validator

from api.access.development_tokens import Tokens
from api.http.app import create_app
from api.process.local_keys import local_key
from api.process.settings import Settings
from graph.identity.blocking import NOTHING_LISTED
from graph.intake.event_types import EVENT_TYPES
from graph.store import Store

ROOT = "http://127.0.0.1"
ONE, BATCH, LINES = "application/cloudevents+json", "application/cloudevents-batch+json", "application/x-ndjson"
NUMBERS = count(1)
Raw = dict[str, Any]


def person(name: str, **data: Any) -> Raw:
    subject = f"{name}-{next(NUMBERS)}"
    envelope = {
        "specversion": "1.0",
        "type": "customer360.person.v1",
        "source": "/door",
        "id": f"e-{subject}",
        "subject": subject,
    }
    return {**envelope, "time": "2026-04-01T10:00:00+09:00", "data": {"name": {"full": "試験 太郎"}, **data}}


def bad() -> Raw:
    return person("bad", nmae="x")


def settings(folder: Path, **values: Any) -> Settings:
    return Settings(_env_file=None, data_folder=folder, body_limit=200_000, **values)


class Door:
    """The application with its writer running, and a client with a token."""

    def __init__(self, client: httpx2.AsyncClient, tokens: Tokens) -> None:
        self.client = client
        self.admin = tokens.issue("admin")
        self.call_center = tokens.issue("call_center")

    async def post(self, body: object, media_type: str = ONE, path: str = "/events", **headers: str) -> httpx2.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self.admin}", "Content-Type": media_type, "Accept-Language": "en", **headers}
        return await self.client.post(path, content=content, headers=sent)

    async def receipts(self, body: object, media_type: str = ONE, path: str = "/events", **headers: str) -> list[Raw]:
        return (await self.post(body, media_type, path, **headers)).json()["receipts"]


async def open_door(store: Store, folder: Path, **values: Any) -> AsyncIterator[Door]:
    app = create_app(settings(folder, **values), store, NOTHING_LISTED, patience=0)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx2.AsyncClient(transport=transport, base_url=ROOT) as client:
        yield Door(client, Tokens(local_key(folder, "tokens")))


@pytest.fixture(scope="module")
async def door(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Door]:
    async for opened in open_door(store, tmp_path_factory.mktemp("door")):
        yield opened


@pytest.fixture
async def door_without_graph(tmp_path: Path) -> AsyncIterator[Door]:
    store = await Store.open("bolt://127.0.0.1:9", "neo4j", "not-needed")
    async for opened in open_door(store, tmp_path):
        yield opened
    await store.close()


async def stored(store: Store, event: Raw) -> bool:
    statement = "MATCH (r:SourceRecord {external_id: $p.subject}) RETURN count(r)"
    return (await store.read(statement, {"subject": event["subject"]}))[0][0] == 1


async def test_one_event_is_answered_with_its_receipt_once_it_is_stored(door: Door, store: Store) -> None:
    event = person("one")
    response = await door.post(event)
    assert response.status_code == 200
    [receipt] = response.json()["receipts"]
    assert (receipt["source"], receipt["id"], receipt["outcome"], receipt["error"]) == ("/door", event["id"], "CREATED", None)
    assert urlsafe_b64decode(receipt["customerId"] + "==").startswith(b"Customer:")
    assert await stored(store, event)


async def test_the_decision_is_told_in_the_language_asked_for(door: Door) -> None:
    event = person("language")
    [english] = await door.receipts(event)
    [japanese] = await door.receipts(event, **{"Accept-Language": "fr, ja;q=0.8, en;q=0.5"})
    assert english["decision"]["rule"] == japanese["decision"]["rule"]
    assert english["decision"]["sentence"].isascii()
    assert not japanese["decision"]["sentence"].isascii()


OF_EACH_TYPE = {
    "person": {"name": {"full": "試験 一郎"}},
    "store": {"name": "試験店"},
    "product": {"name": "試験品"},
    "order": {"status": "PLACED"},
    "interaction": {"kind": "NOTE", "text": "試験"},
    "consent": {"purpose": "MARKETING", "state": "REFUSED", "by": {"record": {"source": "/door", "subject": "types"}}},
    "case": {"subject": "試験の案件", "state": "NEW"},
    "inventory": {"kind": "COUNT", "sku": "types", "store": "types", "quantity": 3},
    "return": {"order": {"number": "types"}, "lines": [{"line": 1, "quantity": 1, "restocked": True}]},
}


@pytest.mark.parametrize("name", OF_EACH_TYPE)
async def test_an_event_of_each_type_is_answered_with_why_it_landed_there(door: Door, name: str) -> None:
    event = {**person("types"), "type": f"customer360.{name}.v1", "id": f"types-{name}", "data": OF_EACH_TYPE[name]}
    for language in ("en", "ja"):
        [receipt] = await door.receipts(event, **{"Accept-Language": language})
        assert receipt["error"] is None
        assert receipt["decision"]["sentence"]


def test_an_event_of_each_type_is_sent_here() -> None:
    assert {each.name.split(".")[1] for each in EVENT_TYPES.values()} == set(OF_EACH_TYPE)


@pytest.mark.parametrize("media_type", [ONE, "application/json", "Application/CloudEvents+JSON; charset=UTF-8"])
async def test_one_event_is_taken_under_each_of_its_media_types(door: Door, media_type: str) -> None:
    assert (await door.receipts(person("media"), media_type))[0]["outcome"] == "CREATED"


@pytest.mark.parametrize("media_type", [BATCH, "application/json"])
async def test_in_a_batch_a_bad_event_gets_its_own_error_and_the_good_ones_land(
    door: Door, store: Store, media_type: str
) -> None:
    first, wrong, last = person("first"), bad(), person("last")
    response = await door.post([first, wrong, 7, last], media_type)
    receipts = response.json()["receipts"]
    assert response.status_code == 200
    assert [receipt["outcome"] for receipt in receipts] == ["CREATED", "REJECTED", "REJECTED", "CREATED"]
    assert receipts[1]["id"] == wrong["id"]
    assert receipts[1]["error"]["code"] == "INVALID_EVENT"
    assert receipts[1]["error"]["pointer"] == "/data/nmae"
    assert (receipts[2]["source"], receipts[2]["id"]) == (None, None)
    assert [await stored(store, event) for event in (first, wrong, last)] == [True, False, True]


async def test_an_empty_batch_and_an_empty_stream_are_answered_with_nothing(door: Door) -> None:
    assert await door.receipts([], BATCH) == []
    assert await door.receipts(b"\n\n", LINES) == []


async def test_a_repeat_is_answered_with_its_first_receipt(door: Door) -> None:
    event = person("repeat")
    [first] = await door.receipts(event)
    [again] = await door.receipts(dict(reversed(event.items())))
    assert again == {**first, "outcome": "REPEATED"}


async def test_the_same_id_with_another_body_is_a_conflict(door: Door) -> None:
    event = person("conflict")
    await door.post(event)
    response = await door.post({**event, "data": {"gender": "MALE"}})
    assert response.status_code == 409
    assert response.json()["receipts"][0]["error"]["code"] == "IDEMPOTENCY_CONFLICT"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "INVALID_JSON"),
        (b"\xff\xfe", 400, "INVALID_JSON"),
        (b"", 400, "INVALID_JSON"),
        (b"[" * 5000, 400, "INVALID_JSON"),
        (b'{"x": NaN}', 400, "INVALID_JSON"),
        (b'{"x": "\\ud800"}', 400, "INVALID_JSON"),
        (b"null", 422, "INVALID_EVENT"),
        (b"123", 422, "INVALID_EVENT"),
        (json.dumps({**person("x"), "type": "customer360.person.v9"}).encode(), 422, "UNKNOWN_TYPE"),
        (json.dumps({**person("x"), "specversion": "0.3"}).encode(), 422, "WRONG_VERSION"),
        (json.dumps(bad()).encode(), 422, "INVALID_EVENT"),
        (json.dumps({**person("x"), "data": {"attributes": {"x": 10**30}}}).encode(), 400, "INVALID_JSON"),
        (json.dumps({**person("x"), "data": {"attributes": {"x": 2**64 + 1}}}).encode(), 400, "INVALID_JSON"),
        (json.dumps({**person("x"), "data": {"attributes": {"x": -(2**63) - 1}}}).encode(), 400, "INVALID_JSON"),
        (json.dumps({**person("x"), "data": {"attributes": {"x": 2**63 - 1}}}).encode(), 200, None),
        (json.dumps({**person("x"), "data": {"attributes": {"x": "1234567890123456789012"}}}).encode(), 200, None),
    ],
)
async def test_a_single_refused_event_has_a_status_and_a_receipt(door: Door, body: bytes, status: int, code: str | None) -> None:
    response = await door.post(body)
    assert response.status_code == status
    [receipt] = response.json()["receipts"]
    assert (receipt["error"] or {}).get("code") == code


async def test_a_batch_that_is_no_array_is_refused(door: Door) -> None:
    response = await door.post(person("x"), BATCH)
    assert (response.status_code, response.json()["receipts"][0]["error"]["code"]) == (400, "INVALID_JSON")


async def test_an_array_is_no_single_event(door: Door) -> None:
    assert (await door.post([person("x")], ONE)).status_code == 422


async def test_more_than_a_thousand_events_are_no_batch(door: Door) -> None:
    response = await door.post(b"[" + b",".join([b"{}"] * 1001) + b"]", BATCH)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "BATCH_TOO_LARGE")


async def test_a_body_beyond_the_limit_is_refused(door: Door) -> None:
    response = await door.post(b" " * 200_001, ONE)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "BODY_TOO_LARGE")


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({"Content-Type": "text/plain"}, "Send one of"),
        ({"Content-Type": "application/json; charset=shift_jis"}, "UTF-8"),
        ({"Content-Encoding": "gzip"}, "Compressed bodies are not taken"),
        ({"Content-Encoding": "br"}, "Compressed bodies are not taken"),
    ],
)
async def test_another_media_type_is_refused_in_words(door: Door, headers: dict[str, str], message: str) -> None:
    response = await door.post(person("x"), "application/json", **headers)
    assert (response.status_code, response.json()["error"]["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert message in response.json()["error"]["message"]
    if "Content-Encoding" not in headers:
        assert LINES in response.headers["Accept-Post"]


@pytest.mark.parametrize("media_type", ["application/ndjson", "application/jsonl", "application/x-ndjson; charset=utf8"])
async def test_lines_are_taken_under_each_of_their_names(door: Door, media_type: str) -> None:
    body = b"\n".join(json.dumps(person("named")).encode() for _ in range(2))
    assert [receipt["outcome"] for receipt in await door.receipts(body, media_type)] == ["CREATED", "CREATED"]


async def test_an_event_in_binary_mode_has_its_attributes_in_headers(door: Door, store: Store) -> None:
    event = person("binary")
    attributes = {f"ce-{name}": value for name, value in event.items() if name != "data"}
    attributes["ce-source"] = "/%E6%89%89"
    [receipt] = await door.receipts(event["data"], "application/json", **attributes)
    assert (receipt["source"], receipt["id"], receipt["outcome"]) == ("/扉", event["id"], "CREATED")
    assert await stored(store, event)


@pytest.mark.parametrize("half", [b'"\\ud83d"', b'"\xf0\x9f"'])
@pytest.mark.parametrize("media_type", [BATCH, LINES])
async def test_half_an_emoji_refuses_one_event_and_not_its_batch(door: Door, store: Store, half: bytes, media_type: str) -> None:
    first, bad_one, last = person("whole"), person("half", attributes={"note": "HALF"}), person("whole")
    texts = [json.dumps(event).encode().replace(b'"HALF"', half) for event in (first, bad_one, last)]
    body = b"[" + b",".join(texts) + b"]" if media_type == BATCH else b"\n".join(texts)
    receipts = await door.receipts(body, media_type)
    assert [receipt["outcome"] for receipt in receipts] == ["CREATED", "REJECTED", "CREATED"]
    assert (receipts[1]["id"], receipts[1]["error"]["code"]) == (bad_one["id"], "INVALID_JSON")
    assert [await stored(store, event) for event in (first, bad_one, last)] == [True, False, True]


async def test_half_an_emoji_in_an_id_is_shown_as_a_question_mark(door: Door) -> None:
    [receipt] = await door.receipts(json.dumps({**person("id"), "id": "\ud83d"}).encode())
    assert (receipt["id"], receipt["error"]["code"]) == ("?", "INVALID_JSON")


async def test_what_could_not_be_read_is_told_in_the_language_asked_for(door: Door) -> None:
    event = person("warned", identifiers=[{"kind": "PHONE", "value": "8.17022E+11"}, {"kind": "EMAIL", "value": "なし"}])
    [english] = await door.receipts(event)
    [japanese] = await door.receipts(event, **{"Accept-Language": "ja"})
    for receipt, says in ((english, "telephone number"), (japanese, "電話番号")):
        [warning] = receipt["warnings"]
        assert (warning["code"], warning["pointer"]) == ("UNREADABLE_PHONE", "/data/identifiers/0/value")
        assert says in warning["message"]
    assert (english["outcome"], japanese["outcome"], english["error"]) == ("CREATED", "REPEATED", None)


async def test_only_post_is_allowed(door: Door) -> None:
    response = await door.client.get("/events", headers={"Authorization": f"Bearer {door.admin}"})
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


async def test_a_token_is_needed_and_it_must_have_the_scope(door: Door, store: Store) -> None:
    event = person("denied")
    without = await door.client.post("/events", json=event)
    assert (without.status_code, without.headers["WWW-Authenticate"]) == (401, "Bearer")
    wrong = await door.post(event, Authorization="Bearer not.a.token")
    assert wrong.status_code == 401
    unscoped = await door.post(event, Authorization=f"Bearer {door.call_center}")
    assert (unscoped.status_code, unscoped.json()["error"]["code"]) == (403, "FORBIDDEN")
    assert not await stored(store, event)


@pytest.mark.parametrize("media_type", [ONE, BATCH, LINES])
async def test_a_dry_run_says_what_would_happen_and_writes_nothing(door: Door, store: Store, media_type: str) -> None:
    event = person("dry")
    receipts = await door.receipts([event] if media_type == BATCH else event, media_type, "/events?dryRun=true")
    assert [receipt["outcome"] for receipt in receipts] == ["CREATED"]
    assert receipts[0]["customerId"] is None
    assert not await stored(store, event)


async def test_a_dry_run_is_true_or_false(door: Door) -> None:
    assert (await door.post(person("x"), path="/events?dryRun=perhaps")).status_code == 400


async def test_a_stream_of_any_length_gets_a_receipt_for_each_line_in_order(door: Door) -> None:
    events = [person("line") for _ in range(1_200)]
    lines: list[bytes] = [json.dumps(event).encode() for event in events]
    lines[3:3] = [b"", b"{broken", b"  "]

    async def stream() -> AsyncIterator[bytes]:
        whole = b"\r\n".join(lines)
        for start in range(0, len(whole), 7_777):
            yield whole[start : start + 7_777]

    headers = {"Authorization": f"Bearer {door.admin}", "Content-Type": LINES}
    response = await door.client.post("/events", content=stream(), headers=headers)
    receipts = response.json()["receipts"]
    assert response.status_code == 200
    assert int(response.headers["Content-Length"]) > 200_000
    broken = receipts.pop(3)
    assert (broken["outcome"], broken["error"]["code"], broken["error"]["message"][:6]) == ("REJECTED", "INVALID_JSON", "Line 5")
    assert [receipt["id"] for receipt in receipts] == [event["id"] for event in events]
    assert {receipt["outcome"] for receipt in receipts} == {"CREATED"}


async def test_a_line_beyond_the_limit_ends_a_stream(door: Door) -> None:
    response = await door.post(b"{}\n" + b" " * 200_001, LINES)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "BODY_TOO_LARGE")
    assert "Line 2" in response.json()["error"]["message"]


async def test_many_clients_at_once_each_get_their_own_receipt(door: Door) -> None:
    events = [person("many") for _ in range(40)] + [bad() for _ in range(5)]
    responses = await asyncio.gather(*(door.post(event) for event in events))
    assert [response.json()["receipts"][0]["id"] for response in responses] == [event["id"] for event in events]
    assert [response.status_code for response in responses] == [200] * 40 + [422] * 5


async def test_a_full_queue_says_when_to_come_back(store: Store, tmp_path: Path) -> None:
    async for door in open_door(store, tmp_path, queue_capacity=1):
        responses = await asyncio.gather(*(door.post([person("full") for _ in range(200)], BATCH) for _ in range(8)))
        statuses = {response.status_code for response in responses}
        refused = [response for response in responses if response.status_code == 429]
        assert statuses == {200, 429}
        assert {response.json()["error"]["code"] for response in refused} == {"OVERLOADED"}
        assert all(int(response.headers["Retry-After"]) >= 1 for response in refused)


@pytest.mark.parametrize("media_type", [ONE, BATCH, LINES])
async def test_without_the_graph_the_answer_is_to_come_back(door_without_graph: Door, media_type: str) -> None:
    event = person("away")
    response = await door_without_graph.post([event] if media_type == BATCH else event, media_type)
    assert (response.status_code, response.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
    assert int(response.headers["Retry-After"]) >= 1


async def test_the_contract_is_published_without_a_token(door: Door) -> None:
    listed = (await door.client.get("/events/schemas")).json()["schemas"]
    assert {entry["type"] for entry in listed} == {each.name for each in EVENT_TYPES.values()}
    for entry in listed:
        response = await door.client.get(entry["href"])
        assert response.headers["Content-Type"] == "application/schema+json"
        Draft202012Validator.check_schema(response.json())
        assert response.json()["properties"]["type"]["const"] == entry["type"]
    assert (await door.client.get("/events/schemas/customer360.unheard.v1")).status_code == 404
