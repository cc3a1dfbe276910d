"""Consents as events tell them: whose they are, what they cover, which mistakes are told; and that the newest wins."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from graph.consents.nodes import ConsentState, Part, parts_of
from graph.events.facts import Consent, Event
from graph.intake.reading import InvalidEvent, read_event
from graph.keys import consent_id

PHONE, PHONE_KEY = {"kind": "PHONE", "value": "090-1000-4101"}, "PHONE::+819010004101"
MAIL, MAIL_KEY = {"kind": "EMAIL", "value": "A@example.jp"}, "EMAIL::a@example.jp"
CARD, CARD_KEY = {"kind": "POS_CARD", "value": "c-1"}, "POS_CARD::C1"
RECORD, RECORD_KEY = {"record": {"source": "/ec", "subject": "U1"}}, "/ec:U1"


def raw(data: dict[str, Any], **envelope: Any) -> dict[str, Any]:
    fixed = {"specversion": "1.0", "type": "customer360.consent.v1", "source": "/sms", "id": "s-1"}
    told = {"purpose": "MARKETING", "state": "REFUSED", **data}
    return {**fixed, "time": "2026-04-01T10:00:00+09:00", "data": told, **envelope}


def read(data: dict[str, Any], **envelope: Any) -> tuple[Consent, Event]:
    event = read_event(raw(data, **envelope), b"key")
    assert isinstance(event.facts, Consent)
    return event.facts, event


def part(voice: str, point: str, covers: tuple[str, ...], *, whole: bool) -> Part:
    return Part(consent_id(voice, point, "MARKETING"), None if voice == "/sms:" else voice, covers, whole)


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        ({"by": RECORD, "contactPoint": PHONE}, [part(RECORD_KEY, PHONE_KEY, (PHONE_KEY,), whole=False)]),
        ({"by": RECORD}, [part(RECORD_KEY, "", (), whole=True)]),
        ({"by": {**RECORD, "identifiers": [PHONE, MAIL]}}, [part(RECORD_KEY, "", (MAIL_KEY, PHONE_KEY), whole=True)]),
        ({"by": {"person": {}}}, [part("/sms:s-1", "", (), whole=True)]),
        ({"by": {"identifiers": [PHONE]}}, [part("/sms:", PHONE_KEY, (PHONE_KEY,), whole=False)]),
        (
            {"by": {"identifiers": [PHONE, CARD]}},
            [part("/sms:", PHONE_KEY, (PHONE_KEY,), whole=False), part("/sms:", CARD_KEY, (CARD_KEY,), whole=True)],
        ),
        ({"by": {"identifiers": [MAIL]}, "contactPoint": PHONE}, [part("/sms:", PHONE_KEY, (PHONE_KEY,), whole=False)]),
        ({"contactPoint": PHONE}, [part("/sms:", PHONE_KEY, (PHONE_KEY,), whole=False)]),
    ],
)
def test_a_declaration_is_that_of_a_record_or_hangs_on_what_it_came_by(data: dict[str, Any], parts: list[Part]) -> None:
    assert parts_of(read(data)[0]) == parts


def test_a_declaration_keeps_its_proof_and_its_end() -> None:
    proof = {"how": "チェック欄", "text": "電話でのご案内", "document": "https://example.jp/f/1", "staff": "op-1"}
    consent, _ = read({"contactPoint": PHONE, "proof": proof, "validTo": "2027-01-01T00:00:00+09:00"})
    assert consent.proof == {f"proof_{name}": value for name, value in proof.items()}
    assert str(consent.valid_to) == "2026-12-31 15:00:00+00:00"


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({}, "/data/by"),
        ({"by": None}, "/data/by"),
        ({"by": {"identifiers": []}}, "/data/by"),
        ({"by": RECORD, "purpose": "SPAM"}, "/data/purpose"),
        ({"by": RECORD, "state": "MAYBE"}, "/data/state"),
        ({"by": RECORD, "contactPoint": CARD}, "/data/contactPoint/kind"),
        ({"by": RECORD, "contactPoint": {"kind": "EMAIL", "value": "nobody"}}, "/data/contactPoint/value"),
        ({"by": RECORD, "contactPoint": {**PHONE, "verified": True}}, "/data/contactPoint/verified"),
        ({"by": RECORD, "proof": {"who": "op-1"}}, "/data/proof/who"),
        ({"by": RECORD, "validTo": "tomorrow"}, "/data/validTo"),
        ({"by": {"record": {"source": "/ec"}}}, "/data/by/record/subject"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_without_its_value(data: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidEvent) as caught:
        read_event(raw(data), b"key")
    assert caught.value.pointer == pointer
    assert "c-1" not in caught.value.message


@pytest.mark.parametrize(
    "value",
    [
        "090-1000-4101（携帯）",
        "090-1000-4101 本人",
        "sip:09010004101@pbx.example.jp",
        "184-090-1000-4101",
        "tel:+819010004101",
        "\u202a090-1000-4101\u202c",
        "0\ufe0e90-1000-4101",
    ],
)
def test_a_refusal_holds_for_the_number_that_it_names_however_it_is_written(value: str) -> None:
    consent, _ = read({"contactPoint": {"kind": "PHONE", "value": value}})
    assert parts_of(consent) == [part("/sms:", PHONE_KEY, (PHONE_KEY,), whole=False)]


UNCERTAIN = {"kind": "PHONE", "value": "8.17022E+11"}
WITHHELD = {"kind": "PHONE", "value": "非通知"}


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"contactPoint": UNCERTAIN}, "/data/contactPoint/value"),
        ({"by": RECORD, "contactPoint": UNCERTAIN}, "/data/contactPoint/value"),
        ({"contactPoint": {"kind": "PHONE", "value": "2222-9915"}}, "/data/contactPoint/value"),
        ({"contactPoint": {"kind": "PHONE", "value": "070-2222-7906、06-2222-0000"}}, "/data/contactPoint/value"),
        ({"contactPoint": {"kind": "EMAIL", "value": "shiken taro@example.jp"}}, "/data/contactPoint/value"),
        ({"contactPoint": WITHHELD}, "/data/contactPoint/value"),
        ({"contactPoint": {"kind": "DEVICE_ID", "value": "\u200b"}}, "/data/contactPoint/value"),
        ({"by": {"identifiers": [WITHHELD]}}, "/data/by"),
        ({"by": {"identifiers": [{"kind": "PHONE", "value": ""}]}}, "/data/by"),
        ({"by": {"person": {"name": {"full": "試験 拒"}, "identifiers": [WITHHELD]}}}, "/data/by"),
        ({"by": {"person": {"identifiers": [{"kind": "EMAIL", "value": None}]}}}, "/data/by"),
        ({"by": {"identifiers": [PHONE, UNCERTAIN]}}, "/data/by/identifiers/1/value"),
        ({"by": {**RECORD, "identifiers": [UNCERTAIN]}}, "/data/by/identifiers/0/value"),
        ({"by": {"person": {"identifiers": [MAIL, UNCERTAIN]}}}, "/data/by/person/identifiers/1/value"),
    ],
)
def test_a_consent_about_a_contact_point_in_doubt_is_refused_aloud(data: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidEvent) as caught:
        read_event(raw(data), b"key")
    assert (caught.value.code, caught.value.pointer) == ("UNCERTAIN_CONTACT_POINT", pointer)


def test_a_consent_of_a_record_may_come_by_a_withheld_number() -> None:
    consent, _ = read({"by": {**RECORD, "identifiers": [WITHHELD]}})
    assert [part.whole for part in parts_of(consent)] == [True]


def test_purpose_and_state_must_be_told() -> None:
    for name in ("purpose", "state"):
        event = raw({"by": RECORD})
        del event["data"][name]
        with pytest.raises(InvalidEvent) as caught:
            read_event(event, b"key")
        assert (caught.value.pointer, caught.value.message) == (f"/data/{name}", "This field is required.")


def test_the_newest_declaration_wins_whole_in_any_order_of_arrival() -> None:
    told = [
        read({"contactPoint": PHONE, "state": "GRANTED", "proof": {"how": "form"}}, id="s-1"),
        read({"contactPoint": PHONE, "state": None}, id="s-2"),
        read({"contactPoint": PHONE}, id="s-0", time="2026-04-02T00:00:00Z"),
    ]
    for order in permutations(told):
        [part] = parts_of(order[0][0])
        state = ConsentState(part.id)
        outcomes = [state.apply(part, consent, event) for consent, event in order]
        assert outcomes[0] == "CREATED"
        assert state.row is not None
        properties = {name: value for name, value in state.row["properties"].items() if value is not None}
        assert properties == {
            "id": part.id,
            "stamp": "2026-04-02T00:00:00.000000Z\t/sms\ts-0",
            "whole": False,
            "purpose": "MARKETING",
            "state": "REFUSED",
        }
        assert state.apply(part, *told[0]) == "UNCHANGED"
