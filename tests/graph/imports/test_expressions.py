"""What the expressions of a mapping make of cells."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.imports.expressions import compile_expression, compile_fields
from graph.imports.transforms import amount, instant


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
        ({"$decimal": "$a", "places": 0}, {"a": "１，９８０"}, "1980"),
        ({"$decimal": "$a", "places": 0}, {"a": "1,980円"}, "1980"),
        ({"$decimal": "$a", "places": 0}, {"a": "￥1,980-"}, "1980"),
        ({"$decimal": "$a", "places": 0}, {"a": "1,980円也"}, "1980"),
        ({"$decimal": "$a", "places": 0}, {"a": "¥ 12,345,678"}, "12345678"),
        ({"$decimal": "$a", "places": 0}, {"a": "△500"}, "-500"),
        ({"$decimal": "$a", "places": 0}, {"a": "▲ 1,500"}, "-1500"),
        ({"$decimal": "$a", "places": 0}, {"a": "(500)"}, "-500"),
        ({"$decimal": "$a", "places": 0}, {"a": "（¥1,500）"}, "-1500"),
        ({"$decimal": "$a", "places": 0}, {"a": "−500"}, "-500"),
        ({"$decimal": "$a", "places": 0}, {"a": "－５００"}, "-500"),
        ({"$decimal": "$a", "places": 0}, {"a": "-¥500"}, "-500"),
        ({"$decimal": "$a", "places": 0}, {"a": "¥-500"}, "-500"),
        ({"$decimal": "$a", "places": 0}, {"a": "+500"}, "500"),
        ({"$decimal": "$a"}, {"a": "1,980.50 JPY"}, "1980.50"),
        ({"$decimal": "$a"}, {"a": "USD 12.5"}, "12.50"),
        ({"$decimal": "$a"}, {"a": ".5"}, "0.50"),
        ({"$decimal": "$a", "times": 0.01}, {"a": "1980"}, "19.80"),
        ({"$decimal": "$a", "times": 1000, "places": 0}, {"a": "1.5"}, "1500"),
        ({"$product": ["$a", "$b"], "places": 0, "times": 0.01}, {"a": "1,055", "b": "10"}, "106"),
        ({"$product": ["$a", "$b"]}, {"a": "1", "b": ""}, None),
        ({"$difference": ["$a", "$b"], "places": 0}, {"a": "1,000", "b": "300"}, "700"),
        ({"$difference": ["$a", "$b"]}, {"a": "1", "b": "1.5"}, "-0.50"),
        ({"$difference": ["$a", "$b"]}, {"a": "1", "b": ""}, None),
        ({"$first": ["$a", "$b"]}, {"a": " ", "b": "x"}, "x"),
        ({"$first": ["$a", "$b"]}, {"a": "y", "b": "x"}, "y"),
        ({"$first": ["$a", "$b"]}, {}, None),
        ({"$trim": "$a", "of": "#"}, {"a": "#1001"}, "1001"),
        ({"$trim": "$a", "of": "#"}, {"a": "# "}, None),
        ({"$sum": ["$a", "$b"]}, {"a": "0.1", "b": "0.2"}, "0.30"),
        ({"$sum": ["$a", "$b"]}, {"a": "", "b": "0.2"}, "0.20"),
        ({"$number": "$a"}, {"a": "3"}, 3),
        ({"$number": "$a"}, {"a": "3.0"}, 3),
        ({"$number": "$a"}, {"a": "0.25"}, 0.25),
        ({"$number": "$a"}, {"a": "１"}, 1),
        ({"$number": "$a"}, {"a": "-1"}, -1),
        ({"$number": "$a"}, {"a": 0}, 0),
        ({"$split": "$a", "by": "|"}, {"a": "x| y ||"}, ["x", "y"]),
        ({"$split": "$a"}, {"a": ""}, None),
        ({"$split": "$a"}, {"a": ["x", "y"]}, ["x", "y"]),
        ({"$matching": "$a", "pattern": "[0-9a-f]{4}"}, {"a": "00af"}, "00af"),
        ({"$matching": "$a", "pattern": "[0-9a-f]{4}"}, {"a": "00af0"}, None),
        ({"$matching": "$a", "pattern": "[0-9a-f]{4}"}, {"a": None}, None),
        (
            [{"kind": "PHONE", "value": "$a"}, {"kind": "EMAIL", "value": "$b", "verified": "$c"}],
            {"a": ["070", " ", None, 6], "b": ["x@example.jp", "y@example.jp"], "c": True},
            [
                {"kind": "PHONE", "value": "070"},
                {"kind": "PHONE", "value": "6"},
                {"kind": "EMAIL", "value": "x@example.jp", "verified": True},
                {"kind": "EMAIL", "value": "y@example.jp", "verified": True},
            ],
        ),
        ([{"kind": "PHONE", "value": "$a"}], {"a": []}, None),
        ([{"kind": "EMAIL", "value": "$a", "verified": "$b"}], {"a": " ", "b": True}, None),
        (
            [{"kind": "PHONE", "value": {"$split": "$a", "by": ":::"}}],
            {"a": "070-1 ::: 06-2"},
            [{"kind": "PHONE", "value": "070-1"}, {"kind": "PHONE", "value": "06-2"}],
        ),
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
        *(
            ({"$time": "$a", "zone": "Asia/Tokyo"}, {"a": written}, read)
            for written, read in (
                ("2026/4/1 9:05", "2026-04-01T09:05:00+09:00"),
                ("2026-4-1 9:05:06", "2026-04-01T09:05:06+09:00"),
                ("2026.04.01", "2026-04-01T00:00:00+09:00"),
                ("２０２６／０４／０１　０９：０５", "2026-04-01T09:05:00+09:00"),
                ("2026年4月1日 9時05分", "2026-04-01T09:05:00+09:00"),
                ("2026年4月1日", "2026-04-01T00:00:00+09:00"),
                ("20260401", "2026-04-01T00:00:00+09:00"),
                ("20260401090506", "2026-04-01T09:05:06+09:00"),
                ("2026-04-01 10:00:00 +0900", "2026-04-01T10:00:00+09:00"),
                ("2026-04-01 10:00:00 UTC", "2026-04-01T10:00:00+00:00"),
                ("2026-04-01 10:00:00 -0330", "2026-04-01T10:00:00-03:30"),
                ("2026-04-01T10:00:00.000+0000", "2026-04-01T10:00:00+00:00"),
                ("2026-04-01T10:00:00.123Z", "2026-04-01T10:00:00.123000+00:00"),
                ("2026/04/01 25:30", "2026-04-02T01:30:00+09:00"),
                ("2026/04/01 24:00", "2026-04-02T00:00:00+09:00"),
                ("2026-12-31T29:59:59", "2027-01-01T05:59:59+09:00"),
                ("2026年4月30日 25時30分", "2026-05-01T01:30:00+09:00"),
            )
        ),
        (
            {"$time": "$a", "zone": "Asia/Tokyo", "format": "%Y/%m/%d %H:%M"},
            {"a": "2026/04/01 25:30"},
            "2026-04-02T01:30:00+09:00",
        ),
        (
            {"$time": "$a", "zone": "UTC", "format": ["%d.%m.%Y", "%m/%d/%Y"]},
            {"a": "04/01/2026"},
            "2026-04-01T00:00:00+00:00",
        ),
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
        ({"$decimal": "$a"}, "1,98"),
        ({"$decimal": "$a"}, "1.980,50"),
        ({"$decimal": "$a"}, "1,0000"),
        ({"$decimal": "$a"}, "500-"),
        ({"$decimal": "$a"}, "(-500)"),
        ({"$decimal": "$a"}, "△-500"),
        ({"$decimal": "$a"}, "1.98E+03"),
        ({"$decimal": "$a"}, "¥"),
        ({"$number": "$a"}, "1-2"),
        ({"$time": "$a", "zone": "UTC"}, "2026/13/01"),
        ({"$time": "$a", "zone": "UTC"}, "2026/04/01 48:00"),
        ({"$time": "$a", "zone": "UTC"}, "04/01/2026"),
        ({"$time": "$a", "zone": "UTC"}, "yesterday"),
        ({"$time": "$a", "zone": "UTC", "format": "%Y/%m/%d"}, "2026-04-01"),
        ({"$map": "$a", "values": {"1": "MALE"}}, "3"),
    ],
)
def test_what_cannot_be_read_is_refused_without_repeating_the_cell(node: object, cell: str) -> None:
    with pytest.raises(ValueError, match=r"is not|not in") as caught:
        value(node, {"a": cell})
    assert cell not in str(caught.value)


def test_a_value_that_is_in_no_table_is_told_with_the_name_of_its_column() -> None:
    with pytest.raises(ValueError, match="a value of status is not in the table of"):
        value({"$map": "$status", "values": {"open": "OPEN"}}, {"status": "parked"})


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


def test_a_filter_takes_rows_of_a_group_for_lines_and_totals() -> None:
    node = {
        "lines": {"$rows": {"line": "$@position", "sku": "$s"}, "where": {"k": ["goods", ""]}},
        "fee": {"$total": "$a", "places": 0, "where": {"k": "fee"}},
    }
    compiled = compile_fields(node, "data")
    rows = [{"s": "x", "a": "5", "k": "goods"}, {"s": "f", "a": "3", "k": "fee"}, {"s": "y", "a": "7", "k": " "}]
    assert compiled.evaluate(rows, 0) == {"lines": [{"line": 1, "sku": "x"}, {"line": 3, "sku": "y"}], "fee": "3"}
    assert compiled.inner == {"s", "a", "k"}
    without = compile_fields({"lines": {"$rows": {"line": "$@position"}, "where": {"s": {"not": ""}}}}, "data")
    assert without.evaluate([{"s": " "}, {}], 0) == {}
    assert without.evaluate([{"s": " "}, {"s": "x"}], 0) == {"lines": [{"line": 2}]}


@given(st.integers(-(10**12), 10**12))
def test_an_amount_reads_the_same_in_every_notation(units: int) -> None:
    plain = format(abs(units), ",")
    notations = [f"{units:,}", f"{units:,}円"] if units >= 0 else [f"△{plain}", f"▲{plain}", f"({plain})", f"-¥{plain}"]
    assert {amount([written], 0) for written in notations} == {str(units)}


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 23))
def test_an_hour_past_midnight_is_one_of_the_next_day(day: date, hour: int) -> None:
    midnight = datetime.combine(day, time(), UTC)
    late = instant(f"{midnight:%Y/%m/%d} {hour + 24}:15", [], UTC)
    assert late == (midnight + timedelta(days=1, hours=hour, minutes=15)).isoformat()


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=200))
def test_a_sum_of_floats_of_cents_is_exact(cents: list[int]) -> None:
    assert amount([each / 100 for each in cents], 2) == format(Decimal(sum(cents)).scaleb(-2), "f")
