"""Calls as telephone systems report them: one touchpoint from the first ring to the end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from api.connectors.delivery import Delivery, RawEvent
from api.connectors.telephone.amazon_connect import read_amazon_connect
from api.connectors.telephone.asterisk import read_asterisk
from api.connectors.telephone.generic import read_telephone
from api.connectors.telephone.lost_ends import close_once
from graph.keys import POSITION_TIME
from graph.store import Store
from graph.touchpoints.unended import unended_calls
from tests.api.connectors.conftest import Doors, recorded
from tests.conftest import wipe

CALLS = "MATCH (t:Call) RETURN t.outcome, t.duration_seconds, t.staff, t.ended_at, t.at ORDER BY t.at"
HELD_BY = "MATCH (t:Call {external_id: $p.call})-[:VIA]->(i:Identifier) RETURN i.key"


def data_of(read: Any, body: dict[str, Any]) -> dict[str, Any]:
    [event] = read(Delivery({}, json.dumps(body).encode()))
    return event["data"]


def changed(name: str, body: str, **within: Any) -> dict[str, Any]:
    return json.loads(recorded(name, body)) | within


@pytest.mark.parametrize("name", ["telephone", "amazon-connect", "asterisk"])
async def test_a_call_rings_is_answered_and_ends_as_one_touchpoint(doors: Doors, store: Store, name: str) -> None:
    await wipe(store)
    told: list[str] = []
    for body in ("late", "good_1", "good_2"):
        await doors.recorded(name, body)
        told.append((await store.read(CALLS, {}))[-1][0])
    assert told == ["RINGING", "ANSWERED", "COMPLETED"]
    calls = await store.read(CALLS, {})
    assert len(calls) == 1
    assert all(call[3] for call in calls)
    assert {call[2] for call in calls} == {"op-12"}


@pytest.mark.parametrize(
    ("presentation", "number", "rule"),
    [("withheld", None, "WITHHELD"), ("unknown", None, "NOT_SHOWN"), ("pay_phone", None, "PAY_PHONE"), (None, None, "NOT_SHOWN")],
)
async def test_a_withheld_number_is_another_thing_than_an_unknown_one(
    doors: Doors, store: Store, presentation: str | None, number: str | None, rule: str
) -> None:
    call = f"of-{presentation}"
    body = {"id": call, "call": call, "at": "2026-11-29T11:00:00+09:00", "event": "ringing"}
    await doors.deliver("telephone", json.dumps(body | {"customer": {"number": number, "presentation": presentation}}).encode())
    [[told]] = await store.read("MATCH (t:Call {external_id: $p.call}) RETURN t.rule", {"call": call})
    assert told == rule


def test_a_call_that_nobody_took_is_missed_and_lasted_no_time() -> None:
    ended = {"id": "e", "call": "c", "at": "2026-11-29T11:00:20+09:00", "event": "ended", "talkSeconds": 0}
    assert data_of(read_telephone, ended)["outcome"] == "MISSED"
    body = changed("amazon-connect", "good_2")
    del body["detail"]["agentInfo"]
    told = data_of(read_amazon_connect, body)
    assert (told["outcome"], told["durationSeconds"]) == ("MISSED", 0)
    body = changed("asterisk", "good_2")
    body["channel"]["state"] = "Ring"
    told = data_of(read_asterisk, body)
    assert (told["outcome"], told["durationSeconds"]) == ("MISSED", 0)
    assert data_of(read_asterisk, body | {"cause": 17})["outcome"] == "BUSY"


@pytest.mark.parametrize(
    ("caller", "pres", "value"),
    [
        ({"name": "", "number": "09012340001"}, "allowed_not_screened", "09012340001"),
        ({"name": "Anonymous", "number": ""}, None, "anonymous"),
        ({"name": "", "number": "anonymous"}, None, "anonymous"),
        ({"name": "", "number": "09012340001"}, "prohib_not_screened", "anonymous"),
        ({"name": "", "number": ""}, None, "unknown"),
    ],
)
def test_asterisk_tells_a_withheld_number_by_its_presentation(caller: dict[str, str], pres: str | None, value: str) -> None:
    body = changed("asterisk", "late")
    body["channel"] |= {"caller": caller, "channelvars": {"CALLERID(num-pres)": pres}}
    assert data_of(read_asterisk, body)["by"]["identifiers"][0]["value"] == value


def test_the_legs_of_a_transfer_are_one_call() -> None:
    body = changed("amazon-connect", "late")
    first = body["detail"]["contactId"]
    body["detail"] |= {
        "contactId": "cccccccc-0000-4000-8000-000000000002",
        "initialContactId": first,
        "initiationMethod": "TRANSFER",
    }
    [event] = read_amazon_connect(Delivery({}, json.dumps(body).encode()))
    assert (event["subject"], event["data"]["outcome"]) == (first, "TRANSFERRED")
    transfer = changed("asterisk", "late", type="BridgeBlindTransfer", exten="op-3")
    assert (data_of(read_asterisk, transfer)["outcome"], data_of(read_asterisk, transfer)["staff"]) == ("TRANSFERRED", "op-3")


async def test_a_call_whose_end_got_lost_is_closed_as_an_estimate_until_a_true_end_arrives(doors: Doors, store: Store) -> None:
    await wipe(store)
    now = datetime.now(UTC)
    calls = {"lost": timedelta(hours=5), "going-on": timedelta(hours=1), "long-ago": timedelta(days=4)}
    begun = {call: (now - age).isoformat() for call, age in calls.items()}
    for call, at in begun.items():
        body = {"id": f"r-{call}", "call": call, "at": at, "event": "ringing", "customer": {"number": "090-1234-0009"}}
        await doors.deliver("telephone", json.dumps(body).encode())
    told: list[Any] = []

    async def take(events: Sequence[RawEvent]) -> None:
        told.extend(events)

    assert await close_once(partial(unended_calls, store), take, now) == 1
    [event] = told
    assert (event["subject"], event["data"]["outcome"], event["data"]["endedAtEstimated"]) == ("lost", "ENDED", True)
    await doors.end(event)
    state = "MATCH (t:Call {external_id: 'lost'}) RETURN t.outcome, t.ended_at_estimated, t.ended_at = $p.at"
    heard = datetime.fromisoformat(begun["lost"]).astimezone(UTC).strftime(POSITION_TIME)
    assert await store.read(state, {"at": heard}) == [["ENDED", True, True]]
    assert await close_once(partial(unended_calls, store), take, now) == 0
    ended = {"id": "e-lost", "call": "lost", "at": (now - timedelta(hours=4, minutes=50)).isoformat(), "event": "ended"}
    await doors.deliver("telephone", json.dumps(ended | {"talkSeconds": 500}).encode())
    assert await store.read(state, {"at": heard}) == [["COMPLETED", False, False]]


def test_a_chat_of_amazon_connect_is_no_call() -> None:
    body = changed("amazon-connect", "late")
    body["detail"]["channel"] = "CHAT"
    assert read_amazon_connect(Delivery({}, json.dumps(body).encode())) == []


def test_of_reports_of_one_second_the_later_one_in_the_course_of_a_call_counts() -> None:
    at = {"call": "c", "at": "2026-11-29T11:00:00+09:00", "id": "x"}
    ids = [
        read_telephone(Delivery({}, json.dumps(at | {"event": report}).encode()))[0]["id"]
        for report in ("ringing", "answered", "transferred", "ended")
    ]
    assert ids == sorted(ids)
