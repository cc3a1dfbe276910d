"""What listens from the first second: alive at once, and the rest says that the database is starting until it is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.http.doorway import Doorway
from api.process.settings import Settings

HTMX = {"HX-Request": "true"}


@pytest.fixture
async def doorway(tmp_path: Path) -> Doorway:
    return Doorway(Settings(_env_file=None, data_folder=tmp_path))


@pytest.fixture
async def client(doorway: Doorway) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(doorway), base_url="http://127.0.0.1") as opened:
        yield opened


async def test_it_is_alive_but_not_ready_and_everything_else_is_told_to_come_again(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/livez")).status_code == 200
    for answer in (await client.get("/readyz"), await client.post("/events", content=b"{}"), await client.post("/graphql")):
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
        assert int(answer.headers["Retry-After"]) >= 1
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(("language", "words"), [("ja", "データベースを起動しています"), ("en", "The database is starting")])
async def test_a_page_says_so_in_the_language_of_its_reader_and_asks_again(
    client: httpx2.AsyncClient, language: str, words: str
) -> None:
    for path in ("/admin", "/admin/customers/Q3VzdG9tZXI6MA"):
        page = await client.get(path, headers={"Accept-Language": language})
        assert (page.status_code, page.headers["Retry-After"]) == (503, "2")
        assert words in page.text
        assert '<meta http-equiv="refresh" content="2">' in page.text
    assert (await client.get("/admin/static/admin.css")).status_code == 200


async def test_who_types_into_a_page_that_is_open_already_gets_the_words_alone(client: httpx2.AsyncClient) -> None:
    fragment = await client.post("/admin", data={"query": "x"}, headers={**HTMX, "Accept-Language": "en"})
    assert fragment.status_code == 503
    assert fragment.text.lstrip().startswith('<section class="problem"')


async def test_once_it_is_open_the_application_answers(doorway: Doorway, client: httpx2.AsyncClient) -> None:
    async def answer(_: object) -> PlainTextResponse:
        return PlainTextResponse("inside")

    doorway.open(Starlette(routes=[Route("/admin", answer)]))
    assert (await client.get("/admin")).text == "inside"
