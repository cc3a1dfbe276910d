"""The page on the architecture tells of the folders that there are."""

from __future__ import annotations

from tests.house.module_table import PAGE, table, written


def test_the_page_has_the_table_of_today() -> None:
    page = PAGE.read_text("utf-8")
    assert written(page) == page, "run `make modules`"


def test_every_folder_and_module_says_what_it_is_for() -> None:
    assert [row for row in table().splitlines() if row.endswith("|  |")] == []
