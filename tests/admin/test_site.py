"""What the answers under /admin carry, and what becomes of requests that are not as they should be."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest

from graph.local import LocalServer
from graph.store import Store
from tests.admin.conftest import Shop
from tests.admin.people import HANAKO
from tests.fault_proxy import FaultProxy
from tests.running import running

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true"}
CLOCK = re.compile(r"\d\d:\d\d</p>|after=\d+")
"""The time at which a page was read, and the newest change by then."""


async def get(shop: Shop, address: str, **headers: str) -> httpx2.Response:
    return await shop.server.client.get(address, headers=headers)


async def test_a_page_with_personal_data_is_never_stored(shop: Shop) -> None:
    answer = await get(shop, shop.page(HANAKO))
    assert answer.headers["cache-control"] == "no-store"
    assert "HX-Request" in answer.headers["vary"]
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


async def test_static_files_are_asked_for_again_by_their_tag(shop: Shop) -> None:
    first = await get(shop, "/admin/static/admin.css")
    again = await get(shop, "/admin/static/admin.css", **{"If-None-Match": first.headers["etag"]})
    assert (first.status_code, first.headers["cache-control"], again.status_code) == (200, "no-cache", 304)


async def test_the_same_address_answers_a_page_or_the_part_that_htmx_swaps(shop: Shop) -> None:
    whole = await get(shop, shop.page(HANAKO))
    timeline = await get(shop, shop.page(HANAKO), **HTMX)
    restored = await get(shop, shop.page(HANAKO), **HTMX, **{"HX-History-Restore-Request": "true"})
    assert "<html" in whole.text
    assert timeline.text.lstrip().startswith('<section class="card" id="timeline"')
    assert CLOCK.sub("", restored.text) == CLOCK.sub("", whole.text)


async def test_a_look_up_from_another_site_is_refused(shop: Shop) -> None:
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        answer = await shop.server.client.post("/admin", data={"query": "hanako@example.jp"}, headers=headers)
        assert answer.status_code == 403
        assert "試験" not in answer.text


async def test_a_browser_that_sends_only_an_origin_may_look_up(shop: Shop) -> None:
    answer = await shop.server.client.post("/admin", data={"query": "hanako@example.jp"}, headers={"Origin": shop.server.address})
    assert answer.status_code == 200
    assert "試験 花子" in answer.text


@pytest.mark.parametrize(
    ("query", "status"), [("?kind=NONSENSE", 400), ("?channel=phone", 400), ("?after=nonsense", 400), ("?orders=nonsense", 400)]
)
async def test_what_the_address_may_not_say_is_a_400(shop: Shop, query: str, status: int) -> None:
    assert (await get(shop, shop.page(HANAKO) + query)).status_code == status


async def test_odd_forms_are_told_apart_from_defects(shop: Shop) -> None:
    post = shop.server.client.post
    assert (await post("/admin", data={"query": "x" * 20_000}, headers=SAME_ORIGIN)).status_code == 413
    assert (await post("/admin", data={"query": "   "}, headers=SAME_ORIGIN)).status_code == 200
    assert (await post("/admin", data={}, headers=SAME_ORIGIN)).status_code == 200
    assert (await post("/admin", data={"query": '" OR 1=1 \\ ~*?\x00'}, headers=SAME_ORIGIN)).status_code == 200
    assert (
        await post(
            "/admin", content=b"query=%ff%fe", headers={**SAME_ORIGIN, "Content-Type": "application/x-www-form-urlencoded"}
        )
    ).status_code == 200


async def test_an_address_that_no_page_has_is_a_designed_404(shop: Shop) -> None:
    answer = await get(shop, "/admin/no/such/page")
    assert answer.status_code == 404
    assert 'class="problem"' in answer.text


async def test_a_database_that_is_away_is_said_and_recovers(shop: Shop, neo4j_server: LocalServer, tmp_path: Path) -> None:
    async with FaultProxy(neo4j_server.run.port) as relay:
        store = await Store.open(relay.uri, neo4j_server.user, neo4j_server.password)
        async with running(store, tmp_path) as server:
            path = f"/admin/customers/{shop.customers[HANAKO]}"
            assert (await server.client.get(path)).status_code == 200
            relay.refuse()
            away = await server.client.get(path)
            assert (away.status_code, 'class="problem"' in away.text) == (503, True)
            found = await server.client.post("/admin", data={"query": "hanako@example.jp"}, headers={**SAME_ORIGIN, **HTMX})
            assert found.status_code == 503
            assert found.text.lstrip().startswith('<section class="problem"')
            await relay.mend()
            assert (await server.client.get(path)).status_code == 200
        await store.close()
