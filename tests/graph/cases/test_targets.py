"""Which target counts, as a table, and which version of a table was in force."""

from __future__ import annotations

from typing import Any

import pytest

from graph.cases.folding import CaseState
from graph.cases.targets import Target, TargetTable, in_force

CASE = CaseState(topic="delivery", priority="HIGH", team="red", rank="GOLD", contract="care")
HOUR = 3600


def row(name: str, **conditions: Any) -> Target:
    return Target(name, "RESOLUTION", 8 * HOUR, HOUR, "office", **conditions)


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ([], None),
        ([row("all")], "all"),
        ([row("all"), row("urgent", priority="URGENT")], "all"),
        ([row("all"), row("high", priority="HIGH")], "high"),
        ([row("high", priority="HIGH"), row("both", priority="HIGH", topic="delivery")], "both"),
        # As many conditions: contract, rank, topic, team, priority.
        ([row("high", priority="HIGH"), row("red", team="red")], "red"),
        ([row("red", team="red"), row("delivery", topic="delivery")], "delivery"),
        ([row("delivery", topic="delivery"), row("gold", rank="GOLD")], "gold"),
        ([row("gold", rank="GOLD"), row("care", contract="care")], "care"),
        ([row("care", contract="care"), row("two", team="red", priority="HIGH")], "two"),
        ([row("gold", rank="GOLD", priority="HIGH"), row("rest", topic="delivery", team="red")], "gold"),
        ([row("b"), row("a")], "a"),
        ([Target("first", "FIRST_RESPONSE", HOUR, 0, "office", priority="HIGH"), row("all")], "all"),
    ],
)
def test_the_most_specific_row_that_fits_counts(rows: list[Target], counts: str | None) -> None:
    for order in (rows, rows[::-1]):
        found = TargetTable(1, "", tuple(order)).target("RESOLUTION", CASE)
        assert (found.id if found else None) == counts


def test_a_warning_that_is_longer_than_the_time_is_given_at_once() -> None:
    assert Target("t", "RESOLUTION", HOUR, 2 * HOUR, "office").warning_after == 0


@pytest.mark.parametrize(("at", "number"), [("2025", 1), ("2026-01", 1), ("2026-02", 2), ("2026-03", 3), ("2027", 3)])
def test_the_newest_version_that_was_saved_is_in_force_and_the_oldest_before(at: str, number: int) -> None:
    tables = [TargetTable(2, "2026-02", ()), TargetTable(3, "2026-03", ()), TargetTable(1, "2026-01", ())]
    assert in_force(tables, at).number == number
