"""The /graphql endpoint: every audit of GraphQL over HTTP, and what must be refused with a code."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request

from api.access.development_tokens import Tokens
from api.http.graphql import LARGEST_REQUEST, accepted, graphql_routes
from graph.store import Store
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from tests.answering import answering
from tests.peers.installed import installed_peers, node

TOKENS = Tokens(b"k" * 32)
TOKEN = TOKENS.issue("call_center")
JSON, GRAPHQL = "application/json", "application/graphql-response+json"


async def authenticate(request: Request, *, in_use: bool = True) -> Viewer:
    return await TOKENS.viewer_of(request.headers.get("authorization"))


@pytest.fixture
async def client(store: Store, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(Starlette(routes=graphql_routes(answering(store, tmp_path), authenticate)))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as opened:
        yield opened


async def test_all_audits_of_graphql_over_http_pass(store: Store, tmp_path: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            Starlette(routes=graphql_routes(answering(store, tmp_path), authenticate)), log_level="warning", lifespan="off"
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listening]))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/graphql"
        audits = await asyncio.to_thread(
            subprocess.run,
            [node(), "audits.mjs"],
            cwd=installed_peers(),
            env=os.environ | {"AUDITED_URL": url, "AUDITED_TOKEN": TOKEN},
            capture_output=True,
            text=True,
            check=True,
        )
        server.should_exit = True
        await serving
    results = [json.loads(line) for line in audits.stdout.splitlines()]
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == 61


@pytest.mark.parametrize(
    "body",
    [
        b"null", b"123", b'"text"', b"[]", b'[{"query": "{ __typename }"}]', b"{}", b'{"query": null}', b'{"query": 1}',
        b'{"query": ""}', b'{"query": "{ __typename }", "variables": []}', b'{"query": "{ __typename }", "variables": "{}"}',
        b'{"query": "{ __typename }", "operationName": 1}', b'{"query": "{ __typename }", "extensions": 0}',
        b'{"query": "\xff"}', b"{", b"", b'{"query": "{ __typename }", "variables": {"a": "\\ud800"}}',
        b'{"query": "{ customer(by: {phone: \\"\\ud800\\"}) { id } }"}', b"[" * 100_000, b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_a_body_that_is_no_request_is_refused_with_a_code(client: httpx2.AsyncClient, body: bytes, accept: str) -> None:
    answer = await client.post("/graphql", content=body, headers={"Content-Type": JSON, "Accept": accept})
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == f"{accept}; charset=utf-8"
    assert answer.json()["errors"][0]["extensions"]["code"] == "MALFORMED_REQUEST"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { a }", "GRAPHQL_VALIDATION_FAILED"),
        ('{ customer(by: {id: "a", phone: "1"}) { id } }', "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "OPERATION_NOT_FOUND"),
        ("query ($id: ID!) { node(id: $id) { id } }", "INVALID_INPUT"),
        (
            "{ " + 'customer(by: {phone: "1"}) { timeline { edges { node { ' * 9 + "id" + " } } } }" * 9 + " }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("{ a: __typename " * 6000, "GRAPHQL_PARSE_FAILED"),
        ("{" * 5000, "GRAPHQL_PARSE_FAILED"),
    ],
)
async def test_an_operation_that_cannot_run_is_refused_with_a_code(client: httpx2.AsyncClient, query: str, code: str) -> None:
    answer = await client.post("/graphql", json={"query": query}, headers={"Accept": GRAPHQL})
    assert answer.status_code == 400
    assert {error["extensions"]["code"] for error in answer.json()["errors"]} == {code}
    assert "data" not in answer.json()


async def test_one_of_several_operations_is_run_by_its_name(client: httpx2.AsyncClient) -> None:
    query = "query A { a: __typename } query B { b: __typename }"
    answer = await client.post("/graphql", json={"query": query, "operationName": "B"})
    assert answer.json()["data"] == {"b": "Query"}


async def test_a_query_can_be_asked_by_get(client: httpx2.AsyncClient) -> None:
    parameters = {"query": "query ($id: ID!) { node(id: $id) { id } }", "variables": json.dumps({"id": "U3RvcmU6bm9uZQ"})}
    answer = await client.get("/graphql", params=parameters)
    assert (answer.status_code, answer.json()["data"]) == (200, {"node": None})


@pytest.mark.parametrize("query_string", ["", "query=%FF", "query={__typename}&variables=[1]", "query={__typename}&variables=x"])
async def test_a_query_string_that_is_no_request_is_refused(client: httpx2.AsyncClient, query_string: str) -> None:
    answer = await client.get(f"/graphql?{query_string}")
    assert (answer.status_code, code(answer)) == (400, "MALFORMED_REQUEST")


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 400)])
async def test_a_query_by_its_hash_is_answered_so_that_the_client_sends_the_text(
    client: httpx2.AsyncClient, accept: str, status: int
) -> None:
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
    headers = {"Accept": accept}
    posted = await client.post(
        "/graphql", json={"extensions": extensions, "operationName": "A", "variables": {}}, headers=headers
    )
    got = await client.get("/graphql", params={"extensions": json.dumps(extensions)}, headers=headers)
    for answer in (posted, got):
        assert (answer.status_code, code(answer)) == (status, "PERSISTED_QUERY_NOT_SUPPORTED")
        assert answer.json()["errors"][0]["message"] == "PersistedQueryNotSupported"
    sent = await client.post("/graphql", json={"query": "{ __typename }", "extensions": extensions}, headers=headers)
    assert sent.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize("number", ["123456789012345678901", "18446744073709551617", "-9223372036854775809"])
async def test_a_variable_beyond_64_bits_is_refused_and_not_rounded(client: httpx2.AsyncClient, number: str) -> None:
    query = "query ($id: ID!) { node(id: $id) { id } }"
    body = f'{{"query": {json.dumps(query)}, "variables": {{"id": {number}}}}}'
    headers = {"Content-Type": JSON}
    posted = await client.post("/graphql", content=body.encode(), headers=headers)
    got = await client.get("/graphql", params={"query": query, "variables": f'{{"id": {number}}}'})
    for answer in (posted, got):
        assert (answer.status_code, code(answer)) == (400, "MALFORMED_REQUEST")
        assert "64 bits" in answer.json()["errors"][0]["message"]


async def test_other_methods_are_refused_and_told_which_are_not(client: httpx2.AsyncClient) -> None:
    answer = await client.put("/graphql", json={"query": "{ __typename }"})
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["allow"].replace(" ", "").split(","))


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/json; charset=utf-16", "application/x-www-form-urlencoded", ""]
)
async def test_a_body_of_another_media_type_is_refused(client: httpx2.AsyncClient, content_type: str) -> None:
    answer = await client.post("/graphql", content=b'{"query": "{ __typename }"}', headers={"Content-Type": content_type})
    assert (answer.status_code, code(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_compressed_body_is_refused_in_words(client: httpx2.AsyncClient) -> None:
    headers = {"Content-Type": JSON, "Content-Encoding": "gzip"}
    answer = await client.post("/graphql", content=b"\x1f\x8b", headers=headers)
    assert (answer.status_code, code(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert "Compressed" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("header", "media_type"),
    [
        ("", JSON),
        ("*/*;q=0.1", JSON),
        (f"{JSON};q=0, {GRAPHQL}", GRAPHQL),
        (f"{JSON}; q=0.000, */*", GRAPHQL),
        (f"{GRAPHQL};q=0, {JSON};q=0.5", JSON),
        (f"{JSON};q=0", None),
        (f"{JSON};q=0, {GRAPHQL};q=0.0, */*", None),
    ],
)
def test_what_a_client_weighs_with_nothing_is_not_sent(header: str, media_type: str | None) -> None:
    assert accepted(header) == media_type


async def test_a_client_that_takes_no_json_is_told_what_there_is(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/graphql", json={"query": "{ __typename }"}, headers={"Accept": "text/html"})
    assert (answer.status_code, code(answer)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize("header", [None, "Bearer x", "Basic YTpi", "Bearer "])
async def test_without_a_valid_token_nothing_is_answered(client: httpx2.AsyncClient, header: str | None) -> None:
    del client.headers["Authorization"]
    headers = {} if header is None else {"Authorization": header}
    answer = await client.post("/graphql", json={"query": "{ __typename }"}, headers=headers)
    assert (answer.status_code, code(answer)) == (401, "UNAUTHENTICATED")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_the_viewer_is_whom_the_token_stands_for(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/graphql", json={"query": "{ viewer { name roles } }"})
    assert answer.json()["data"] == {"viewer": {"name": "development-call_center", "roles": ["call_center"]}}


@pytest.mark.parametrize("role", Role)
async def test_every_role_may_read_the_stores(client: httpx2.AsyncClient, role: str) -> None:
    client.headers["Authorization"] = f"Bearer {TOKENS.issue(role)}"
    answer = await client.post("/graphql", json={"query": "{ stores { totalCount } }"})
    assert answer.json()["data"] == {"stores": {"totalCount": 0}}


def code(answer: Any) -> str | None:
    return answer.json().get("errors", [{"extensions": {"code": None}}])[0]["extensions"]["code"]


@pytest.mark.parametrize("more", ["", ", dryRun: true"])
async def test_a_mutation_by_get_is_refused_before_anything_happens(client: httpx2.AsyncClient, more: str) -> None:
    given = f'{{idempotencyKey: "k", reason: "r", customers: []{more}}}'
    merge = f"mutation {{ customerMerge(input: {given}) {{ decision {{ id }} }} }}"
    answer = await client.get("/graphql", params={"query": merge}, headers={"Accept": GRAPHQL})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["MUTATION_NOT_ALLOWED"]


async def test_a_request_that_is_too_large_is_refused_before_it_is_read(client: httpx2.AsyncClient) -> None:
    body = {"query": "query ($id: ID!) { node(id: $id) { id } }", "variables": {"id": "x" * LARGEST_REQUEST}}
    answer = await client.post("/graphql", json=body)
    assert (answer.status_code, code(answer)) == (413, "BODY_TOO_LARGE")
