"""Known documents: asked by their hash, and the only ones that are answered where the setting says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from api.http.documents import Document, Documents, documents_in, known_documents
from api.http.graphql import graphql_routes
from api.process.settings import InvalidSettings, Settings
from graph.store import Store
from resolvers.access.viewer import Viewer
from tests.answering import answering

STORES = "query Stores { stores { edges { node { code } } } }"
OTHER = "{ viewer { name } }"
OPERATOR = Viewer("operator", frozenset({"call_center"}))
EXPLORER = Viewer("developer", frozenset({"call_center"}), frozenset({"playground"}))


def by_hash(text: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(text.encode()).hexdigest()}}}


async def clients(store: Store, folder: Path, documents: Documents, viewer: Viewer, budget: int) -> httpx2.AsyncClient:
    async def authenticate(_: object, *, in_use: bool = True) -> Viewer:
        return viewer

    routes = graphql_routes(answering(store, folder, documents, budget), authenticate)
    transport = httpx2.ASGITransport(Starlette(routes=routes))
    return httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1")


@pytest.fixture
async def client(store: Store, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    documents = Documents((Document(STORES, {}),), only=True, of_apps=True)
    async with await clients(store, tmp_path, documents, OPERATOR, 20_000) as opened:
        yield opened


async def test_a_known_document_is_answered_by_its_hash_and_by_its_text(client: httpx2.AsyncClient) -> None:
    for request in (by_hash(STORES), {"query": STORES}):
        answer = (await client.post("/graphql", json=request)).json()
        assert answer["data"] == {"stores": {"edges": []}}


@pytest.mark.parametrize("request_", [by_hash(OTHER), {"query": OTHER}])
async def test_an_unknown_document_is_refused_where_only_known_ones_are_taken(
    client: httpx2.AsyncClient, request_: dict[str, Any]
) -> None:
    answer = await client.post("/graphql", json=request_)
    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["PERSISTED_QUERY_NOT_FOUND"]


async def test_who_explores_may_send_any_document(store: Store, tmp_path: Path) -> None:
    documents = Documents((Document(STORES, {}),), only=True, of_apps=True)
    async with await clients(store, tmp_path, documents, EXPLORER, 20_000) as client:
        answer = await client.post("/graphql", json={"query": OTHER})
        assert answer.json()["data"] == {"viewer": {"name": "developer"}}


async def test_the_answer_tells_what_it_cost_and_a_used_up_budget_is_429(store: Store, tmp_path: Path) -> None:
    async with await clients(store, tmp_path, Documents(), OPERATOR, 25) as client:
        first = await client.post("/graphql", json={"query": OTHER})
        assert first.json()["extensions"] == {"cost": {"requested": 11, "limit": 25, "remaining": 14}}
        await client.post("/graphql", json={"query": OTHER})
        refused = await client.post("/graphql", json={"query": OTHER})
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (429, "THROTTLED")
        assert int(refused.headers["retry-after"]) >= 1


def test_a_folder_is_read_with_the_variables_beside_each_operation(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "stores.graphql").write_text(STORES)
    (tmp_path / "me.graphql").write_text(OTHER)
    (tmp_path / "me.json").write_text('{"n": 1}')
    assert list(documents_in(tmp_path)) == [Document(STORES, {}), Document(OTHER, {"n": 1})]


@pytest.mark.parametrize(
    ("text", "variables", "asked"),
    [
        (STORES, {}, True),
        ("mutation M($input: I!) { m(input: $input) { id } }", {"input": {"dryRun": False}}, False),
        ("# about mutations\nmutation { m { id } }", {}, False),
        ("mutation M($input: I!) { m(input: $input) { id } }", {"input": {"dryRun": True}}, True),
        ("query mutation { stores { totalCount } }", {}, True),
        ("subscription { changes { cursor } }", {}, False),
    ],
)
def test_a_document_is_asked_ahead_unless_it_changes_something_or_follows(
    text: str, variables: dict[str, Any], asked: bool
) -> None:
    assert Document(text, variables).asked_ahead is asked


def test_a_folder_that_cannot_be_used_is_told_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match=r"no \.graphql files"):
        documents_in(tmp_path)
    (tmp_path / "a.graphql").write_text(OTHER)
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(InvalidSettings, match=r"a\.graphql"):
        documents_in(tmp_path)


def test_the_examples_of_the_playground_are_known() -> None:
    documents = known_documents(Settings(_env_file=None))  # pyright: ignore[reportCallIssue]
    assert not documents.only
    assert all(documents.knows(each.text, OPERATOR) for each in documents.known)
    assert not documents.knows(OTHER, OPERATOR)
