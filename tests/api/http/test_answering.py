"""Whatever is told of somebody is recorded first; what cannot be recorded is not told."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import orjson
import pytest

from api.http.bulk_reading import MOST, BulkReading, PurposeRequired
from graph.audit.copying import files_of
from graph.audit.verifying import verify_files
from graph.store import Store
from resolvers.access.viewer import Viewer
from tests.admin.people import HANAKO, told
from tests.running import Running, running

CARD = "query Card($typed: String!) { lookUp(input: {query: $typed}) { candidates { customer { id name phone } } } }"
VIEW = "query View($id: ID!) { customer(by: {id: $id}) { name orders { edges { node { number } } } } }"
COPIED = "MATCH (e:AuditEntry) WHERE e.file IN $p.names RETURN count(e)"
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
    assert {line["operation"] for line in lines(server)[before:]} == {
        "CustomerPage",
        "CustomerIdentity",
        "CustomerOwed",
        "CustomerPoints",
        "CustomerBuying",
        "CustomerStock",
        "CustomerPermissions",
    }


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
    wanted, names = len(lines(server)), [path.name for path in files_of(server.data_folder / "audit")]
    while (await server.store.read(COPIED, {"names": names}))[0][0] < wanted:
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
    bulk, operator = BulkReading(), Viewer("op-1")
    bulk.require_purpose(operator)
    assert [bulk.note("op-1") for _ in range(MOST + 5)].index(True) == MOST - 1
    assert not any(bulk.note("op-1") for _ in range(5))
    with pytest.raises(PurposeRequired):
        bulk.require_purpose(operator)
    bulk.require_purpose(replace(operator, purpose="recall of 2026-11"))
    bulk.require_purpose(Viewer("op-2"))


async def test_who_looks_up_very_many_says_why_before_reading_more(store: Store, hanako: str, tmp_path: Path) -> None:
    async with running(store, tmp_path) as server:
        for _ in range(MOST):
            assert "errors" not in await server.ask(CARD, "steward", typed="CARD-9")
        asked = {"query": VIEW, "variables": {"id": hanako}}
        headers = server.bearer("steward")
        refused = await server.client.post("/graphql", json=asked, headers=headers)
        assert refused.json()["errors"][0]["extensions"]["code"] == "PURPOSE_REQUIRED"
        assert "data" not in refused.json()
        answer = await server.client.post("/graphql", json=asked, headers=headers | {"X-Purpose": "recall"})
        assert "data" in answer.json()
        assert lines(server)[-1]["purpose"] == "recall"


async def test_on_the_pages_the_purpose_is_typed_once(store: Store, hanako: str, tmp_path: Path) -> None:
    async with running(store, tmp_path) as server:
        client = server.client
        for _ in range(MOST):
            await server.ask(CARD, "admin", typed="CARD-9")
        page = f"/admin/customers/{hanako}"
        refused = await client.get(page, headers={"Accept-Language": "en"})
        assert (refused.status_code, "Why do you look up so many customers?" in refused.text) == (428, True)
        assert f'name="to" value="{page}"' in refused.text
        own = {"Sec-Fetch-Site": "same-origin"}
        unsaid = await client.post("/admin/purpose", data={"purpose": " ", "to": page}, headers=own)
        assert unsaid.status_code == 428
        given = await client.post("/admin/purpose", data={"purpose": "回収の連絡", "to": page}, headers=own)
        assert (given.status_code, given.headers["location"]) == (303, page)
        assert (await client.get(page)).status_code == 200
        assert lines(server)[-1]["purpose"] == "回収の連絡"
        elsewhere = await client.post("/admin/purpose", data={"purpose": "x", "to": "//evil.example/admin"}, headers=own)
        assert elsewhere.headers["location"] == "/admin"


async def test_the_access_log_tells_who_read_whom_and_leads_to_the_readings_of_one_account(server: Running, hanako: str) -> None:
    await server.ask(VIEW, "call_center", id=hanako)
    await copied(server)
    everybody = await server.client.get("/admin/accesses", headers={"Accept-Language": "en"})
    assert (everybody.status_code, "development-call_center" in everybody.text) == (200, True)
    assert f'href="/admin/customers/{hanako}/accesses"' in everybody.text
    assert 'href="/admin/accesses?subject=development-call_center"' in everybody.text
    one = await server.client.get("/admin/accesses?subject=nobody-at-all", headers={"Accept-Language": "en"})
    assert "This account has read nothing." in one.text


LOG = """query Log($subject: String, $from: DateTime, $to: DateTime, $after: String) {
  accesses(subject: $subject, from: $from, to: $to, first: 2, after: $after) {
    totalCount edges { node { accessedAt subject customers { id } } } pageInfo { hasNextPage endCursor }
  }
}"""


async def test_the_access_log_pages_and_is_narrowed_by_account_and_time(server: Running, hanako: str) -> None:
    for _ in range(3):
        await server.ask(VIEW, "analyst", id=hanako)
    await copied(server)
    first = (await server.ask(LOG, "steward", subject="development-analyst"))["data"]["accesses"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (3, True)
    assert [edge["node"]["customers"] for edge in first["edges"]] == [[{"id": hanako}]] * 2
    after = first["pageInfo"]["endCursor"]
    rest = (await server.ask(LOG, "steward", subject="development-analyst", after=after))["data"]["accesses"]
    assert (len(rest["edges"]), rest["pageInfo"]["hasNextPage"]) == (1, False)
    oldest = rest["edges"][0]["node"]["accessedAt"]
    later = (await server.ask(LOG, "steward", **{"subject": "development-analyst", "from": oldest, "to": oldest}))["data"]
    assert later["accesses"]["totalCount"] == 0
    refused = await server.ask(LOG, "call_center")
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["FORBIDDEN"]
