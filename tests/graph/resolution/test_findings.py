"""What the convergence proof found once, each as small as it could be made: none of it may come back."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from graph.intake.reading import read_event
from graph.intake.record import record
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.graph.resolution.recomputation import recompute

if TYPE_CHECKING:
    from graph.store import Store

KEY = b"a key for tests"
MOBILE = {"kind": "PHONE", "value": "+819010000001"}
CARD = {"kind": "POS_CARD", "value": "C1"}
Raw = dict[str, Any]


def event(kind: str, number: int, hour: int, subject: str | None, data: Raw) -> Raw:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/ec", "id": f"e{number}"}
    return {**envelope, "time": f"2026-04-01T{hour:02d}:00:00Z", "data": data} | ({"subject": subject} if subject else {})


def person(number: int, hour: int, subject: str, *identifiers: Raw, **data: Any) -> Raw:
    return event("person", number, hour, subject, {"identifiers": list(identifiers), **data})


def order(number: int, hour: int, subject: str | None, **data: Any) -> Raw:
    return event("order", number, hour, subject, {"currency": "JPY", **data})


def given(name: str) -> Raw:
    return {"family": "試験", "given": name}


LINE = {"line": 1, "sku": "SKU-1", "quantity": 1, "unitPrice": "100", "amount": "100"}
STREAMS = {
    "a late event with an older name still speaks for a conflict": [
        person(1, 2, "1", MOBILE, name=given("花子")),
        person(2, 1, "1", name=given("太郎")),
        person(3, 1, "2", MOBILE, name=given("太郎")),
    ],
    "a line list is newest although the total is not": [
        order(1, 3, "o1", total="500"),
        order(2, 2, "o1", lines=[LINE]),
    ],
    "a store that only old news named is known all the same": [
        order(1, 2, "o1", store="ginza", products=[]),
        order(2, 1, "o1", store="shibuya", products=["SKU-2"]),
    ],
    "a guest order numbered like a member is not the member's": [
        person(1, 1, "1"),
        order(2, 1, "1", by={"identifiers": [MOBILE]}),
    ],
    "a contact with a person in it hangs on the record that bears its own key": [
        order(1, 1, "o1", by={"person": {"identifiers": [MOBILE]}}, total="100"),
    ],
    "a contact that is named after it was attributed says why it hangs there": [
        person(1, 1, "1", MOBILE),
        order(2, 1, "o1", by={"identifiers": [MOBILE]}),
        order(3, 2, "o1", by={"record": {"source": "/ec", "subject": "1"}}),
    ],
    "a cluster that grows is asked about once": [
        person(1, 1, "2", MOBILE, name=given("太郎")),
        person(2, 1, "3", MOBILE, name=given("花子")),
        person(3, 1, "1", MOBILE),
    ],
    "a candidate's reason follows what is known": [
        person(1, 1, "1", MOBILE, birthDate="1990-01-02"),
        person(2, 1, "2", MOBILE, birthDate="1985-05-05"),
        person(3, 2, "1", name=given("太郎")),
        person(4, 2, "2", name=given("花子")),
    ],
    "one whose bounds exclude each other holds nothing": [
        person(1, 1, "1", {**CARD, "validTo": "2026-02-01T00:00:00Z"}),
        person(2, 1, "1", {**CARD, "validFrom": "2026-03-01T00:00:00Z"}),
        person(3, 1, "2", CARD),
    ],
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=list(STREAMS))
async def test_found_once_and_mended(store: Store, stream: list[Raw]) -> None:
    expected = recompute(stream)
    for arrival in permutations(stream):
        await wipe(store)
        for raw in arrival:
            await record(store, [read_event(raw, KEY)])
        assert differences(await fingerprint(store), expected) == []


@pytest.mark.parametrize(
    "refused",
    [
        order(1, 2, None, by={"identifiers": [MOBILE]}),
        event("interaction", 2, 2, "o1", {"kind": "CALL", "by": {"identifiers": [MOBILE], "person": {"identifiers": [CARD]}}}),
    ],
    ids=["the same id with another body", "a subject of another kind"],
)
async def test_a_refused_event_leaves_nothing_behind(store: Store, refused: Raw) -> None:
    await wipe(store)
    taken = order(1, 1, "o1", total="100")
    await record(store, [read_event(taken, KEY)])
    [receipt] = await record(store, [read_event(refused, KEY)])
    assert receipt.outcome == "REJECTED"
    assert differences(await fingerprint(store), recompute([taken])) == []
