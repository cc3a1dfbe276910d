"""The erasure of a customer over HTTP: asked for by one, approved by another, by those roles alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from graph.local import LocalServer
from graph.store import Store
from resolvers.access.roles import STEWARDS, Role
from tests.admin.people import told
from tests.api.http.test_exports import done
from tests.running import Running, running
from tests.served import environment, graph_of

ASK = """mutation Ask($input: CustomerErasureRequestInput!) { customerErasureRequest(input: $input) {
  job { id kind state reason } preview { name count fate } userErrors { code path } } }"""
APPROVE = """mutation Approve($input: JobApproveInput!) { jobApprove(input: $input) {
  job { id state approvedBy } userErrors { code path } } }"""
PROGRAM = str(Path(sys.executable).with_name("customer360"))


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("erasures")) as started:
        yield started


@pytest.fixture(scope="module")
async def hanako(server: Running) -> str:
    return await told(server)


async def ask(server: Running, customer: str, role: str = "steward", **more: Any) -> dict[str, Any]:
    given = {"customerId": customer, "idempotencyKey": f"{role} {sorted(more.items())}", "reason": "ご本人の請求", **more}
    return await server.ask(ASK, role, input=given)


@pytest.mark.parametrize("role", sorted(frozenset(Role) - STEWARDS))
async def test_other_roles_can_neither_ask_nor_approve(server: Running, hanako: str, role: Role) -> None:
    answers = [
        await ask(server, hanako, role),
        await server.ask(APPROVE, role, input={"jobId": hanako, "idempotencyKey": f"approve {role}"}),
    ]
    assert [error["extensions"]["code"] for answer in answers for error in answer["errors"]] == ["FORBIDDEN"] * 2


async def test_a_preview_says_what_is_erased_kept_and_hashed_and_makes_no_job(server: Running, hanako: str) -> None:
    told_of = (await ask(server, hanako, dryRun=True, reason=""))["data"]["customerErasureRequest"]
    fates = {each["name"]: (each["count"], each["fate"]) for each in told_of["preview"]}
    assert (told_of["job"], fates["orders"], fates["touchpoints"]) == (None, (7, "KEPT_BY_LAW"), (25, "ERASED"))
    assert (fates["shared"], fates["hashes"][1]) == ((1, "KEPT_FOR_OTHERS"), "HASHED")
    assert (await server.ask("{ jobs { totalCount } }"))["data"]["jobs"]["totalCount"] == 0


async def test_it_is_done_once_a_second_person_has_approved_it_and_nobody_else_sees_it(
    server: Running, store: Store, hanako: str, neo4j_server: LocalServer
) -> None:
    refused = (await ask(server, hanako, reason=" "))["data"]["customerErasureRequest"]
    assert (refused["job"], refused["preview"], refused["userErrors"][0]["path"]) == (None, [], ["input", "reason"])
    asked = (await ask(server, hanako))["data"]["customerErasureRequest"]["job"]
    assert (asked["kind"], asked["state"]) == ("CUSTOMER_ERASURE", "WAITING")
    again = (await ask(server, hanako, "admin"))["data"]["customerErasureRequest"]
    assert (again["job"], again["userErrors"]) == (None, [{"code": "CONFLICT", "path": ["input", "customerId"]}])

    alone = {"input": {"jobId": asked["id"], "idempotencyKey": "alone"}}
    assert (await server.ask(APPROVE, "steward", **alone))["data"]["jobApprove"]["userErrors"][0]["code"] == "CONFLICT"
    colleague = {"sub": "another-steward"}
    see = "query ($id: ID!) { job(id: $id) { state reason } }"
    assert (await server.ask(see, "steward", colleague, id=asked["id"]))["data"]["job"]["state"] == "WAITING"
    for role in (Role.CALL_CENTER, Role.CUSTOMER):
        answer = (await server.ask(see, role, id=asked["id"]))["data"]
        assert not answer or not answer["job"]
    approved = await server.ask(APPROVE, "steward", colleague, input={"jobId": asked["id"], "idempotencyKey": "second"})
    assert approved["data"]["jobApprove"]["job"]["approvedBy"] == "another-steward"

    standing = await done(server, asked["id"])
    counts = {each["name"]: each["count"] for each in standing["receipt"]}
    assert (standing["state"], counts["orders"], counts["touchpoints"], counts["records"]) == ("DONE", 7, 25, 1)
    found = await server.ask("query ($id: ID!) { customer(by: {id: $id}) { id } job: node(id: $id) { id } }", id=hanako)
    assert found["data"] == {"customer": None, "job": None}
    assert (await server.ask(see, "steward", id=asked["id"]))["data"]["job"] == {"state": "DONE", "reason": None}
    assert applied(server, neo4j_server) == "The graph knows of every erasure."


def applied(server: Running, database: LocalServer) -> str:
    """Return what the command says on this graph and data folder."""
    env = environment(DATA_FOLDER=str(server.data_folder), **graph_of(database))
    asked = subprocess.run([PROGRAM, "erasures", "apply"], capture_output=True, text=True, check=False, env=env)
    assert asked.returncode == 0, asked.stderr
    return asked.stdout.strip()
