"""Exports of tables: read as whoever asked, whole, resumed after a crash, and with what changed afterwards equal to the graph."""

from __future__ import annotations

import asyncio
import io
import json
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import duckdb
import pytest

from api.process.data_exports import rows_as
from graph.audit.journal import Journal
from graph.changes.following import ends
from graph.datasets.making import Making
from graph.datasets.standing import Standing, path_of
from graph.datasets.tables import REMOVED, TABLES
from graph.local import LocalServer
from graph.store import Store
from resolvers.access.roles import STEWARDS, Role
from resolvers.access.viewer import Viewer
from resolvers.datasets.reading import removed
from resolvers.engine import ids
from tests.admin.people import event, mail, person, phone, told
from tests.api.http.test_answering import lines
from tests.api.http.test_erasures import APPROVE
from tests.api.http.test_erasures import ask as ask_for_erasure
from tests.api.http.test_exports import done, fetched
from tests.running import Running, running
from tests.served import PROGRAM, environment, graph_of

EXPORT = """mutation Export($input: ExportCreateInput!) {
  exportCreate(input: $input) { job { id kind customer { id } } userErrors { code path message } } }"""
EVERYTHING = ["CUSTOMERS", "ORDERS", "TOUCHPOINTS"]
DIES = """
import os, signal, sys
from api.commands import export_tables
from api.commands.command_line import main

saved, export_tables._save, saves = export_tables._save, None, []

def dying(*given):
    saves.append(given)
    if len(saves) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    saved(*given)

export_tables._save = dying
main()
"""

Table = dict[str, dict[str, Any]]
"""Rows by their id."""


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("data-exports")) as started:
        yield started


@pytest.fixture(scope="module")
async def hanako(server: Running) -> str:
    return await told(server)


async def ask(server: Running, key: str, role: str = "analyst", claims: Any = None, **given: Any) -> dict[str, Any]:
    asked = {"idempotencyKey": key, "reason": "月次の分析", "tables": EVERYTHING, **given}
    return await server.ask(EXPORT, role, claims, input=asked)


async def made(server: Running, key: str, role: str = "analyst", **given: Any) -> ZipFile:
    """Return the file of an export once it is done."""
    answer = (await ask(server, key, role, **given))["data"]["exportCreate"]
    assert (answer["job"]["kind"], answer["job"]["customer"], answer["userErrors"]) == ("DATA_EXPORT", None, [])
    standing = await done(server, answer["job"]["id"], role)
    assert standing["state"] == "DONE", standing
    taken = await fetched(server, standing["downloadPath"], role)
    assert (taken.status_code, taken.headers["content-type"]) == (200, "application/zip")
    return ZipFile(io.BytesIO(taken.content))


def rows(package: ZipFile, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in package.read(f"{table}.jsonl").splitlines()]


async def all_numbered(store: Store) -> None:
    while await store.read("MATCH (e:OutboxEntry {state: 'NEW'}) RETURN true LIMIT 1"):
        await asyncio.sleep(0.02)


class Exported:
    """An export into a folder by an administrator, without a job."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder

    async def make(self, name: str, after: int | None = None) -> tuple[Standing, dict[str, list[dict[str, Any]]]]:
        folder = self.folder / name
        await asyncio.to_thread(folder.mkdir)
        await all_numbered(self.store)
        standing = Standing((await ends(self.store)).newest, after or 0)

        async def saved(_: Standing) -> None:
            pass

        journal = Journal(folder / "audit", "test", bytes(32))
        read = rows_as(self.store, journal, Viewer("tests", roles=frozenset({Role.ADMIN})))
        making = Making(self.store, folder, TABLES, read, saved, removed)
        await (making.full(standing) if after is None else making.since(standing))
        await journal.close()
        return standing, {table: read_lines(folder, table) for table in standing.lengths}


def read_lines(folder: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path_of(folder, table).read_bytes().splitlines()]


def by_id(listed: Sequence[dict[str, Any]]) -> Table:
    return {row["id"]: row for row in listed}


def merged(full: Mapping[str, list[Any]], later: Mapping[str, list[Any]]) -> dict[str, Table]:
    """Do what a data team does: take out what was removed, put in what has changed."""
    gone = {(row["table"], row["id"]) for row in later.get(REMOVED, ())}
    return {
        table: {key: row for key, row in by_id([*full[table], *later[table]]).items() if (table, key) not in gone}
        for table in TABLES
    }


async def customer_of(server: Running, address: str) -> str:
    found = await server.ask("query ($email: String!) { customer(by: {email: $email}) { id } }", email=address)
    return found["data"]["customer"]["id"]


async def do(server: Running, mutation: str, role: str = "admin", **given: Any) -> dict[str, Any]:
    input_type = f"{mutation[0].upper()}{mutation[1:]}Input"
    text = f"mutation Do($input: {input_type}!) {{ done: {mutation}(input: $input) {{ userErrors {{ code message }} }} }}"
    answer = await server.ask(text, role, input={"idempotencyKey": uuid4().hex, **given})
    assert answer["data"]["done"]["userErrors"] == [], answer
    return answer


async def expected(server: Running, address: str) -> dict[str, Any]:
    """Return the id and the version of a customer, as a mutation wants them."""
    text = "query ($email: String!) { customer(by: {email: $email}) { id version } }"
    return (await server.ask(text, email=address))["data"]["customer"]


async def assign(server: Running, store: Store, contact: str, address: str) -> None:
    """Have an anonymous call belong to a customer."""
    [[raw]] = await store.read("MATCH (t:Call {external_id: $p.id}) RETURN t.id", {"id": contact})
    customer = await expected(server, address)
    await do(server, "touchpointAssign", touchpointId=ids.encode("Call", raw), customer=customer, reason="本人から聞いた")


async def test_an_export_and_what_changed_after_it_are_together_what_a_later_export_says(
    server: Running, store: Store, hanako: str, tmp_path: Path
) -> None:
    exported = Exported(store, tmp_path)
    await server.post([
        person("M-1", {"name": {"full": "統合 一郎"}, "identifiers": [mail("m1@example.jp", verified=True)]}),
        person("M-2", {"name": {"full": "統合 一郎"}, "identifiers": [mail("m2@example.jp", verified=True)]}),
        person("G-1", {"name": {"full": "消去 花代"}, "identifiers": [mail("g1@example.jp", verified=True)]}),
        event("order", "/ec", "g-order", "2026-01-02T10:00:00Z", order("G-1"), subject="G-1-1"),
        event("order", "/ec", "m-order", "2026-01-02T10:00:00Z", order("M-2"), subject="M-2-1"),
        event("interaction", "/tel", "call-1", "2026-01-03T10:00:00Z", call("090-5555-4321"), subject="call-1"),
        event("interaction", "/tel", "call-2", "2019-01-03T10:00:00Z", call("090-5555-9876"), subject="call-2"),
    ])  # fmt: skip
    await assign(server, store, "call-2", "taro@example.jp")
    standing, full = await exported.make("full")
    assert {table: len(found) for table, found in full.items()} == standing.counts
    merging = [await expected(server, f"m{number}@example.jp") for number in (1, 2)]
    await do(server, "customerMerge", customers=merging, reason="同一人物")
    await assign(server, store, "call-2", "jiro@example.jp")
    await server.post([
        person("N-1", {"name": {"full": "新規 二郎"}, "identifiers": [phone("090-5555-4321", verified=True)]}),
        event("order", "/ec", "m-order-2", "2026-01-05T10:00:00Z", {**order("M-2"), "status": "RETURNED"}, subject="M-2-1"),
    ])  # fmt: skip
    asked = (await ask_for_erasure(server, await customer_of(server, "g1@example.jp")))["data"]["customerErasureRequest"]
    await server.ask(APPROVE, "admin", input={"jobId": asked["job"]["id"], "idempotencyKey": "approve"})
    assert (await done(server, asked["job"]["id"], "admin"))["state"] == "DONE"
    later_standing, later = await exported.make("later", standing.end)
    assert later_standing.end > standing.end
    _, again = await exported.make("again")
    assert merged(full, later) == {table: by_id(again[table]) for table in TABLES}
    assert full["customers"] != again["customers"]
    assert {row["table"] for row in later[REMOVED]} >= {"customers"}


def order(account: str) -> dict[str, Any]:
    lines = [{"line": 1, "sku": "SKU-1", "name": "試験ジャケット", "quantity": 1, "unitPrice": "19800", "amount": "19800"}]
    by = {"record": {"source": "/ec", "subject": account}}
    return {"by": by, "currency": "JPY", "total": "19800", "status": "PLACED", "lines": lines}


def call(number: str) -> dict[str, Any]:
    return {"kind": "CALL", "direction": "INBOUND", "by": {"identifiers": [phone(number)]}}


async def test_an_analyst_gets_what_an_analyst_reads_and_every_reading_is_recorded(
    server: Running, store: Store, hanako: str
) -> None:
    before = len(lines(server))
    package = await made(server, "analyst")
    customers, orders = rows(package, "customers"), rows(package, "orders")
    assert {row["name"] for row in customers} | {row["email"] for row in customers} | {row["phone"] for row in customers} == {
        None
    }
    assert any(row["order_count"] == 7 for row in customers)
    assert {row["total"] for row in orders} != {None}
    assert {row["records"] is None for row in customers} == {True}
    assert {row["text"] for row in rows(package, "touchpoints")} == {None}
    manifest = json.loads(package.read("manifest.json"))
    assert (manifest["roles"], manifest["after"], manifest["format"]) == (["analyst"], None, "JSONL")
    assert {name: told["rows"] for name, told in manifest["tables"].items()} == {
        "customers": len(customers),
        "orders": len(orders),
        "touchpoints": len(rows(package, "touchpoints")),
    }
    recorded = [each for each in lines(server)[before:] if each["operation"] == "DataExport"]
    assert {each["purpose"] for each in recorded} == {"月次の分析"}
    assert {each["subject"] for each in recorded} == {"development-analyst"}
    living = await store.read("MATCH (c:Customer {status: 'ACTIVE'}) RETURN c.id")
    assert {own_id for each in recorded for own_id in each["customers"]} == {own_id for (own_id,) in living}
    assert [each["operation"] for each in lines(server)].count("DataExportFile") >= 1


async def test_parquet_files_hold_the_same_rows_in_types_of_their_own(server: Running, hanako: str, tmp_path: Path) -> None:
    package = await made(server, "parquet", "admin", format="PARQUET")
    text = await made(server, "lines", "admin")
    await asyncio.to_thread(package.extractall, tmp_path)
    with duckdb.connect() as database:
        for table in TABLES:
            found = database.execute(
                "SELECT id FROM read_parquet(?) ORDER BY id", [str(tmp_path / f"{table}.parquet")]
            ).fetchall()
            assert [own_id for (own_id,) in found] == sorted(row["id"] for row in rows(text, table))
        path = str(tmp_path / "orders.parquet")
        described = database.execute("DESCRIBE SELECT occurred_at, total, lines FROM read_parquet(?)", [path]).fetchall()
        summed = database.execute("SELECT sum(total), sum(len(lines)) FROM read_parquet(?)", [path]).fetchall()
    assert [type_ for _, type_, *_ in described][:2] == ["TIMESTAMP WITH TIME ZONE", "DECIMAL(18,4)"]
    assert [(float(total), count) for total, count in summed] == [
        (sum(float(row["total"] or 0) for row in rows(text, "orders")), sum(len(row["lines"]) for row in rows(text, "orders")))
    ]


async def test_what_changed_is_asked_for_by_the_cursor_of_the_export_before(server: Running, store: Store, hanako: str) -> None:
    await all_numbered(store)
    manifest = json.loads((await made(server, "before")).read("manifest.json"))
    await server.post([person("L-1", {"name": {"full": "後日 三郎"}, "identifiers": [mail("later@example.jp")]})])
    await all_numbered(store)
    later = await made(server, "after", after=manifest["cursor"])
    assert [row["id"] for row in rows(later, "customers")] == [await customer_of(server, "later@example.jp")]
    assert rows(later, "orders") == rows(later, REMOVED) == []


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"tables": []}, "INVALID_INPUT", ["input", "tables"]),
        ({"reason": " "}, "INVALID_INPUT", ["input", "reason"]),
        ({"after": "nonsense"}, "INVALID_INPUT", ["input", "after"]),
    ],
)
async def test_what_cannot_be_exported_is_refused_with_its_place(
    server: Running, hanako: str, given: dict[str, Any], code: str, path: list[str]
) -> None:
    answer = (await ask(server, f"refused {given}", **given))["data"]["exportCreate"]
    assert (answer["job"], [(each["code"], each["path"]) for each in answer["userErrors"]]) == (None, [(code, path)])


@pytest.mark.parametrize("role", sorted(frozenset(Role) - STEWARDS - {Role.ANALYST}))
async def test_other_roles_export_nothing(server: Running, hanako: str, role: Role) -> None:
    answer = await ask(server, f"no {role}", role)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]


async def test_a_file_is_taken_by_who_asked_and_by_administrators(server: Running, hanako: str) -> None:
    job = (await ask(server, "whose"))["data"]["exportCreate"]["job"]["id"]
    path = (await done(server, job, "analyst"))["downloadPath"]
    for role, claims, status in (("admin", None, 200), ("steward", None, 404), ("analyst", {"sub": "U-other"}, 404)):
        assert (await fetched(server, path, role, claims)).status_code == status, role


async def test_an_export_at_the_command_line_that_was_killed_goes_on_and_ends_as_one_that_was_not(
    server: Running, store: Store, neo4j_server: LocalServer, hanako: str, tmp_path: Path
) -> None:
    env = environment(**graph_of(neo4j_server), DATA_FOLDER=str(server.data_folder))

    async def run(folder: str, start: Sequence[str]) -> int:
        command = [*start, "export", "--folder", str(tmp_path / folder), "--reason", "試験", "--role", "admin"]
        process = await asyncio.create_subprocess_exec(*command, env=env, stderr=asyncio.subprocess.PIPE)
        await process.communicate()
        return process.returncode or 0

    assert await run("killed", [sys.executable, "-c", DIES]) == -signal.SIGKILL
    assert (tmp_path / "killed" / "unfinished.json").exists()
    assert await run("killed", [PROGRAM]) == await run("whole", [PROGRAM]) == 0
    for table in TABLES:
        assert read_lines(tmp_path / "killed", table) == read_lines(tmp_path / "whole", table) != []
    assert {path.name for path in (tmp_path / "killed").iterdir()} == {"manifest.json", *(f"{table}.jsonl" for table in TABLES)}
    assert await run("whole", [PROGRAM]) == 1, "a folder of another export is left alone"
