"""What stands in cells and lists: amounts as people type them, and several values in one place."""

from __future__ import annotations

from tests.cases.files import orders, rejected, taken
from tests.cases.replay import Replay

AMOUNTS = {"R1": "1980", "R3": "1980", "R5": "1980", "R7": "-500", "R9": "-500", "R11": "-500", "RB": "800"}


async def amounts_are_read_as_people_type_them(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([1] * 7, [[]] * 7)
    assert {name: [total for total, _ in await orders(case, f"C16-r2-{name}")] for name in AMOUNTS} == {
        name: [amount] for name, amount in AMOUNTS.items()
    }


async def arrays_are_rows_and_lists_are_several_values(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([2, 2], [[], []])
    for number in ("070-2222-6082", "06-2222-6083"):
        assert [each["customer"]["name"] for each in (await case.offered(number)).values()] == ["検体 列"]


EXPECTED = {
    "C16": amounts_are_read_as_people_type_them,
    "C17": arrays_are_rows_and_lists_are_several_values,
}
