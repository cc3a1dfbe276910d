"""In which lists a case stands, as a table."""

from __future__ import annotations

from typing import Any

import pytest

from graph.cases.falls_through import (
    BOUNCED,
    ESCALATED,
    LISTS,
    OVERDUE,
    PROMISED_TODAY,
    UNANSWERED,
    UNASSIGNED,
    WAITING_TOO_LONG,
    day_end,
    lists,
)
from graph.cases.folding import CaseState
from graph.cases.states import CLOSED, OPEN, RESOLVED, WAITING_CUSTOMER, WAITING_INTERNAL
from tests.graph.cases.histories import at, event

DAY = 24 * 60
NOW = at(0)  # Wednesday 2026-04-01 10:00 in Tokyo
ASKED = event(-5, "ESCALATED", team="product")
EVERYTHING = {
    "state": WAITING_INTERNAL,
    "since": at(-9 * DAY),
    "waiting_since": at(-5),
    "escalations": (ASKED,),
    "bounced": True,
}


@pytest.mark.parametrize(
    ("values", "due", "promises", "stands"),
    [
        ({"staff": "s1"}, None, [], ()),
        ({"staff": "s1"}, at(1), [], ()),
        ({"staff": "s1", "waiting_since": at(-5)}, at(1), [], (UNANSWERED,)),
        ({"staff": "s1"}, at(0), [], (OVERDUE,)),
        ({"team": "red"}, None, [], (UNASSIGNED,)),
        ({"staff": "s1"}, None, [at(14 * 60 - 1)], (PROMISED_TODAY,)),
        ({"staff": "s1"}, None, [at(14 * 60)], ()),
        ({"staff": "s1"}, None, [at(DAY), at(-3 * DAY)], (PROMISED_TODAY,)),
        ({"staff": "s1", "state": WAITING_CUSTOMER, "since": at(-3 * DAY)}, None, [], (WAITING_TOO_LONG,)),
        ({"staff": "s1", "state": WAITING_INTERNAL, "since": at(-3 * DAY)}, None, [], (WAITING_TOO_LONG,)),
        ({"staff": "s1", "state": WAITING_CUSTOMER, "since": at(-3 * DAY + 1)}, None, [], ()),
        ({"staff": "s1", "since": at(-9 * DAY)}, None, [], ()),
        ({"staff": "s1", "state": WAITING_CUSTOMER, "since": at(-9 * DAY), "snoozed_until": at(1)}, None, [], ()),
        (
            {"staff": "s1", "state": WAITING_CUSTOMER, "since": at(-9 * DAY), "snoozed_until": at(0)},
            None,
            [],
            (WAITING_TOO_LONG,),
        ),
        ({"staff": "s1", "escalations": (ASKED,)}, None, [], (ESCALATED,)),
        ({"staff": "s1", "bounced": True}, None, [], (BOUNCED,)),
        (EVERYTHING, at(-1), [at(0)], LISTS),
        ({**EVERYTHING, "state": RESOLVED}, at(-1), [at(0)], ()),
        ({**EVERYTHING, "state": CLOSED}, at(-1), [at(0)], ()),
    ],
)
def test_a_case_stands_in_the_lists_that_its_state_says(
    values: dict[str, Any], due: str | None, promises: list[str], stands: tuple[str, ...]
) -> None:
    case = CaseState(**{"state": OPEN, "since": at(-5), **values})
    assert lists(case, due, promises, now=NOW, day_ends=day_end(NOW, "Asia/Tokyo"), waiting_days=3) == stands


@pytest.mark.parametrize(
    ("now", "zone", "ends"),
    [
        ("2026-04-01T01:00:00.000000Z", "Asia/Tokyo", "2026-04-01T15:00:00.000000Z"),
        ("2026-04-01T15:00:00.000000Z", "Asia/Tokyo", "2026-04-02T15:00:00.000000Z"),
        ("2026-10-25T00:30:00.000000Z", "Europe/London", "2026-10-26T00:00:00.000000Z"),
    ],
)
def test_a_day_ends_by_the_wall_clock(now: str, zone: str, ends: str) -> None:
    assert day_end(now, zone) == ends
