"""What the expressions of a mapping make of cells."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.imports.expressions import compile_expression, compile_fields
from graph.imports.transforms import amount


def value(node: object, row: dict[str, object]) -> Any:
    return compile_expression(node, "here").evaluate([row], 0)


@pytest.mark.parametrize(
    ("node", "row", "expected"),
    [
        ("CALL", {}, "CALL"),
        ("$$5 off", {}, "$5 off"),
        ("$a", {"a": " x "}, "x"),
        ("$a", {"a": "  "}, None),
        ("$a", {"a": float("nan")}, None),
        ("$a", {}, None),
        ({"n": "$a"}, {"a": 7}, {"n": "7"}),
        ({"n": "$a"}, {"a": 1001.0}, {"n": "1001"}),
        ({"n": "$a"}, {"a": 0.5}, {"n": "0.5"}),
        ({"n": "$a"}, {"a": True}, {"n": True}),
        ({"n": "$a"}, {"a": ["x"]}, {"n": ["x"]}),
        ({"n": "$a"}, {"a": date(2026, 4, 1)}, {"n": "2026-04-01"}),
        ({"kind": "PHONE", "value": "$a"}, {"a": ""}, None),
        (
            [{"kind": "PHONE", "value": "$a"}, {"kind": "FAX", "value": "$b"}],
            {"a": "", "b": "2"},
            [{"kind": "FAX", "value": "2"}],
        ),
        ([{"kind": "PHONE", "value": "$a"}], {"a": ""}, None),
        ({"kind": "NOTE"}, {}, {"kind": "NOTE"}),
        ({"$join": ["$a", "$b"], "with": " "}, {"a": "x", "b": ""}, "x"),
        ({"$join": ["store", "$a"], "with": "-"}, {"a": 5}, "store-5"),
        ({"$join": ["store", "$a"], "with": "-"}, {"a": ""}, None),
        ({"$map": "$a", "values": {"1": "MALE"}, "other": "UNKNOWN"}, {"a": 1}, "MALE"),
        ({"$map": "$a", "values": {1: "MALE"}, "other": "UNKNOWN"}, {"a": "2"}, "UNKNOWN"),
        ({"$map": "$a", "values": {"はい": True}}, {"a": "はい"}, True),
        ({"$map": "$a", "values": {"1": "MALE"}}, {"a": ""}, None),
        ({"$decimal": "$a"}, {"a": "1,980"}, "1980.00"),
        ({"$decimal": "$a", "places": 0}, {"a": "¥1,980"}, "1980"),
        ({"$decimal": "$a"}, {"a": 0.1 + 0.2}, "0.30"),
        ({"$decimal": "$a"}, {"a": Decimal("2.675")}, "2.68"),
        ({"$decimal": "$a"}, {"a": None}, None),
        ({"$sum": ["$a", "$b"]}, {"a": "0.1", "b": "0.2"}, "0.30"),
        ({"$sum": ["$a", "$b"]}, {"a": "", "b": "0.2"}, "0.20"),
        ({"$number": "$a"}, {"a": "3"}, 3),
        ({"$number": "$a"}, {"a": "3.0"}, 3),
        ({"$number": "$a"}, {"a": "0.25"}, 0.25),
        ({"$number": "$a"}, {"a": 0}, 0),
        ({"$split": "$a", "by": "|"}, {"a": "x| y ||"}, ["x", "y"]),
        ({"$split": "$a"}, {"a": ""}, None),
        ({"$time": "$a", "zone": "Asia/Tokyo"}, {"a": "2026-04-01T10:00"}, "2026-04-01T10:00:00+09:00"),
        ({"$time": "$a", "zone": "Asia/Tokyo"}, {"a": "2026-04-01T10:00:00Z"}, "2026-04-01T10:00:00+00:00"),
        ({"$time": "$a", "zone": "Asia/Tokyo", "format": "%Y/%m/%d %H:%M"}, {"a": "2026/4/1 9:05"}, "2026-04-01T09:05:00+09:00"),
        (
            {"$time": "$a", "zone": "America/New_York"},
            {"a": datetime.fromisoformat("2017-07-01T08:00")},
            "2017-07-01T08:00:00-04:00",
        ),
        ({"$time": "$a", "zone": "Asia/Tokyo"}, {"a": date(2026, 4, 1)}, "2026-04-01T00:00:00+09:00"),
        ({"$time": "$a", "zone": "Asia/Tokyo"}, {"a": ""}, None),
    ],
)
def test_a_cell_becomes(node: object, row: dict[str, object], expected: object) -> None:
    assert value(node, row) == expected


@pytest.mark.parametrize(
    ("node", "cell"),
    [
        ({"$decimal": "$a"}, "twelve"),
        ({"$decimal": "$a"}, "NaN"),
        ({"$decimal": "$a"}, "Infinity"),
        ({"$number": "$a"}, "1-2"),
        ({"$time": "$a", "zone": "UTC"}, "yesterday"),
        ({"$time": "$a", "zone": "UTC", "format": "%Y/%m/%d"}, "2026-04-01"),
        ({"$map": "$a", "values": {"1": "MALE"}}, "3"),
    ],
)
def test_what_cannot_be_read_is_refused_without_repeating_the_cell(node: object, cell: str) -> None:
    with pytest.raises(ValueError, match=r"is not|not in") as caught:
        value(node, {"a": cell})
    assert cell not in str(caught.value)


def test_the_top_of_the_data_stays_also_when_all_its_columns_are_empty() -> None:
    assert compile_fields({"kind": "SHOP", "name": "$a"}, "data").evaluate([{}], 0) == {"kind": "SHOP"}


def test_rows_of_a_group_become_lines_with_their_position_and_a_total() -> None:
    node = {"lines": {"$rows": {"line": "$@position", "amount": {"$decimal": "$a"}}}, "total": {"$total": "$a"}}
    rows = [{"a": 0.1}, {"a": 0.2}]
    assert compile_fields(node, "data").evaluate(rows, 0) == {
        "lines": [{"line": 1, "amount": "0.10"}, {"line": 2, "amount": "0.20"}],
        "total": "0.30",
    }


def test_columns_of_the_head_and_of_the_lines_are_told_apart() -> None:
    compiled = compile_fields({"store": "$s", "lines": {"$rows": {"sku": "$p"}}, "total": {"$total": "$a"}}, "data")
    assert (compiled.head, compiled.inner) == ({"s"}, {"p", "a"})


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=200))
def test_a_sum_of_floats_of_cents_is_exact(cents: list[int]) -> None:
    assert amount([each / 100 for each in cents], 2) == format(Decimal(sum(cents)).scaleb(-2), "f")
