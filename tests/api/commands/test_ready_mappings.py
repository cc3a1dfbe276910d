"""The mappings that come with the program: each imports a made-up export through the command, and what stands in the graph."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path

import pytest

from graph.imports.drafts import drafts
from graph.imports.mapping import load_mapping
from graph.imports.plans import plan
from graph.local import LocalServer
from graph.store import Store
from tests.api.commands.test_import_files import run
from tests.conftest import wipe
from tests.served import graph_of

ROOT = Path(__file__).parents[3]
MAPPINGS = ROOT / "mappings"
EXAMPLES = MAPPINGS / "examples"
PAGE = (ROOT / "docs" / "mappings.md").read_text("utf-8")

CUSTOMERS = "MATCH (c:Customer) RETURN c.name, c.kana, c.birth_date, c.gender, c.order_count ORDER BY c.name"
ORDERS = """
MATCH (t:Order) OPTIONAL MATCH (t)-[:HAS_LINE]->(l:OrderLine) OPTIONAL MATCH (c:Customer {id: t.customer})
RETURN t.external_id, t.status, t.channel, t.currency, t.total, toString(t.at), count(l) ORDER BY t.external_id
"""
PAID_BACK = "MATCH (t:Order) WHERE t.refunded IS NOT NULL RETURN t.external_id, t.refunded, t.total"
BUYERS = "MATCH (s:SourceRecord)-[:DID]->(t:Order) RETURN t.external_id, s.name_full ORDER BY t.external_id"
IDENTIFIERS = "MATCH (i:Identifier) RETURN i.kind, i.value ORDER BY i.kind, i.value"
CONSENTS = "MATCH (c:Consent)-[:COVERS]->(i:Identifier) RETURN c.purpose, c.state, i.value ORDER BY i.value"


@pytest.fixture
async def empty(store: Store) -> Store:
    await wipe(store)
    return store


async def imported(server: LocalServer, folder: Path, mapping: str, file: Path | str) -> str:
    """Import through the command and return what it sums up; whatever is rejected fails."""
    given = str(EXAMPLES / file) if isinstance(file, str) else str(file)
    done = run(folder, "--mapping", str(MAPPINGS / f"{mapping}.yaml"), given, **graph_of(server))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


async def test_shopify_customers_and_their_orders_are_one(neo4j_server: LocalServer, empty: Store, tmp_path: Path) -> None:
    assert (await imported(neo4j_server, tmp_path, "shopify_customers", "shopify")).startswith("Imported: 2 events, 2 created")
    assert (await imported(neo4j_server, tmp_path, "shopify_orders", "shopify")).startswith("Imported: 5 events, 2 created, 3 up")
    assert await empty.read(CUSTOMERS) == [["例題 花子", None, None, None, 1], ["検体 次郎", None, None, None, 0]]
    assert await empty.read(ORDERS) == [
        ["#1001", "FULFILLED", "WEB", "JPY", 11500, "2026-05-01T01:00:00Z", 2],
        ["#1002", "CANCELLED", "WEB", "JPY", 3000, "2026-05-02T12:30:00Z", 1],
    ]
    assert await empty.read(PAID_BACK) == [["#1001", 1000, 11500]]
    assert ["PHONE", "+819012347001"] in await empty.read(IDENTIFIERS)


async def test_ec_cube_members_and_orders_of_members_and_guests(neo4j_server: LocalServer, empty: Store, tmp_path: Path) -> None:
    await imported(neo4j_server, tmp_path, "ec_cube_members", "ec-cube")
    await imported(neo4j_server, tmp_path, "ec_cube_orders", "ec-cube")
    assert await empty.read(CUSTOMERS) == [
        ["検体 三郎", "ケンタイ サブロウ", None, "MALE", 0],
        ["見本 客", "ミホン キャク", None, None, 1],
        ["髙橋 例子", "タカハシ レイコ", "1990-03-03", "FEMALE", 1],
    ]
    assert await empty.read(ORDERS) == [
        ["301", "FULFILLED", "WEB", "JPY", 14030, "2026-04-10T11:15:00Z", 2],
        ["302", "PLACED", "WEB", "JPY", 1600, "2026-04-10T23:00:00Z", 1],
    ]


async def test_smaregi_members_refuse_mail_and_buy(neo4j_server: LocalServer, empty: Store, tmp_path: Path) -> None:
    await imported(neo4j_server, tmp_path, "smaregi_members", "smaregi")
    await imported(neo4j_server, tmp_path, "smaregi_transactions", "smaregi")
    assert await empty.read(CUSTOMERS) == [
        ["検体 健", None, None, "MALE", 0],
        ["試験 美咲", "シケン ミサキ", "1985-12-24", "FEMALE", 1],
    ]
    assert await empty.read(ORDERS) == [
        ["90001", "FULFILLED", "STORE", "JPY", 5000, "2026-05-03T06:20:11Z", 2],
        ["90002", "CANCELLED", "STORE", "JPY", 1100, "2026-05-03T16:10:00Z", 1],
    ]
    assert await empty.read(BUYERS) == [["90001", "試験 美咲"]]
    assert await empty.read(CONSENTS) == [["MARKETING", "REFUSED", "misaki.shiken@example.jp"]]


async def test_zendesk_users_without_colleagues_and_with_every_number(
    neo4j_server: LocalServer, empty: Store, tmp_path: Path
) -> None:
    await imported(neo4j_server, tmp_path, "zendesk_users", "zendesk")
    assert [row[0] for row in await empty.read(CUSTOMERS)] == ["例題 問子", "検体 二本"]
    assert [value for kind, value in await empty.read(IDENTIFIERS) if kind == "PHONE"] == [
        "+81312347603",
        "+819012347601",
        "+819012347603",
    ]


async def test_servicenow_consumers_without_colleagues(neo4j_server: LocalServer, empty: Store, tmp_path: Path) -> None:
    await imported(neo4j_server, tmp_path, "servicenow_users", "servicenow")
    assert [row[:4] for row in await empty.read(CUSTOMERS)] == [
        ["例題 求子", None, "1982-02-02", "FEMALE"],
        ["検体 応太", None, None, None],
    ]
    assert [value for kind, value in await empty.read(IDENTIFIERS) if kind == "PHONE"] == [
        "+81312347901",
        "+819012347901",
        "+819012347902",
    ]


async def test_hubspot_contacts_with_further_addresses_and_a_refusal(
    neo4j_server: LocalServer, empty: Store, tmp_path: Path
) -> None:
    await imported(neo4j_server, tmp_path, "hubspot_contacts", "hubspot")
    assert [row[0] for row in await empty.read(CUSTOMERS)] == ["例題 環", "試験 学"]
    assert [value for kind, value in await empty.read(IDENTIFIERS) if kind == "EMAIL"] == [
        "gaku@example.jp",
        "manabu.shiken@example.jp",
        "manabu@example.jp",
        "tamaki.reidai@example.jp",
    ]
    assert await empty.read(CONSENTS) == [["MARKETING", "REFUSED", "manabu.shiken@example.jp"]]


async def test_salesforce_contacts_without_deleted_ones_and_with_each_refusal(
    neo4j_server: LocalServer, empty: Store, tmp_path: Path
) -> None:
    await imported(neo4j_server, tmp_path, "salesforce_contacts", "salesforce")
    assert [row[:3] for row in await empty.read(CUSTOMERS)] == [["例題 営子", None, "1979-07-07"], ["検体 進", None, None]]
    assert await empty.read(CONSENTS) == [
        ["MARKETING", "REFUSED", "+81312347801"],
        ["MARKETING", "REFUSED", "+819012347801"],
        ["MARKETING", "REFUSED", "eiko.reidai@example.jp"],
    ]


async def test_a_later_export_brings_an_order_to_its_new_state(neo4j_server: LocalServer, empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "orders_export.csv"
    text = (EXAMPLES / "shopify" / "orders_export_1.csv").read_text("utf-8")
    states = {"partial": "PARTIALLY_FULFILLED", "fulfilled": "FULFILLED"}
    for hours, (state, expected) in enumerate(states.items()):
        file.write_text(text.replace("05 +0900,fulfilled", f"05 +0900,{state}"), encoding="utf-8")
        os.utime(file, (1_790_000_000 + 3_600 * hours, 1_790_000_000 + 3_600 * hours))
        await imported(neo4j_server, tmp_path, "shopify_orders", file)
        assert (await empty.read(ORDERS))[0][:2] == ["#1001", expected]


def turned(path: Path, encoding: str, to: str) -> bytes:
    """Return the export with its columns in the opposite order, one more in front and a title above."""
    header, *rows = csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline=""))
    written = io.StringIO(newline="")
    csv.writer(written).writerows([["一覧"], [], ["追加列", *reversed(header)], *(["追加", *reversed(row)] for row in rows)])
    return written.getvalue().encode(to)


def events(folder: Path, mapping: str, file: Path) -> list[object]:
    """Return what a file says by a mapping, and of what time where it does not depend on when it was written."""
    read = load_mapping(MAPPINGS / f"{mapping}.yaml")
    made = [(draft.problem, draft.event or {}) for draft in drafts(read, plan(read, [file]), folder)]
    return [(problem, event.get("subject"), event["data"]) for problem, event in made]


@pytest.mark.parametrize("to", ["cp932", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize(
    ("mapping", "file", "encoding"),
    [
        ("shopify_customers", "shopify/customers_export.csv", "utf-8"),
        ("shopify_orders", "shopify/orders_export_1.csv", "utf-8"),
        ("ec_cube_members", "ec-cube/customer_20260401100000.csv", "cp932"),
        ("ec_cube_orders", "ec-cube/order_20260412090000.csv", "cp932"),
        ("smaregi_members", "smaregi/会員一覧.csv", "cp932"),
        ("smaregi_transactions", "smaregi/取引明細.csv", "cp932"),
        ("hubspot_contacts", "hubspot/hubspot-crm-exports-all-contacts.csv", "utf-8"),
        ("salesforce_contacts", "salesforce/Contact.csv", "utf-8"),
    ],
)
def test_order_and_encoding_of_the_columns_do_not_matter(tmp_path: Path, mapping: str, file: str, encoding: str, to: str) -> None:
    other = tmp_path / "EXPORT.TXT"
    other.write_bytes(turned(EXAMPLES / file, encoding, to))
    assert events(tmp_path, mapping, other) == events(tmp_path, mapping, EXAMPLES / file)


@pytest.mark.parametrize(
    ("mapping", "file", "encoding", "named"),
    [
        (
            "ec_cube_orders",
            "ec-cube/order_20260412090000.csv",
            "cp932",
            {"受注日": "注文日時", "TEL": "電話番号", "合計": "お支払い合計"},
        ),
        ("ec_cube_members", "ec-cube/customer_20260401100000.csv", "cp932", {"TEL": "電話番号"}),
        (
            "smaregi_transactions",
            "smaregi/取引明細.csv",
            "cp932",
            {"取消区分": "取引取消区分", "内消費税": "内税額", "外消費税": "外税額"},
        ),
        (
            "hubspot_contacts",
            "hubspot/hubspot-crm-exports-all-contacts.csv",
            "utf-8",
            {"その他のEメールアドレス": "追加のメールアドレス"},
        ),
    ],
    ids=lambda given: given if isinstance(given, str) and given.isascii() else "",
)
def test_columns_are_read_under_each_of_their_names(
    tmp_path: Path, mapping: str, file: str, encoding: str, named: dict[str, str]
) -> None:
    header, rest = (EXAMPLES / file).read_bytes().decode(encoding).split("\n", 1)
    columns = [name.strip() for name in next(csv.reader([header]))]
    other = tmp_path / Path(file).name
    other.write_bytes((",".join(named.get(name, name) for name in columns) + "\n" + rest).encode(encoding))
    assert set(named) & set(columns)
    assert events(tmp_path, mapping, other) == events(tmp_path, mapping, EXAMPLES / file)


@pytest.mark.parametrize(
    ("flag", "states"),
    [
        ("メール受信許可フラグ", "会員状態"),
        ("案内メール受取許可フラグ", "会員状態区分"),
        ("案内メール受取許可フラグ (0:拒否, 1:許可)", "会員状態区分 (0:利用可, 1:利用停止, 2:紛失, 3:退会, 4:名寄せ)"),
    ],
)
def test_a_smaregi_member_refuses_under_each_name_of_the_flag(tmp_path: Path, flag: str, states: str) -> None:
    file = tmp_path / "会員一覧.csv"
    with file.open("w", encoding="cp932", newline="") as written:
        state = "退会" if states == "会員状態" else "3"
        rows = [["会員コード", "メールアドレス", flag, states], ["0001", "shiken@example.jp", "0", state], ["0002", "", "0", "0"]]
        csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    made = load_mapping(MAPPINGS / "smaregi_members.yaml")
    found = [draft.event for draft in drafts(made, plan(made, [file]), tmp_path) if draft.event]
    assert [event["data"]["contactPoint"]["value"] for event in found if "contactPoint" in event["data"]] == ["shiken@example.jp"]
    assert found[0]["data"]["attributes"]["memberStatus"] == "退会"
    assert plan(made, [file])[0].unread == {}


def test_a_column_with_the_name_of_one_that_is_read_and_more_behind_it_is_told(tmp_path: Path) -> None:
    file = tmp_path / "会員一覧.csv"
    file.write_text("会員コード,電話番号,電話番号 (勤務先)\n", encoding="utf-8")
    made = load_mapping(MAPPINGS / "smaregi_members.yaml")
    assert plan(made, [file])[0].unread == {"会員一覧.csv": ("電話番号 (勤務先)",)}


def test_the_page_names_every_mapping_with_a_command_and_every_column_that_it_reads() -> None:
    ready = {path.stem for path in MAPPINGS.glob("*.yaml")} - {"completejourney"}
    shown = dict(re.findall(r"customer360 import --mapping mappings/(\w+)\.yaml (\S+)", PAGE))
    assert set(shown) == ready
    assert [example for example in shown.values() if not (ROOT / example).exists()] == []
    parts = {mapping: part for part in PAGE.split("\n## ") for mapping in re.findall(r"mappings/(\w+)\.yaml", part)}
    read = {(name, column) for name in ready for column in load_mapping(MAPPINGS / f"{name}.yaml").text.columns}
    assert {(name, column) for name, column in read if f"`{column}`" not in parts[name]} == set()
