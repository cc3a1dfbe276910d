"""Whatever is told of somebody is recorded first; what cannot be recorded is not told."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
import orjson
import pytest

from api.http.bulk_reading import MOST, WITHIN_SECONDS, BulkReading
from graph.audit.copying import files_of
from graph.audit.verifying import verify_files
from graph.store import Store
from tests.admin.people import HANAKO, told
from tests.running import Running, running

CARD = "query Card($typed: String!) { lookUp(input: {query: $typed}) { candidates { customer { id name phone } } } }"
VIEW = "query View($id: ID!) { customer(by: {id: $id}) { name orders { edges { node { number } } } } }"
ACCESSES = "query Mine { me { accesses { totalCount edges { node { subject roles purpose tags operation } } } } }"


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("answering")) as started:
        yield started


@pytest.fixture(scope="module")
async def hanako(server: Running) -> str:
    return await told(server)


def lines(server: Running) -> list[dict[str, Any]]:
    return [orjson.loads(line) for path in files_of(server.data_folder / "audit") for line in path.read_bytes().splitlines()]


async def last(server: Running, query: str, role: str = "call_center", **variables: Any) -> dict[str, Any]:
    """Ask, and return the line that was recorded for it."""
    before = len(lines(server))
    assert "errors" not in await server.ask(query, role, **variables)
    after = lines(server)
    assert len(after) == before + 1
    return after[-1]


async def test_a_view_is_recorded_with_who_as_what_whose_and_which_tags(server: Running, hanako: str) -> None:
    line = await last(server, VIEW, id=hanako)
    assert (line["subject"], line["roles"], line["operation"]) == ("development-call_center", ["call_center"], "View")
    assert (len(line["customers"]), line["things"]) == (1, [])
    assert line["tags"] == ["ACTIVITY", "NAME"]
    assert line["searched"] is None
    assert len(line["request"]) == 16


async def test_a_look_up_is_recorded_without_what_was_typed(server: Running, hanako: str) -> None:
    line = await last(server, CARD, typed="090-0000-9999")
    assert (line["customers"], len(line["searched"])) == ([], 64)
    assert line["searched"] == (await last(server, CARD, typed="090-0000-9999"))["searched"]
    assert line["searched"] != (await last(server, CARD, typed="090-0000-9998"))["searched"]
    assert "0000" not in orjson.dumps({**line, "searched": "", "hash": "", "before": "", "request": ""}).decode()


async def test_what_tells_of_nobody_is_not_recorded(server: Running, hanako: str) -> None:
    before = len(lines(server))
    for query in (
        "{ stores { edges { node { name } } } }",
        "{ viewer { name } }",
        "query ($id: ID!) { customer(by: {id: $id}) { id } }",
    ):
        await server.ask(query, "call_center", id=hanako)
    assert len(lines(server)) == before


async def test_an_order_alone_is_recorded_as_the_thing_that_was_read(server: Running, hanako: str) -> None:
    found = (await server.ask(VIEW, id=hanako))["data"]["customer"]["orders"]["edges"][0]["node"]["number"]
    line = await last(server, "query ($n: String!) { orders(number: $n) { total { amount } } }", n=found)
    assert (line["customers"], [kind for kind, _ in line["things"]]) == ([], ["Order"])


async def test_a_page_is_recorded_too(server: Running, hanako: str) -> None:
    before = len(lines(server))
    page = await server.client.get(f"/admin/customers/{hanako}")
    assert page.status_code == 200
    assert {line["operation"] for line in lines(server)[before:]} == {"CustomerPage", "CustomerIdentity"}


async def test_a_customer_sees_as_what_they_were_read_and_not_by_whom(server: Running, hanako: str) -> None:
    headers = server.bearer("call_center") | {"X-Purpose": "call 4711"}
    asked = {"query": VIEW, "variables": {"id": hanako}}
    assert (await server.client.post("/graphql", json=asked, headers=headers)).status_code == 200
    await copied(server)
    mine = (await server.ask(ACCESSES, "customer", {"customer": HANAKO}))["data"]["me"]["accesses"]
    newest = mine["edges"][0]["node"]
    assert newest == {
        "subject": None, "roles": ["call_center"], "purpose": "call 4711", "tags": ["ACTIVITY", "NAME"], "operation": None
    }  # fmt: skip
    refused = await server.ask(
        "query ($id: ID!) { customer(by: {id: $id}) { accesses { totalCount } } }", "call_center", id=hanako
    )
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["FORBIDDEN"]


async def test_who_checks_sees_the_page_and_who_does_not_is_told_so(server: Running, hanako: str) -> None:
    await copied(server)
    page = await server.client.get(f"/admin/customers/{hanako}/accesses", headers={"Accept-Language": "en"})
    assert (page.status_code, "development-call_center" in page.text, "Contact details" in page.text) == (200, True, True)


async def copied(server: Running) -> None:
    """Return when the graph has all lines that the files have now."""
    wanted = len(lines(server))
    while (await server.store.read("MATCH (e:AuditEntry) RETURN count(e)"))[0][0] < wanted:
        await anyio.sleep(0.05)


async def test_what_cannot_be_recorded_is_not_told(store: Store, server: Running, hanako: str, tmp_path: Path) -> None:
    async with running(store, tmp_path) as other:
        (tmp_path / "audit").write_text("in the way of the folder")
        answer = await other.client.post(
            "/graphql", json={"query": VIEW, "variables": {"id": hanako}}, headers=other.bearer("call_center")
        )
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "SERVICE_UNAVAILABLE")
        assert "data" not in answer.json()
        page = await other.client.get(f"/admin/customers/{hanako}")
        assert page.status_code == 503
        (tmp_path / "audit").unlink()
        assert "errors" not in await other.ask(VIEW, id=hanako)
        assert verify_files(tmp_path / "audit", (tmp_path / "audit.key").read_bytes()).findings == []
        shutil.rmtree(tmp_path / "audit")


def test_very_many_look_ups_by_one_subject_raise_one_alert_an_hour() -> None:
    bulk = BulkReading()
    assert [bulk.note("op-1", now=second) for second in range(MOST + 5)].count(True) == 1
    assert not any(bulk.note("op-2", now=second * 10.0) for second in range(MOST))
    assert [bulk.note("op-1", now=WITHIN_SECONDS + MOST + second) for second in range(MOST + 5)].count(True) == 1
