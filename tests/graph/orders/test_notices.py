"""What a customer is told of a pick-up and when, by rules that are pure, and in which words."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from graph.orders.letters import Told, language_of, letter
from graph.orders.notices import KINDS, next_notice, noted, notices_of, remind_at, to_be_called

READY_AT, REMIND_AT, ENDED_AT = "2026-07-01T00:00:00.000000Z", "2026-07-06T00:00:00.000000Z", "2026-07-08T00:00:00.000000Z"
HISTORY = {"REQUESTED": "2026-06-30T00:00:00.000000Z", "READY_FOR_PICKUP": READY_AT, "EXPIRED": ENDED_AT}
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("state", "reminds", "known", "told"),
    [
        ("REQUESTED", REMIND_AT, [], None),
        ("READY_FOR_PICKUP", REMIND_AT, [], ("READY", READY_AT)),
        ("READY_FOR_PICKUP", REMIND_AT, ["READY"], ("REMINDER", REMIND_AT)),
        ("READY_FOR_PICKUP", None, ["READY"], None),
        ("READY_FOR_PICKUP", REMIND_AT, ["READY", "REMINDER"], None),
        ("EXPIRED", REMIND_AT, ["READY"], ("EXPIRED", ENDED_AT)),
        ("EXPIRED", REMIND_AT, [], ("EXPIRED", ENDED_AT)),
        ("EXPIRED", REMIND_AT, ["EXPIRED"], None),
        ("PICKED_UP", REMIND_AT, [], None),
        ("CANCELLED", REMIND_AT, ["READY"], None),
        (None, None, [], None),
    ],
)
def test_what_is_told_next_follows_from_how_it_stands_and_what_was_told(
    state: str | None, reminds: str | None, known: list[str], told: tuple[str, str] | None
) -> None:
    assert next_notice(state, HISTORY, reminds, known) == told


@pytest.mark.parametrize(("days", "kept", "day"), [(2, 7, 6), (1, 7, 7), (0, 7, None), (7, 7, None), (9, 7, None), (2, 3, 2)])
def test_a_store_reminds_its_days_before_the_end_and_never_at_once(days: int, kept: int, day: int | None) -> None:
    ready = datetime(2026, 7, 1, 9, 0)  # noqa: DTZ001 - as the rules of orders reckon, in UTC
    assert remind_at(ready, ready + timedelta(days=kept), days) == (ready.replace(day=day) if day else None)


@pytest.mark.parametrize(
    ("state", "told", "called"),
    [
        ("READY_FOR_PICKUP", [], False),
        ("READY_FOR_PICKUP", [("READY", "WAITING", None)], False),
        ("READY_FOR_PICKUP", [("READY", "SENT", None)], False),
        ("READY_FOR_PICKUP", [("READY", "NOT_SENT", "REFUSED")], True),
        ("READY_FOR_PICKUP", [("READY", "NOT_SENT", "TOO_LATE")], True),
        ("READY_FOR_PICKUP", [("READY", "NOT_SENT", "TOLD_ELSEWHERE")], False),
        ("READY_FOR_PICKUP", [("READY", "NOT_SENT", "FAILED"), ("REMINDER", "SENT", None)], False),
        ("READY_FOR_PICKUP", [("READY", "SENT", None), ("REMINDER", "NOT_SENT", "NO_CHANNEL")], True),
        ("READY_FOR_PICKUP", [("READY", "BOUNCED", None)], True),
        ("READY_FOR_PICKUP", [("READY", "BOUNCED", None), ("REMINDER", "SENT", None)], False),
        ("EXPIRED", [("EXPIRED", "BOUNCED", None)], True),
        ("PICKED_UP", [("READY", "BOUNCED", None)], False),
        ("PICKED_UP", [("READY", "NOT_SENT", "REFUSED")], False),
        ("EXPIRED", [("READY", "NOT_SENT", "REFUSED")], False),
        ("EXPIRED", [("EXPIRED", "NOT_SENT", "NO_CONTACT_POINT")], True),
        ("EXPIRED", [("EXPIRED", "NOT_SENT", "TOO_LATE")], False),
    ],
)
def test_staff_call_whom_nothing_has_told_how_the_pickup_stands(
    state: str, told: list[tuple[str, str, str | None]], called: bool
) -> None:
    stored: str | None = None
    for kind, how, reason in told:
        stored = noted(stored, kind, how, READY_AT, reason=reason)
    assert to_be_called(state, stored) is called


def test_each_kind_stands_once_and_in_order_whatever_became_of_it() -> None:
    stored = noted(None, "EXPIRED", "NOT_SENT", ENDED_AT, reason="REFUSED")
    stored = noted(noted(stored, "READY", "WAITING", READY_AT, channel="LINE"), "READY", "SENT", READY_AT, channel="LINE")
    assert [(each["kind"], each["state"]) for each in notices_of(stored)] == [("READY", "SENT"), ("EXPIRED", "NOT_SENT")]


@pytest.mark.parametrize(("told", "language"), [("ja", "ja"), ("ja-JP", "ja"), ("EN-us", "en"), ("fr", "ja"), (None, "ja")])
def test_the_language_is_that_of_the_customer_where_it_is_one_of_ours(told: str | None, language: str) -> None:
    assert language_of(told) == language


@pytest.mark.parametrize(
    ("language", "greeting", "until"), [("ja", "試験 花子 様", "7月8日（水）9:00"), ("en", "Dear 試験 花子,", "Wed 8 July, 9:00")]
)
def test_a_letter_says_who_what_where_and_until_when_in_the_time_of_the_store(language: str, greeting: str, until: str) -> None:
    told = Told("試験 花子", "W-1", "試験店", ENDED_AT)
    for kind in KINDS:
        subject, text = letter(kind, told, language, TOKYO)
        assert "W-1" in subject
        assert text.startswith(greeting)
        assert "試験店" in text
        assert (until in text) is (kind != "EXPIRED")


def test_a_letter_to_a_guest_about_an_order_without_a_number_can_be_read() -> None:
    subject, text = letter("READY", Told(None, None, "試験店", None), "en", TOKYO)
    assert subject == "Your order (no number) is ready to be picked up"
    assert text.startswith("Dear customer,")
