"""What the pages of cases work out by themselves: the order of what happened, buttons taken apart, times of forms."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from admin.pages.cases.happened import entries
from admin.pages.cases.views import Chosen
from admin.pages.cases.ways import WAYS, Said, stepped
from admin.parts.questions import Problem

CASE = {"id": "試験", "version": 3}


def event(own_id: str, at: str, kind: str = "NOTE", touchpoint: str | None = None) -> dict[str, Any]:
    return {"id": own_id, "kind": kind, "occurredAt": at, "touchpoint": told(touchpoint, at) if touchpoint else None}


def told(own_id: str, at: str, direction: str | None = "INBOUND") -> dict[str, Any]:
    return {"id": own_id, "occurredAt": at, "direction": direction}


def said(**texts: str) -> Said:
    return Said(texts, CASE, ZoneInfo("Asia/Tokyo"))


def test_what_happened_stands_by_time_each_thing_once_with_the_rule_of_its_tie() -> None:
    history = [event("opened", "01", "OPENED"), event("said", "02", "CUSTOMER_MESSAGE", "mail"), event("noted", "04")]
    tied = [{"rule": "THREAD", "touchpoint": told("mail", "02")}, {"rule": "PERSON", "touchpoint": told("visit", "03", None)}]
    found = entries(history, tied, before_all=True)
    assert [(entry.at, entry.rule, entry.is_message) for entry in found] == [
        ("01", "", False),
        ("02", "THREAD", True),
        ("03", "PERSON", True),
        ("04", "", False),
    ]


def test_of_a_later_part_of_the_history_interactions_are_told_by_their_events_alone() -> None:
    tied = [{"rule": "PERSON", "touchpoint": told("visit", "01", None)}]
    assert [entry.at for entry in entries([event("noted", "09")], tied, before_all=False)] == ["09"]


@pytest.mark.parametrize(
    ("kind", "direction", "ours"), [("REPLY", "OUTBOUND", True), ("CUSTOMER_MESSAGE", "INBOUND", False), ("REPLY", None, True)]
)
def test_what_we_said_is_told_from_what_they_said(kind: str, direction: str | None, ours: bool) -> None:
    [entry] = entries([{**event("said", "01", kind), "touchpoint": told("mail", "01", direction)}], (), before_all=True)
    assert entry.is_ours == ours


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"pressed": "take"}, {"pressed": "take"}),
        ({"step": "untie abc"}, {"pressed": "untie", "touchpoint": "abc"}),
        ({"step": "untag 二 語"}, {"pressed": "untag", "tag": "二 語"}),
        ({"step": "topic 配送 遅れ"}, {"pressed": "topic", "topic": "配送 遅れ"}),
        ({"step": "priority HIGH"}, {"pressed": "priority", "priority": "HIGH"}),
        ({"step": "wake -"}, {"pressed": "wake"}),
    ],
)
def test_a_step_is_taken_apart_into_its_button_and_what_it_is_about(texts: dict[str, str], expected: dict[str, str]) -> None:
    assert stepped(texts).items() >= expected.items()


@pytest.mark.parametrize("step", ["", "take x", "nothing x"])
def test_a_step_that_no_button_sends_is_refused(step: str) -> None:
    with pytest.raises(Problem):
        stepped({"step": step})


def test_times_of_a_form_are_in_the_business_time_zone() -> None:
    assert said(until="2026-12-01T09:30").time("until") == "2026-12-01T00:30:00+00:00"
    assert said().time("until") is None
    for text in ("soon", "0001-01-01T00:00"):
        with pytest.raises(Problem):
            said(until=text).time("until")


def test_only_what_must_not_have_changed_names_the_version() -> None:
    texts = {"promise_due": "2026-12-01T09:30", "promise": "試験"}
    versioned = {name for name, (_, asked) in WAYS.items() if "'version'" in str(asked(said(**texts)))}
    assert versioned == {"assign", "free", "state", "resolve", "update", "topic", "priority"}


def test_a_list_of_ones_own_names_the_account_so_that_nobody_shares_its_reading() -> None:
    assert Chosen("mine", {}, "試験").filter == {"assignee": "試験"}
    assert Chosen("all", {"store": "S"}, "試験").filter == {"storeId": "S"}
