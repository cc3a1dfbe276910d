"""What becomes of an offer, and what speaks against making it again: tables."""

from __future__ import annotations

from typing import Any

import pytest

from graph.offers.answers import OFFER_STATES, may_answer, unwelcome

NOW = "2026-07-10T00:00:00.000000Z"


def told(own_id: str, state: str, at: int = 1, until: str | None = None) -> dict[str, Any]:
    return {"id": own_id, "state": state, "answered_at": f"2026-07-0{at}", "until": until}


def test_a_yes_and_a_no_are_for_good_and_a_later_is_not() -> None:
    assert {state: may_answer(state) for state in OFFER_STATES} == {
        "OPEN": True, "ACCEPTED": False, "DECLINED": False, "LATER": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ([], None),
        ([told("a", "OPEN")], None),
        ([told("a", "DECLINED")], "a"),
        ([told("a", "ACCEPTED")], None),
        ([told("a", "DECLINED", 1), told("b", "ACCEPTED", 2)], None),
        ([told("a", "DECLINED", 2), told("b", "ACCEPTED", 1)], "a"),
        ([told("a", "DECLINED", 1), told("b", "OPEN")], "a"),
        ([told("a", "LATER", until="2026-07-11T00:00:00.000000Z")], "a"),
        ([told("a", "LATER", until=NOW)], None),
        ([told("a", "DECLINED", 1), told("b", "LATER", 2, until="2026-07-09T00:00:00.000000Z")], None),
    ],
)
def test_the_newest_answer_speaks_against_the_same_offer_a_no_always_and_a_later_until_its_time(
    before: list[dict[str, Any]], found: str | None
) -> None:
    assert unwelcome(before, NOW) == found
