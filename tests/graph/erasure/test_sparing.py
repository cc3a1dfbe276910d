"""What is left of an event that names somebody who was erased: the lawful facts of an order, what is others', or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from graph.erasure.sparing import ERASED, LAWFUL, Nothing, spared
from graph.events.facts import Consent, Event, Person, Touchpoint
from graph.intake.reading import read_event

KEY = b"a key for tests"
MOBILE, FAMILY = {"kind": "PHONE", "value": "090-1000-0001"}, {"kind": "PHONE", "value": "03-1000-0002"}
GONE, OTHER = {"record": {"source": "/ec", "subject": "gone"}}, {"record": {"source": "/ec", "subject": "other"}}
ORDER = {
    "currency": "JPY", "total": "1000", "store": "s1", "channel": "STORE", "status": "PLACED", "couponCodes": ["HANAKO"],
    "text": "玄関前に置く", "staff": "op-1", "reference": "R1", "fulfillments": [{"kind": "SHIP", "name": "試験 花子"}],
    "lines": [{"line": 1, "sku": "PEN-1", "quantity": 1, "amount": "1000"}],
}  # fmt: skip


def event(kind: str, subject: str, data: dict[str, Any]) -> Event:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/ec", "id": f"{kind}-{subject}"}
    return read_event({**envelope, "subject": subject, "time": "2026-04-01T10:00:00Z", "data": data}, KEY)


def hashes(*events: Event) -> frozenset[str]:
    return frozenset(own for each in events for own in each.traces.values())


HERS = hashes(event("person", "gone", {"identifiers": [MOBILE]}), event("interaction", "known", {"kind": "NOTE"}))


@pytest.mark.parametrize(
    "told",
    [
        event("person", "gone", {"name": {"full": "試験 花子"}, "identifiers": [MOBILE]}),
        event("interaction", "call", {"kind": "CALL", "text": "折り返し", "by": GONE}),
        event("interaction", "by number", {"kind": "CALL", "text": "折り返し", "by": {"identifiers": [MOBILE, FAMILY]}}),
        event("interaction", "known", {"kind": "NOTE", "text": "書き足し"}),
        event("consent", "c", {"purpose": "MARKETING", "state": "GRANTED", "by": GONE, "proof": {"staff": "op-1"}}),
        event("consent", "c", {"purpose": "MARKETING", "state": "REFUSED", "by": {"identifiers": [MOBILE]}}),
        event("consent", "c", {"purpose": "MARKETING", "state": "GRANTED", "by": OTHER, "contactPoint": MOBILE}),
    ],
    ids=lambda told: f"{told.type} {told.id}",
)
def test_what_is_all_about_them_leaves_nothing_and_says_so(told: Event) -> None:
    left = spared(told, HERS)
    assert (left.facts, left.warnings()) == (Nothing(), (ERASED,))


@pytest.mark.parametrize("by", [GONE, {"identifiers": [MOBILE]}, {**GONE, "identifiers": [FAMILY]}])
def test_an_order_of_theirs_keeps_what_the_law_has_kept_and_is_nobodys(by: dict[str, Any]) -> None:
    facts = spared(event("order", "A-1", {**ORDER, "by": by}), HERS).facts
    assert isinstance(facts, Touchpoint)
    assert (facts.by, set(facts.attributes) - LAWFUL, facts.claimed()) == (None, set(), ())
    assert (facts.attributes["total"], facts.attributes["number"]["number"], len(facts.lines or ())) == (
        {"total": 1000},
        "A-1",
        1,
    )


def test_a_value_of_theirs_is_dropped_from_what_others_say_and_the_rest_is_taken() -> None:
    person = spared(event("person", "other", {"name": {"full": "試験 太郎"}, "identifiers": [MOBILE, FAMILY]}), HERS)
    assert isinstance(person.facts, Person)
    assert ([claim.value for claim in person.facts.claims], person.dropped) == (["+81310000002"], (ERASED,))
    call = spared(event("interaction", "call", {"kind": "CALL", "text": "本文", "by": {**OTHER, "identifiers": [MOBILE]}}), HERS)
    assert isinstance(call.facts, Touchpoint)
    assert call.facts.by is not None
    assert (call.facts.by.record_key, call.facts.by.claims, call.facts.attributes["text"]["text"]) == ("/ec:other", (), "本文")
    said = spared(
        event("consent", "c", {"purpose": "SURVEY", "state": "GRANTED", "by": {**OTHER, "identifiers": [MOBILE]}}), HERS
    )
    assert isinstance(said.facts, Consent)
    assert said.facts.claimed() == ()


def test_what_names_nobody_who_was_erased_is_the_same_event() -> None:
    for told in (event("person", "other", {"identifiers": [FAMILY]}), event("order", "A-2", {**ORDER, "by": OTHER})):
        assert spared(told, HERS) is told


def test_the_hashes_are_of_this_installation_alone() -> None:
    raw = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "id": "1", "subject": "gone"}
    raw |= {"time": "2026-04-01T10:00:00Z", "data": {}}
    assert hashes(read_event(raw, b"one key")).isdisjoint(hashes(read_event(raw, b"another key")))
