"""Files and a mapping make the raw events that POST /events would get, in a fixed order, line by line."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent

import duckdb
import pytest

from graph.errors import InvalidInput
from graph.imports.drafts import Draft, drafts
from graph.imports.mapping import load_mapping
from graph.imports.plans import NoFileForIt, plan, rules_without_files

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


TICKETS = """
    source: /desk
    time_zone: UTC
    events:
      - name: solved
        type: customer360.case.v1
        files: "*"
        across_files: true
        when: {$first: [$solved, $closed]}
        subject: $id
        time: {$first: [$solved, $closed]}
        data: {state: RESOLVED, subject: $title}
"""


def test_what_is_said_again_in_another_file_is_the_same_event_where_the_mapping_states_that(tmp_path: Path) -> None:
    rows = "id,title,solved,closed\n1,a,2026-04-01T10:00,\n"
    [first] = made(tmp_path, TICKETS, a_csv=rows)
    told = {draft.event["id"] for draft in made(tmp_path, TICKETS, b_csv=rows.replace("closed", "other,closed")) if draft.event}
    assert first.event is not None
    assert told == {first.event["id"]}
    [changed] = made(tmp_path, TICKETS, a_csv=rows.replace(",a,", ",b,"), b_csv="id,title,solved,closed\n")
    assert changed.event is not None
    assert changed.event["id"] != first.event["id"]


def test_a_row_makes_an_event_only_when_what_the_entry_asks_for_is_there(tmp_path: Path) -> None:
    found = made(tmp_path, TICKETS, a_csv="id,title,solved,closed\n1,a,2026-04-01T10:00,\n2,b,,\n3,c,,2026-04-02T10:00\n")
    assert [(draft.line, draft.event and draft.event["subject"]) for draft in found] == [(2, "1"), (4, "3")]


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
        A,shibuya,2026-04-01T12:00,5
    """
    found = made(tmp_path, BASKETS, lines_csv=lines, shops_csv="code,channel\nshibuya,STORE\nshibuya,WEB\n")
    problems = {draft.line: draft.problem for draft in found if draft.problem}
    assert problems == {
        5: "2 cells, but the header names 4",
        6: "no value in basket, by which rows are grouped",
        3: "the rows of one basket disagree on at, store",
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


@pytest.mark.parametrize("shops", [{"shops_csv": "code,area\nginza,1\n"}, {"shops_jsonl": '{"code": "ginza", "area": "1"}\n'}])
def test_a_looked_up_file_may_lack_columns_that_the_entry_does_not_need(tmp_path: Path, shops: dict[str, str]) -> None:
    mapping = BASKETS.replace("shops.csv", "shops.*").replace("store: $store", "topic: $shop.area")
    needing = mapping.replace("group_by:", "needs: [sku, shop.area]\n        group_by:")
    found = made(tmp_path, needing, lines_csv="basket,store,at,sku\nA,ginza,2026-04-01T10:00,1\n", **shops)
    assert [(draft.problem, (draft.event or {})["data"]["topic"]) for draft in found] == [(None, "1")]


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


ORDERS = """
    source: /ec
    time_zone: Asia/Tokyo
    events:
      - name: orders
        type: customer360.order.v1
        files: orders*
        group_by: Name
        subject: $Name
        time: $At
        data:
          status: $Status
          total: {$decimal: $Total, places: 0}
          lines: {$rows: {line: $@position, sku: $Sku}}
"""


@pytest.mark.parametrize(
    "lines",
    [
        "#1,2026-04-01,paid,500,x\n#1,2026-04-01,,,y\n",
        "#1,2026-04-01,paid,500,x\n#1,,,,y\n",
        "#1,,,,x\n#1,2026-04-01,paid,500,y\n",
        "#1 ,2026-04-01 ,paid,500,x\n#1,2026-04-01,paid ,500 ,y\n",
        '#1,2026-04-01,"paid",500,x\n,,,,\n="#1",2026-04-01,NULL,\\N,y\n',
    ],
)
def test_what_further_rows_of_a_group_leave_blank_says_nothing(tmp_path: Path, lines: str) -> None:
    (draft,) = made(tmp_path, ORDERS, orders_csv=f"Name,At,Status,Total,Sku\n{lines}")
    assert (draft.rows, draft.problem) == (2, None)
    assert draft.event is not None
    assert draft.event["time"] == "2026-04-01T00:00:00+09:00"
    assert draft.event["data"] == {
        "status": "paid",
        "total": "500",
        "lines": [{"line": 1, "sku": "x"}, {"line": 2, "sku": "y"}],
    }


def test_a_column_of_the_lines_is_not_filled_from_other_rows(tmp_path: Path) -> None:
    (draft,) = made(tmp_path, ORDERS, orders_csv="Name,At,Status,Total,Sku\n#1,2026-04-01,paid,5,\n#1,,,,y\n")
    assert (draft.event or {})["data"]["lines"] == [{"line": 1}, {"line": 2, "sku": "y"}]


def test_rows_that_a_filter_does_not_take_say_nothing(tmp_path: Path) -> None:
    mapping = CALLS.replace('files: "*"', 'files: "*"\n        where: {taken: ["yes", ""], kind: call}')
    lines = "2026-04-01,1,yes,call\n2026-04-01,2,no,call\n2026-04-01,3, ,call\n2026-04-01,4,yes,mail\n5\n"
    found = made(tmp_path, mapping, a_csv=f"at,phone,taken,kind\n{lines}")
    assert [(draft.line, draft.problem is None) for draft in found] == [(2, True), (4, True), (6, False)]


def test_a_filter_judges_a_blank_row_by_the_first_of_its_group_and_drops_rows_that_say_otherwise(tmp_path: Path) -> None:
    mapping = ORDERS.replace("group_by", "where: {Status: paid, Kind: {not: gift}}\n        group_by").replace(
        "status: $Status", ""
    )
    found = made(
        tmp_path,
        mapping,
        orders_csv="Name,At,Status,Total,Sku,Kind\n"
        "#1,2026-04-01,paid,5,x,\n#1,,,,y,\n#1,,,,z,gift\n#2,2026-04-01,open,5,x,\n#2,,,,y,\n",
    )
    assert [(draft.event or {})["data"]["lines"] for draft in found] == [[{"line": 1, "sku": "x"}, {"line": 2, "sku": "y"}]]


def test_a_column_that_a_file_may_lack_stays_empty_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "source.yaml"
    path.write_text(dedent(ORDERS.replace("group_by", "needs: [Name, At]\n        group_by")), encoding="utf-8")
    file = tmp_path / "orders.csv"
    file.write_text("Sku,At,Name,Total\nx,2026-04-01,#1,500\n", encoding="utf-8")
    mapping = load_mapping(path)
    (step,) = plan(mapping, [file])
    assert step.absent == {"orders.csv": ("Status",)}
    (draft,) = of(tmp_path, path, file)
    assert (draft.event or {})["data"] == {"total": "500", "lines": [{"line": 1, "sku": "x"}]}
    file.write_text("Sku,At,Total\nx,2026-04-01,500\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"names columns that orders\.csv lacks: Name"):
        plan(mapping, [file])


def test_a_column_that_stands_twice_is_addressed_by_its_number(tmp_path: Path) -> None:
    twice = "at,phone,phone\n2026-04-01,1,2\n"
    with pytest.raises(InvalidInput, match=r"lacks: phone\. a\.csv names phone more than once: write `\$phone \(1\)`"):
        made(tmp_path, CALLS, a_csv=twice)
    (draft,) = made(tmp_path, CALLS.replace("$phone", '"$phone (2)"'), a_csv=twice)
    assert (draft.event or {})["data"]["by"] == {"identifiers": [{"kind": "PHONE", "value": "2"}]}


def test_an_export_that_tells_no_time_is_of_the_time_of_its_file(tmp_path: Path) -> None:
    path, file = tmp_path / "source.yaml", tmp_path / "a.csv"
    path.write_text(dedent(CALLS.replace("$at", '"$@modified"')), encoding="utf-8")
    file.write_text("phone\n1\n", encoding="utf-8")
    os.utime(file, (1_775_000_000, 1_775_000_000))
    (first,) = of(tmp_path, path, file)
    (again,) = of(tmp_path, path, file)
    assert (first.event or {})["time"] == "2026-03-31T23:33:20+00:00"
    assert first == again
    os.utime(file, (1_775_000_001, 1_775_000_001))
    (later,) = of(tmp_path, path, file)
    assert (later.event or {})["id"] != (first.event or {})["id"]


def test_a_file_that_is_named_is_read_by_a_mapping_of_one_entry_whatever_it_is_called(tmp_path: Path) -> None:
    path, file = tmp_path / "source.yaml", tmp_path / "Export (3).CSV"
    path.write_text(dedent(ORDERS), encoding="utf-8")
    file.write_text("Name,At,Status,Total,Sku\n#1,2026-04-01,paid,5,x\n", encoding="utf-8")
    assert len(of(tmp_path, path, file)) == 1
    with pytest.raises(NoFileForIt, match="No file here is one that the mapping reads"):
        of(tmp_path, path, tmp_path)


def test_an_entry_that_finds_no_file_is_known(tmp_path: Path) -> None:
    mapping = load_mapping(MAPPINGS / "examples" / "persons_and_orders.yaml")
    steps = plan(mapping, [MAPPINGS / "examples" / "persons.csv"])
    assert [rule.name for rule in rules_without_files(mapping, steps)] == ["receipts"]


def test_a_path_that_no_entry_reads_is_an_error_and_not_silence(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n")
    with pytest.raises(InvalidInput, match=r"No entry of the mapping reads other\.csv"):
        of(tmp_path, MAPPINGS / "examples" / "persons_and_orders.yaml", tmp_path / "other.csv")
    with pytest.raises(InvalidInput, match="There is no file"):
        of(tmp_path, MAPPINGS / "examples" / "persons_and_orders.yaml", tmp_path / "absent.csv")
