"""Each request has its own viewer, and a page shows what that one may see."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from admin.parts.recents import COOKIE
from admin.site import Server, routes
from api.http.languages import preferred_language
from api.http.live_pages import LivePages
from graph.cases.board import Board
from graph.store import Store
from graph.words import CATALOGUE
from resolvers.access.policy import POLICY, Access, Policy, Rows
from resolvers.access.tags import Tag
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.execution import execute_readable
from tests.answering import answering
from tests.resolvers import small_town

HANAKO = ids.encode("Customer", "c-hanako")
MASKING = Policy(
    {"trainee": dict.fromkeys(Tag, Access.CLEAR) | {Tag.NAME: Access.MASKED}},
    {name: {"trainee": Rows.ALL} for name in POLICY.rows},
    POLICY.parts,
)
VIEWERS = {
    "admin": Viewer("admin", frozenset({"admin"})),
    "trainee": Viewer("trainee", frozenset({"trainee"}), policy=MASKING),
    "stranger": Viewer("stranger"),
}


@pytest.fixture(scope="module")
async def client(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx2.AsyncClient]:
    """The pages over the small town, where a header says who asks."""
    await small_town.build(store)

    async def answer(query: str, variables: Mapping[str, Any], viewer: Viewer) -> Mapping[str, Any]:
        return (await execute_readable(store, query, variables, viewer)).body

    async def viewer_of(request: Request, language: str, *, in_use: bool = True) -> Viewer:
        return VIEWERS[request.headers["x-viewer"]]

    live = LivePages(answering(store, tmp_path_factory.mktemp("viewer")), viewer_of, Board(store))
    app = Starlette(routes=routes(Server(answer, viewer_of, live), CATALOGUE, preferred_language, ZoneInfo("Asia/Tokyo")))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1") as client:
        yield client


async def seen(client: httpx2.AsyncClient, viewer: str) -> httpx2.Response:
    """Return the empty look-up page, which shows who was opened last."""
    headers = {"x-viewer": viewer, "Cookie": f"{COOKIE}={HANAKO}", "Sec-Fetch-Site": "same-origin"}
    return await client.post("/admin", data={"query": ""}, headers=headers)


async def test_each_request_is_answered_for_its_own_viewer_also_beside_others(client: httpx2.AsyncClient) -> None:
    order = ["admin", "trainee", "stranger", "trainee", "admin"]
    answers = await asyncio.gather(*(seen(client, viewer) for viewer in order))
    for viewer, answer in zip(order, answers, strict=True):
        assert answer.status_code == (403 if viewer == "stranger" else 200), answer.text
        assert ("試験 花子" in answer.text) == (viewer == "admin")
        assert ("試* 花*" in answer.text) == (viewer == "trainee")
