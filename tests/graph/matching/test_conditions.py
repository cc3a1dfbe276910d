"""Each condition says the same of two rows in DuckDB as in Python."""

from __future__ import annotations

from itertools import product

import duckdb
import pytest

from graph.matching.conditions import Condition, alike, crossed, in_common, missing, same, slips, within

TEXTS = (None, "", "mihon", "mihno", "mihonn", "mion", "hanako", "hanako mihon", "ca", "abc", "見本", "見木")
LISTS = (None, [], ["a"], ["a", "b"], ["b", "c", "a"], ["d"])
NUMBERS = (None, 0, 30, 31, 400)
ON_TEXT = (same("name"), crossed("name", "other"), missing("name"), missing("name", "other"), same("name") | same("other"),
           same("name") & missing("other"))  # fmt: skip
ON_ASCII = (slips("name", 1), slips("name", 2), alike("name", 0.8), alike("name", 0.9))


def _in_duckdb(condition: Condition, type_: str, rows: list[tuple[object, object]]) -> list[list[bool]]:
    with duckdb.connect() as database:
        database.execute(f"create table rows (place integer, name {type_}, other {type_})")
        database.executemany("insert into rows values (?, ?, ?)", [(place, *row) for place, row in enumerate(rows)])
        columns = ", ".join(f"{side}.{name} as {name}_{side}" for name in ("place", "name", "other") for side in "lr")
        found = database.execute(
            f"select coalesce({condition.sql}, false) from (select {columns} from rows l, rows r) order by place_l, place_r"
        ).fetchall()
    told = [bool(row[0]) for row in found]
    return [told[start : start + len(rows)] for start in range(0, len(told), len(rows))]


def _in_python(condition: Condition, rows: list[tuple[object, object]]) -> list[list[bool]]:
    told = [{"name": name, "other": other} for name, other in rows]
    return [[condition.holds(one, two) for two in told] for one in told]


@pytest.mark.parametrize("condition", ON_TEXT, ids=lambda each: each.sql)
def test_equality_and_what_is_missing_are_the_same_in_both(condition: Condition) -> None:
    rows = list(product(TEXTS, (None, "mihon", "hanako")))
    assert _in_duckdb(condition, "varchar", rows) == _in_python(condition, rows)


@pytest.mark.parametrize("condition", ON_ASCII, ids=lambda each: each.sql)
def test_distances_of_ascii_text_that_is_not_empty_are_the_same_in_both(condition: Condition) -> None:
    rows = [(text, None) for text in TEXTS if text is None or (text and text.isascii())]
    assert _in_duckdb(condition, "varchar", rows) == _in_python(condition, rows)


@pytest.mark.parametrize("least", [1, 2])
def test_lists_have_the_same_in_common_in_both(least: int) -> None:
    rows = [(each, None) for each in LISTS]
    assert _in_duckdb(in_common("name", least), "varchar[]", rows) == _in_python(in_common("name", least), rows)


def test_numbers_are_as_near_in_both() -> None:
    rows = [(each, None) for each in NUMBERS]
    assert _in_duckdb(within("name", 31), "integer", rows) == _in_python(within("name", 31), rows)
