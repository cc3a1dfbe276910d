"""An export holds everything that the graph holds of a customer, but for a stated list; in steps, and to its owner alone."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import UTC
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import orjson
import pytest

from admin.documents.document import documents
from graph.audit.copying import COPY
from graph.commands.command import Author, run
from graph.errors import InvalidInput, NotFound
from graph.exports import gathering
from graph.exports.asking import export
from graph.exports.exporting import EXPORT, Exporting
from graph.exports.left_out import LEFT_OUT
from graph.exports.removing import find_file, remove_files
from graph.exports.sections import OF_EMPLOYEES, SECTIONS
from graph.jobs.running import run_next
from graph.store import Reader, Store, Transaction
from graph.words import CATALOGUE
from tests.graph.jobs.test_running import job
from tests.resolvers import wide_town
from tests.resolvers.reader.spelling import read_id
from tests.resolvers.wide_town import WideTown

Package = dict[str, Any]
BY_STAFF = Author("tests", "steward", "", "ご本人の請求")
SECTION_OF = {
    "Customer": "customer", "SourceRecord": "records", "Identifier": "identifiers", "Touchpoint": "touchpoints",
    "OrderLine": "order_lines", "Fulfillment": "fulfillments", "Consent": "consents", "Decision": "decisions",
    "MatchCandidate": "candidates",
    "AuditEntry": "accesses", "Job": "requests", "Case": "cases", "CaseEvent": "case_events", "Promise": "promises",
    "LoyaltyAccount": "loyalty_accounts", "PointLot": "point_lots", "PointEntry": "point_entries",
    "IssuedCoupon": "coupons", "CouponView": "coupons_shown", "CouponReservation": "coupons_held",
    "CouponRedemption": "coupons_used",
    "StockRequest": "stock_requests",
    "BasketLine": "basket_lines", "BasketHandover": "basket_handovers", "ProductView": "products_seen", "Offer": "offers",
}  # fmt: skip
# Everything that hangs on a customer, found without what the export asks by
BELONGING = """
MATCH (c:Customer {id: $p.id})
MATCH (old:Customer)-[:REDIRECTS_TO*0..]->(c)
WITH c, COLLECT(DISTINCT old) AS customers
WITH customers, COLLECT { MATCH (c)<-[:RESOLVES_TO]-(r) RETURN r } AS records
WITH customers, records, COLLECT { UNWIND records AS r MATCH (r)-[:DID]->(t) RETURN DISTINCT t } AS touchpoints
UNWIND customers + records + touchpoints
  + COLLECT { UNWIND touchpoints AS t MATCH (t)-[:HAS_LINE|HAS_FULFILLMENT]->(l) RETURN l }
  + COLLECT { UNWIND records AS r MATCH (r)-[:HAS_IDENTIFIER]->(i) RETURN DISTINCT i }
  + COLLECT { UNWIND records AS r MATCH (r)-[:SAID]->(n) RETURN DISTINCT n }
  + COLLECT { UNWIND records AS r MATCH (r)<-[:MOVED|CONCERNS]-(d) RETURN DISTINCT d }
  + COLLECT { UNWIND records AS r MATCH (r)<-[:BETWEEN]-(m) RETURN DISTINCT m }
  + COLLECT { UNWIND touchpoints AS t MATCH (t)-[:IN_CASE]->(k) RETURN DISTINCT k UNION
              UNWIND records AS r MATCH (k:Case) WHERE k.record = r.key RETURN k UNION
              UNWIND touchpoints AS t MATCH (t)-[:IN_CASE]->()-[:HAS_EVENT]->(k) RETURN DISTINCT k UNION
              UNWIND records AS r MATCH (k:Promise) WHERE k.record = r.key RETURN k UNION
              UNWIND records AS r MATCH (k:StockRequest) WHERE k.record = r.key RETURN k }
  + COLLECT { UNWIND records AS r MATCH (r)-[:HAS_ACCOUNT]->(a) RETURN a UNION
              UNWIND records AS r MATCH (r)-[:HAS_ACCOUNT]->()-[:HAS_LOT|HAS_ENTRY]->(a) RETURN a }
  + COLLECT { UNWIND records AS r MATCH (r)-[:HAS_COUPON|SAW|REDEEMED]->(n) RETURN n UNION
              UNWIND records AS r MATCH (n:CouponReservation) WHERE n.record = r.key RETURN n }
  + COLLECT { UNWIND records AS r MATCH (r)-[:HANDED_OVER|LOOKED_AT|WAS_OFFERED]->(n) RETURN n UNION
              UNWIND records AS r MATCH (r)-[:HAS_BASKET]->()-[:CONTAINS]->(n) RETURN n }
  + COLLECT { UNWIND customers AS x MATCH (x)<-[:OF]-(e) RETURN DISTINCT e } AS node
RETURN labels(node), properties(node)
"""


@pytest.fixture(scope="module")
async def town(store: Store) -> WideTown:
    return await wide_town.build(store)


@pytest.fixture
def exporting(store: Store, tmp_path: Path) -> Exporting:
    return Exporting(store, tmp_path / "exports", documents(CATALOGUE, UTC), days=7)


async def ask(store: Store, author: Author, customer: str | None) -> str:
    async def itself(answer: dict[str, Any], _: Reader) -> dict[str, Any]:
        return answer

    return (await run(store, export(author, customer), itself))["job"]


async def exported(exporting: Exporting, key: str, customer: str | None, only: str | None = None) -> tuple[str, Package]:
    """Return the job of an export and what its file holds, by name."""
    author = Author("tests", BY_STAFF.actor, key, BY_STAFF.reason, only)
    own_id = await ask(exporting.store, author, customer)
    assert await run_next(exporting.store, key, {EXPORT: exporting.run})
    with ZipFile(exporting.folder / f"{own_id}.zip") as package:
        texts = {
            name: package.read(name).decode("utf-8-sig" if name.endswith(".csv") else "utf-8") for name in package.namelist()
        }
    return own_id, {**texts, "data": json.loads(texts["data.json"])}


def raw(town: WideTown, name: str) -> str:
    return read_id(town.names[name])[1]


async def test_every_property_of_every_node_is_in_it_or_in_the_list_of_what_is_left_out(
    town: WideTown, exporting: Exporting
) -> None:
    for name in ("mayumi", "merged", "double", "doubted", "john"):
        customer = raw(town, name)
        _, package = await exported(exporting, f"all of {name}", customer)
        missing = [
            (label, prop)
            for labels, properties in await exporting.store.read(BELONGING, {"id": customer})
            for label in [next(each for each in SECTION_OF if each in labels)]
            for prop in properties.keys() - LEFT_OUT.get(label, {}).keys()
            if not any(prop in row for row in package["data"][SECTION_OF[label]])
        ]
        assert missing == []


async def test_what_is_told_is_what_the_graph_holds(town: WideTown, exporting: Exporting) -> None:
    _, package = await exported(exporting, "values", raw(town, "mayumi"))
    data = package["data"]
    [customer] = data["customer"]
    assert (customer["name"], customer["kana"], customer["birth_date"]) == ("渡邊 眞由美", "ﾜﾀﾅﾍﾞ ﾏﾕﾐ", "1988-08-08")
    [first] = [row for row in data["touchpoints"] if row["number"] == "A-1001"]
    assert (first["kind"], first["currency"], first["coupon_codes"]) == ("ORDER", "JPY", ["SPRING", "春"])
    dollars = [row["unit_price"] for row in data["order_lines"] if row["order_number"] == "A-1002"]
    assert dollars == ["12.50"]
    [talk] = [row["messages"] for row in data["touchpoints"] if row["kind"] == "CHAT_THREAD" and row["messages"]]
    assert talk[0]["text"] == "在庫はありますか"
    assert {row["value"] for row in data["identifiers"]} >= {"+819012345678", "mayumi@example.jp", "M0001", "Uabc"}
    consent = next(row for row in data["consents"] if row["proof_how"])
    assert (consent["proof_how"], consent["covers"], consent["purpose"]) == ("申込書", ["+819012345678"], "MARKETING")
    origin = next(row for row in data["values"] if row["field"] == "birth_date")
    assert origin["value"] == "1988-08-08"
    assert origin["record_id"] in {row["id"] for row in data["records"]}


async def test_the_tables_and_the_pages_tell_the_same(town: WideTown, exporting: Exporting) -> None:
    _, package = await exported(exporting, "tables", raw(town, "mayumi"))
    for section in SECTIONS:
        table = list(csv.DictReader(io.StringIO(package[f"csv/{section.name}.csv"], newline="")))
        rows = package["data"][section.name]
        assert (len(table), list(table[0]) if rows else []) == (len(rows), list(rows[0]) if rows else [])
    for language, said in (("ja", "保有しているお客様のデータ"), ("en", "Data that is held of you")):
        page = package[f"{language}.html"]
        assert said in page
        assert "<script" not in page
        assert "在庫はありますか" in page
        assert page.count("<article>") == sum(len(package["data"][section.name]) for section in SECTIONS)


async def test_what_is_said_in_markup_stays_text(store: Store, town: WideTown, exporting: Exporting) -> None:
    [[customer]] = await store.read("MATCH (:SourceRecord {external_id: 'X1'})-[:RESOLVES_TO]->(c) RETURN c.id")
    [[quoted]] = await store.read("MATCH (c:Customer {id: $p.id}) RETURN c.name", {"id": customer})
    _, package = await exported(exporting, "markup", customer)
    assert quoted not in package["ja.html"]
    assert quoted.replace("&", "&amp;").replace('"', "&#34;") in package["ja.html"]


async def test_nothing_of_anybody_else_is_in_it(town: WideTown, exporting: Exporting) -> None:
    _, package = await exported(exporting, "others", raw(town, "double"))
    told = json.dumps(package["data"], ensure_ascii=False)
    assert "一郎" in told
    assert "03-1234-5678" in told
    for others in ("花子", "saito2@example.jp", "/shop/2"):
        assert others not in told


async def test_a_page_of_the_reading_holds_few_things_however_many_there_are(
    town: WideTown, exporting: Exporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (await exported(exporting, "whole", raw(town, "regular")))[1]["data"]
    monkeypatch.setattr(gathering, "PAGE", 7)
    largest: list[int] = []
    add = gathering.Gathered.add

    def counted(self: gathering.Gathered, name: str, rows: list[Any]) -> None:
        largest.append(len(rows))
        add(self, name, rows)

    monkeypatch.setattr(gathering.Gathered, "add", counted)
    parted = (await exported(exporting, "parted", raw(town, "regular")))[1]["data"]
    assert max(largest) <= 7
    sections = [section.name for section in SECTIONS if section.name != "requests"]
    assert len(parted["touchpoints"]) == 148
    assert {name: parted[name] for name in sections} == {name: whole[name] for name in sections}


async def test_a_file_is_its_owners_alone_and_nothing_is_left_beside_it(town: WideTown, exporting: Exporting) -> None:
    own_id, _ = await exported(exporting, "mode", raw(town, "nothing"))
    assert [path.name for path in exporting.folder.iterdir()] == [f"{own_id}.zip"]
    assert stat.S_IMODE((exporting.folder / f"{own_id}.zip").stat().st_mode) == 0o600
    assert stat.S_IMODE(exporting.folder.stat().st_mode) == 0o700


async def test_what_a_dead_runner_left_is_cleared_and_the_export_ends_the_same(town: WideTown, exporting: Exporting) -> None:
    own_id = await ask(exporting.store, Author("tests", "steward", "left"), raw(town, "nothing"))
    left = exporting.folder / f"{own_id}.dead.part"
    left.mkdir(parents=True)
    (left / "customer.jsonl").write_text("half")
    assert await run_next(exporting.store, "next", {EXPORT: exporting.run})
    assert [path.name for path in exporting.folder.iterdir()] == [f"{own_id}.zip"]
    assert orjson.loads((await job(exporting.store, own_id))["receipt"])["records"] == 1


async def test_a_customer_exports_themselves_and_nobody_else_and_is_told_of_no_employee(
    town: WideTown, exporting: Exporting
) -> None:
    await exporting.store.write(looked_at(raw(town, "mayumi")))
    key = "/ec:U1001"
    _, package = await exported(exporting, "mine", None, only=key)
    data = package["data"]
    assert (data["customer"][0]["id"], data["withheld"]) == (
        raw(town, "mayumi"), {name: sorted(columns) for name, columns in OF_EMPLOYEES.items()}
    )  # fmt: skip
    assert {"roles": ["call_center"], "purpose": "注文の確認"}.items() <= data["accesses"][-1].items()
    told = json.dumps(data, ensure_ascii=False) + package["ja.html"]
    assert "clerk-7" not in told
    assert "試験係" not in told
    assert "従業員を示すため開示していないもの" in package["ja.html"]
    for customer, only in ((raw(town, "double"), key), (None, ""), (raw(town, "mayumi"), ""), ("nobody", None)):
        with pytest.raises(NotFound):
            await ask(exporting.store, Author("tests", "customer", f"not {customer} {only}", only=only), customer)
    with pytest.raises(InvalidInput):
        await ask(exporting.store, Author("tests", "steward", "whose"), None)


def looked_at(customer: str) -> Any:
    """Return what copies one entry of the read audit, by a clerk for a purpose."""
    entry = {"at": "2099-01-01T00:00:00.000000Z", "subject": "clerk-7", "roles": ["call_center"], "stores": [], "tags": ["NAME"]}
    entry |= {"purpose": "注文の確認", "operation": "View", "searched": None, "request": "r", "file": "f"}

    async def write(transaction: Transaction) -> None:
        await transaction.run(COPY, {"entries": [{"id": "e" * 64, "customers": [customer], "things": [], "properties": entry}]})

    return write


async def test_an_old_id_exports_who_is_left(town: WideTown, exporting: Exporting) -> None:
    [[old, living]] = await exporting.store.read("MATCH (o:Customer)-[:REDIRECTS_TO]->(c) RETURN o.id, c.id LIMIT 1")
    own_id, package = await exported(exporting, "old id", old)
    assert (await job(exporting.store, own_id))["about"] == living
    assert {row["id"] for row in package["data"]["customer"]} >= {old, living}


async def test_a_file_is_removed_when_its_time_is_over_and_is_found_until_then(town: WideTown, exporting: Exporting) -> None:
    own_id, _ = await exported(exporting, "removed", raw(town, "nothing"))
    assert await find_file(exporting.store, exporting.folder, own_id) == (
        exporting.folder / f"{own_id}.zip",
        raw(town, "nothing"),
    )
    await remove_files(exporting.store, exporting.folder)
    assert await remove_files(exporting.store, exporting.folder) == 0

    async def over(transaction: Transaction) -> None:
        await transaction.run("MATCH (j:Job {id: $p.id}) SET j.file_until = $p.then", {"id": own_id, "then": "2000-01-01"})

    await exporting.store.write(over)
    assert await find_file(exporting.store, exporting.folder, own_id) is None
    assert await remove_files(exporting.store, exporting.folder) == 1
    assert list(exporting.folder.iterdir()) == []
    assert (await job(exporting.store, own_id)).keys().isdisjoint({"file", "file_until"})
