"""The export of a customer over HTTP: asked for, made, taken away by who may, and recorded each time."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx2
import pytest

from graph.keys import scoped
from graph.store import Store, Transaction
from resolvers.access.roles import Role
from resolvers.access.tags import OF_NOBODY, Tag
from resolvers.engine import ids
from tests.admin.people import HANAKO, TARO, told
from tests.api.http.test_answering import lines
from tests.running import Running, running

EXPORT = """mutation Export($input: CustomerExportCreateInput!) {
  customerExportCreate(input: $input) { job { id kind state askedBy customer { name } } userErrors { code path } } }"""
STANDING = "query ($id: ID!) { job(id: $id) { state failure done receipt { name count } downloadPath availableUntil } }"
MINE = {"sub": "U-hanako", "customer": HANAKO}


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("exports")) as started:
        yield started


@pytest.fixture(scope="module")
async def hanako(server: Running) -> str:
    return await told(server)


async def ask(server: Running, key: str, customer: str | None, role: str = "steward", claims: Any = None) -> dict[str, Any]:
    given = {"idempotencyKey": key, "customerId": customer, "reason": "ご本人の請求"}
    answer = await server.ask(EXPORT, role, claims, input=given)
    return answer["data"]["customerExportCreate"]


async def done(server: Running, job: str, role: str = "steward", claims: Any = None) -> dict[str, Any]:
    """Return how a job stands once it has ended."""
    async with asyncio.timeout(60):
        while (standing := (await server.ask(STANDING, role, claims, id=job))["data"]["job"])["state"] in ("QUEUED", "RUNNING"):
            await asyncio.sleep(0.05)
    return standing


async def fetched(server: Running, path: str, role: str, claims: Any = None) -> httpx2.Response:
    return await server.client.get(path, headers=server.bearer(role, claims))


@pytest.fixture(scope="module")
async def made(server: Running, hanako: str) -> dict[str, Any]:
    """An export that a steward has asked for, and that is done."""
    asked = await ask(server, "made", hanako)
    assert (asked["job"]["kind"], asked["job"]["customer"], asked["userErrors"]) == ("CUSTOMER_EXPORT", {"name": "試験 花子"}, [])
    return {"id": asked["job"]["id"], **await done(server, asked["job"]["id"])}


async def test_a_steward_asks_for_an_export_and_takes_it_away(server: Running, made: dict[str, Any]) -> None:
    assert (made["state"], made["failure"]) == ("DONE", None)
    answer = await fetched(server, made["downloadPath"], "steward")
    assert (answer.status_code, answer.headers["content-type"], answer.headers["cache-control"]) == (
        200,
        "application/zip",
        "no-store",
    )
    with ZipFile(io.BytesIO(answer.content)) as package:
        data = json.loads(package.read("data.json"))
    assert data["customer"][0]["name"] == "試験 花子"
    assert {each["name"]: each["count"] for each in made["receipt"]}["touchpoints"] == len(data["touchpoints"]) > 0


async def test_each_taking_away_is_recorded_as_a_reading_of_everything(
    server: Running, made: dict[str, Any], hanako: str
) -> None:
    before = len(lines(server))
    await fetched(server, made["downloadPath"], "steward")
    line = lines(server)[-1]
    assert len(lines(server)) == before + 1
    assert (line["operation"], line["subject"]) == ("ExportFile", "development-steward")
    assert (line["customers"], set(line["tags"])) == ([ids.decode(hanako).raw], {*Tag} - OF_NOBODY)


async def test_only_who_asked_and_administrators_know_of_a_job_and_take_its_file(server: Running, made: dict[str, Any]) -> None:
    colleague = {"sub": "another-steward"}
    for role in Role:
        answer = await server.ask("query ($id: ID!) { job(id: $id) { id } node(id: $id) { id } }", role, id=made["id"])
        told_of = any((answer["data"] or {}).values())
        assert told_of == (role in (Role.ADMIN, Role.STEWARD)), role
        assert (await fetched(server, made["downloadPath"], role)).status_code == (200 if told_of else 404), role
    answer = await server.ask("query ($id: ID!) { job(id: $id) { id } jobs { totalCount } }", "steward", colleague, id=made["id"])
    assert answer["data"] == {"job": None, "jobs": {"totalCount": 0}}
    assert (await fetched(server, made["downloadPath"], "steward", colleague)).status_code == 404
    async with httpx2.AsyncClient(base_url=server.address) as stranger:
        assert (await stranger.get(made["downloadPath"])).status_code == 401


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.STEWARD, Role.CUSTOMER)])
async def test_other_roles_cannot_ask(server: Running, hanako: str, role: Role) -> None:
    answer = await server.ask(EXPORT, role, input={"idempotencyKey": f"no {role}", "customerId": hanako})
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]


async def test_a_customer_exports_themselves_and_nobody_else(server: Running, hanako: str) -> None:
    taro = await server.ask("query ($t: String!) { customer(by: {email: $t}) { id } }", t="taro@example.jp")
    refused = await ask(server, "not me", taro["data"]["customer"]["id"], "customer", MINE)
    assert (refused["job"], refused["userErrors"]) == (None, [{"code": "NOT_FOUND", "path": ["input", "customerId"]}])
    asked = (await ask(server, "me", None, "customer", MINE))["job"]
    assert (asked["askedBy"], asked["customer"]) == (None, {"name": "試験 花子"})
    standing = await done(server, asked["id"], "customer", MINE)
    answer = await fetched(server, standing["downloadPath"], "customer", MINE)
    with ZipFile(io.BytesIO(answer.content)) as package:
        data = json.loads(package.read("data.json"))
    assert data["withheld"]["accesses"] == ["operation", "stores", "subject"]
    assert [row.get("subject") for row in data["accesses"]] == [None] * len(data["accesses"])
    other = {"sub": "U-taro", "customer": TARO}
    assert (await fetched(server, standing["downloadPath"], "customer", other)).status_code == 404


async def test_an_export_of_who_has_become_somebody_else_is_taken_away_by_no_customer(
    server: Running, store: Store, hanako: str
) -> None:
    asked = (await ask(server, "parted", None, "customer", MINE))["job"]
    standing = await done(server, asked["id"], "customer", MINE)

    async def about_another(transaction: Transaction) -> None:
        key = scoped("/ec", TARO)
        await transaction.run(
            "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c) MATCH (j:Job {id: $p.id}) SET j.about = c.id",
            {"key": key, "id": ids.decode(asked["id"]).raw},
        )

    await store.write(about_another)
    assert (await fetched(server, standing["downloadPath"], "customer", MINE)).status_code == 404


async def test_who_asks_again_while_an_export_is_under_way_gets_that_one(server: Running, hanako: str) -> None:
    jobs = {(await ask(server, f"again-{number}", hanako, "admin"))["job"]["id"] for number in range(5)}
    assert len(jobs) < 5
    for job in jobs:
        await done(server, job, "admin")


async def test_a_dry_run_makes_no_job(server: Running, hanako: str) -> None:
    before = (await server.ask("{ jobs { totalCount } }"))["data"]
    given = {"idempotencyKey": "dry", "customerId": hanako, "dryRun": True}
    answer = await server.ask(EXPORT, "steward", input=given)
    assert answer["data"]["customerExportCreate"] == {"job": None, "userErrors": []}
    assert (await server.ask("{ jobs { totalCount } }"))["data"] == before


@pytest.mark.parametrize("path", ["nothing", "Sm9iOm5vbmU", "Q3VzdG9tZXI6MA", "%2e%2e%2faudit.key"])
async def test_an_address_of_no_export_answers_404_to_whoever_asks(server: Running, path: str) -> None:
    for role in ("admin", "store_staff"):
        assert (await fetched(server, f"/exports/{path}", role)).status_code == 404


async def test_a_file_that_cannot_be_recorded_is_not_handed_out(
    store: Store, server: Running, made: dict[str, Any], tmp_path: Path
) -> None:
    shutil.copytree(server.data_folder / "exports", tmp_path / "exports")
    async with running(store, tmp_path) as other:
        (tmp_path / "audit").write_text("in the way of the folder")
        answer = await fetched(other, made["downloadPath"], "admin")
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
        (tmp_path / "audit").unlink()
        assert (await fetched(other, made["downloadPath"], "admin")).status_code == 200
