"""Files and a mapping make the raw events that POST /events would get, in a fixed order, line by line."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import duckdb
import pytest

from graph.errors import InvalidInput
from graph.imports.drafts import Draft, drafts, plan
from graph.imports.mapping import load_mapping

MAPPINGS = Path(__file__).parents[3] / "mappings"
CALLS = """
    source: /cti
    time_zone: Asia/Tokyo
    events:
      - name: calls
        type: customer360.interaction.v1
        files: "*"
        time: $at
        data: {kind: CALL, by: {identifiers: [{kind: PHONE, value: $phone}]}}
"""
BASKETS = """
    source: /pos
    time_zone: Asia/Tokyo
    events:
      - name: baskets
        type: customer360.order.v1
        files: lines*
        lookups: {shop: {files: shops.csv, key: code, column: store}}
        group_by: basket
        subject: $basket
        id: $basket
        time: $at
        data:
          store: $store
          channel: $shop.channel
          lines: {$rows: {line: $@position, sku: $sku}}
"""


def made(folder: Path, mapping: str, **files: str) -> list[Draft]:
    path = folder / "source.yaml"
    path.write_text(dedent(mapping), encoding="utf-8")
    (folder / "in").mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / "in" / name.replace("_", ".")).write_text(dedent(content).lstrip(), encoding="utf-8")
    return of(folder, path, folder / "in")


def of(folder: Path, mapping: Path, *paths: Path) -> list[Draft]:
    spill = folder / "spill"
    spill.mkdir(exist_ok=True)
    read = load_mapping(mapping)
    return list(drafts(read, plan(read, paths), spill))


def test_the_example_makes_two_members_and_two_orders(tmp_path: Path) -> None:
    found = of(tmp_path, MAPPINGS / "examples" / "persons_and_orders.yaml", MAPPINGS / "examples")
    assert [(draft.rule, draft.line, draft.rows, draft.problem) for draft in found] == [
        ("members", 2, 1, None),
        ("members", 3, 1, None),
        ("receipts", 2, 2, None),
        ("receipts", 4, 1, None),
    ]
    member, order = found[1].event, found[2].event
    assert member is not None
    assert order is not None
    assert member["data"]["identifiers"] == [
        {"kind": "MEMBER_NUMBER", "value": "M-0002"},
        {"kind": "PHONE", "value": "090-1234-0002"},
    ]
    assert "attributes" not in member["data"]
    assert order["time"] == "2026-04-05T15:00:00+09:00"
    assert order["data"]["total"] == "27800"
    assert order["data"]["lines"][1] == {
        "line": 2,
        "sku": "SKU-2",
        "name": "見本シャツ",
        "quantity": 2,
        "unitPrice": "4000",
        "amount": "8000",
    }


def test_a_row_without_an_id_gets_one_from_the_file_and_its_content(tmp_path: Path) -> None:
    csv = "at,phone\n2026-04-01T10:00,090-1234-0001\n2026-04-01T10:00,090-1234-0002\n2026-04-01T10:00,090-1234-0001\n"
    first = [draft.event["id"] for draft in made(tmp_path, CALLS, a_csv=csv) if draft.event]
    again = [draft.event["id"] for draft in made(tmp_path, CALLS, a_csv=csv) if draft.event]
    elsewhere = [draft.event["id"] for draft in made(tmp_path, CALLS, b_csv=csv) if draft.event]
    assert first == again == elsewhere[:3]
    assert first[0] == first[2] != first[1]
    assert len(set(elsewhere)) == 4


def test_a_bad_row_is_a_problem_with_its_line_and_the_others_become_events(tmp_path: Path) -> None:
    found = made(tmp_path, CALLS, a_csv="at,phone\n2026-04-01T10:00,090-1234-0001\nsoon,1\n1,2,3\n2026-04-01T10:00,\n")
    assert [(draft.line, draft.problem) for draft in found] == [
        (2, None),
        (3, "a time is not as ISO 8601 says"),
        (4, "3 cells, but the header names 2"),
        (5, None),
    ]
    assert found[3].event is not None
    assert found[3].event["data"] == {"kind": "CALL"}


def test_rows_of_a_group_that_stand_apart_come_together_in_the_order_of_the_file(tmp_path: Path) -> None:
    lines = """
        basket,store,at,sku
        B,shibuya,2026-04-01T10:00,1
        A,ginza,2026-04-01T11:00,2
        B,shibuya,2026-04-01T10:00,3
        x,y
        ,ginza,2026-04-01T11:00,4
        A,ginza,2026-04-01T12:00,5
    """
    found = made(tmp_path, BASKETS, lines_csv=lines, shops_csv="code,channel\nshibuya,STORE\nshibuya,WEB\n")
    problems = {draft.line: draft.problem for draft in found if draft.problem}
    assert problems == {
        5: "2 cells, but the header names 4",
        6: "no value in basket, by which rows are grouped",
        3: "the rows of one basket disagree on at",
    }
    (event,) = [draft.event for draft in found if draft.event]
    assert event["data"] == {"store": "shibuya", "channel": "STORE", "lines": [{"line": 1, "sku": "1"}, {"line": 2, "sku": "3"}]}


def test_json_lines_that_are_sorted_keep_truth_values_and_lists(tmp_path: Path) -> None:
    mapping = """
        source: /ec
        time_zone: Asia/Tokyo
        events:
          - {name: a, type: t, files: a.jsonl, group_by: g, time: $at, data: {rows: {$rows: {ok: $ok, tags: $tags, n: $n}}}}
    """
    lines = '{"g": "1", "at": "2026-04-01", "ok": true, "tags": ["x"], "n": 5}\n{"g": "1", "at": "2026-04-01"}\n'
    (draft,) = made(tmp_path, mapping, a_jsonl=lines)
    assert draft.event is not None
    assert draft.event["data"] == {"rows": [{"ok": True, "tags": ["x"], "n": "5"}, None]}


def test_distinct_keys_are_collected_over_files_of_several_formats(tmp_path: Path) -> None:
    mapping = """
        source: /erp
        time_zone: Asia/Tokyo
        events:
          - name: products
            type: customer360.product.v1
            files: [sold.parquet, listed.csv]
            distinct: sku
            lookups: {listed: {files: listed.csv, key: sku}}
            subject: $sku
            time: "2026-01-01"
            data: {name: $listed.name}
    """
    (tmp_path / "in").mkdir()
    duckdb.sql(f"COPY (SELECT unnest([7, 9, 7]) AS sku) TO '{tmp_path}/in/sold.parquet'")
    found = made(tmp_path, mapping, listed_csv="sku,name\n7,見本\n8,例\n")
    assert [(draft.event or {})["subject"] for draft in found] == ["7", "8", "9"]
    assert [(draft.event or {})["data"] for draft in found] == [{"name": "見本"}, {"name": "例"}, {}]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"lines_csv": "basket,store,at,sku\n"}, "also needs shops.csv"),
        ({"lines_csv": "basket,store,at\n", "shops_csv": "code,channel\n"}, "that lines.csv lacks: sku"),
        ({"lines_csv": "basket,store,at,sku\n", "shops_csv": "code\n"}, "that shops.csv lacks: channel"),
        ({"other_csv": "a\n"}, "No file here is one that the mapping reads"),
    ],
)
def test_what_does_not_fit_is_said_before_anything_is_read(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        made(tmp_path, BASKETS, **files)
    assert sentence in caught.value.message


def test_a_path_that_no_entry_reads_is_an_error_and_not_silence(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n")
    with pytest.raises(InvalidInput, match=r"No entry of the mapping reads other\.csv"):
        of(tmp_path, MAPPINGS / "examples" / "persons_and_orders.yaml", tmp_path / "other.csv")
    with pytest.raises(InvalidInput, match="There is no file"):
        of(tmp_path, MAPPINGS / "examples" / "persons_and_orders.yaml", tmp_path / "absent.csv")
