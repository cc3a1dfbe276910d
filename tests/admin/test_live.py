"""The streams of open pages: what has happened comes as pieces for the page, to those who may see it, and none is missed."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString
from uuid import uuid4

import anyio
import httpx2
import orjson
import pytest

from api.access.cookies import key_of
from api.access.development_tokens import claims_of
from graph.changes.numbering import IS_NEW
from graph.events.newest import utc_text
from graph.sessions.sessions import IDLE, Session, begin_session, end_session
from graph.writes.changes import forget_changes
from resolvers.access.roles import Role
from resolvers.live import shared
from tests.admin.conftest import Shop
from tests.admin.people import HANAKO, NEWCOMER, TARO, event, mail, person
from tests.admin.streams import Event, Stream, stream
from tests.api.http.test_erasures import APPROVE, ASK
from tests.running import Running

UNSEEN: LiteralString = "MATCH (s:Session {key: $p.key}) SET s.seen_at = $p.at RETURN count(*)"


def visit(number: str, subject: str = HANAKO, store: str = "shibuya", **more: Any) -> dict[str, Any]:
    """Return a visit of today."""
    data = {"kind": "STORE_VISIT", "store": store, "by": {"record": {"source": "/ec", "subject": subject}}}
    time = more.pop("time", datetime.now(UTC).isoformat())
    return event("interaction", "/shop", f"live-{number}", time, {**data, **more})


@asynccontextmanager
async def reader(server: Running, role: str, **claims: Any) -> AsyncGenerator[httpx2.AsyncClient]:
    """Sign somebody of a role in, each time somebody else."""
    secret = uuid4().hex
    told = orjson.dumps({**claims_of(Role(role)), "sub": f"{role}-{secret}", **claims}).decode()
    await begin_session(server.store, key_of(secret), Session(secret, told), datetime.now(UTC))
    cookies = {"customer360_session": secret}
    async with httpx2.AsyncClient(base_url=server.address, cookies=cookies, timeout=60) as client:
        yield client


def live(shop: Shop, record: str = HANAKO) -> str:
    return f"/admin/customers/{shop.customers[record]}/live"


async def newest(server: Running) -> int:
    while await server.store.read(IS_NEW):
        await anyio.sleep(0.05)
    [[seq]] = await server.store.read("MATCH (l:Lease {name: 'changes'}) RETURN l.seq")
    return seq


async def test_a_visit_comes_as_a_row_and_a_page_as_it_is_now(shop: Shop) -> None:
    after = await newest(shop.server)
    async with stream(shop.server, f"{live(shop)}?after={after}") as open_:
        assert (await open_.next()).pieces.targets == ["#live-state"]
        await shop.server.post([visit("one", advice="試験の助言")])
        told = await open_.next()
    assert "試験の助言" in told.data
    assert told.pieces.targets[0] == "#main"
    assert len(told.pieces.new) == 1
    assert int(told.seq) > after


async def test_the_same_page_elsewhere_is_told_the_same_from_one_reading(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    respond = shared.respond

    async def counted(store: Any, prepared: Any, *rest: Any) -> Any:
        asked.append(prepared.operation.name)
        return await respond(store, prepared, *rest)

    monkeypatch.setattr(shared, "respond", counted)
    address = f"{live(shop)}?after={await newest(shop.server)}"
    async with stream(shop.server, address) as one, stream(shop.server, address) as other:
        await one.next(), await other.next()
        asked.clear()
        await shop.server.post([visit("two-pages", advice="二つの画面")])
        told = [await one.next(), await other.next()]
    # Each tells of time as of its own writing.
    one_said, other_said = [re.sub(r"\d+ (second|minute)s? ago|As of [^<]+", "", each.data) for each in told]
    assert one_said == other_said
    assert "二つの画面" in told[0].data
    assert asked.count("CustomerPage") <= 2  # one for each second that has begun meanwhile


async def test_who_comes_back_is_told_what_they_missed_and_nothing_twice(shop: Shop) -> None:
    after = await newest(shop.server)
    async with stream(shop.server, f"{live(shop)}?after={after}") as open_:
        await open_.next()
        await shop.server.post([visit("before-the-cut")])
        last = await open_.next()
    await shop.server.post([visit("missed-1"), visit("missed-2", time="2026-04-01T11:00:00Z")])
    async with stream(shop.server, f"{live(shop)}?after={after}", **{"Last-Event-ID": last.seq}) as open_:
        await open_.next()
        missed = await open_.next()
        await shop.server.post([visit("after-it")])
        new = await open_.next()
    rows = [*last.pieces.new, *missed.pieces.new, *new.pieces.new]
    assert (len(last.pieces.new), len(missed.pieces.new), len(new.pieces.new)) == (1, 2, 1)
    assert len(set(rows)) == 4


async def row_of(stream: Stream) -> Event:
    """Return the next event that puts a row where there is none: what is told of the whole page may come before."""
    while not (event := await stream.next()).pieces.new:
        assert event.name == ""
    return event


async def test_a_page_whose_changes_are_kept_no_longer_is_told_all_of_itself(shop: Shop) -> None:
    await shop.server.post([visit("long-ago")])
    await newest(shop.server)
    await forget_changes(shop.server.store, datetime.now(UTC) + timedelta(days=1))
    async with stream(shop.server, f"{live(shop)}?after=1") as open_:
        await open_.next()
        anew = await open_.next()
        assert anew.pieces.targets == ["#main", "#timeline-rows", "#order-rows"]
        await shop.server.post([visit("after-that")])
        assert len((await row_of(open_)).pieces.new) == 1


async def test_a_masked_reader_is_told_masked(shop: Shop) -> None:
    async with reader(shop.server, "store_staff", stores=["shibuya"]) as client:
        address = f"{live(shop)}?after={await newest(shop.server)}"
        async with stream(shop.server, address, client) as open_:
            await open_.next()
            await shop.server.post([visit("masked")])
            told = await open_.next()
    assert "試験 花子" in told.data
    assert "090-5555-0101" not in told.data
    assert "hanako@example.jp" not in told.data


async def test_a_page_is_told_nothing_of_whom_its_reader_does_not_read(shop: Shop) -> None:
    async with reader(shop.server, "store_staff", stores=["yokohama"]) as client:
        async with stream(shop.server, f"{live(shop, NEWCOMER)}?after=1", client) as open_:
            over = await open_.next()
            assert over.pieces.targets == ["#main"]
            assert "no longer shown" in over.data
            assert (await open_.next()).name == "ended"
        async with stream(shop.server, f"/admin/live?after={await newest(shop.server)}", client) as open_:
            await open_.next()
            await shop.server.post([visit("elsewhere", NEWCOMER)])
            await shop.server.post([visit("here", TARO, "yokohama")])
            told = await open_.next()
    assert "新規" not in told.data
    assert "試験 太郎" in told.data


async def test_a_customer_who_goes_into_another_says_where_to(shop: Shop) -> None:
    first, second = mail("into-1@example.jp", verified=True), mail("into-2@example.jp", verified=True)
    known = [person("U-into", {"name": {"full": "統合 見本"}, "identifiers": [first]})]
    known.append(person("P-into", {"name": {"full": "統合 見本"}, "identifiers": [second]}, source="/pos"))
    ids = [receipt["customerId"] for receipt in await shop.server.post(known)]
    both = person("P-into", {"name": {"full": "統合 見本"}, "identifiers": [first, second]}, "/pos", "2025-03-01T10:00:00+09:00")
    after = await newest(shop.server)
    pages = [stream(shop.server, f"/admin/customers/{each}/live?after={after}") for each in ids]
    async with pages[0] as one, pages[1] as other:
        await one.next(), await other.next()
        left = (await shop.server.post([both]))[0]["customerId"]
        told = dict(zip(ids, [await one.next(), await other.next()], strict=True))
        assert {(await each.next()).name for each in (one, other) if each is not (one if left == ids[0] else other)} == {"ended"}
    (gone,) = set(ids) - {left}
    assert told[left].pieces.targets[0] == "#main"
    assert told[gone].pieces.targets == ["#live-state"]
    assert f'href="/admin/customers/{left}"' in told[gone].data


async def test_a_session_that_ends_is_said_in_the_stream_and_in_the_next(shop: Shop) -> None:
    async with reader(shop.server, "call_center") as client:
        address = f"{live(shop)}?after={await newest(shop.server)}"
        async with stream(shop.server, address, client) as open_:
            await open_.next()
            await end_session(shop.server.store, key_of(client.cookies["customer360_session"]))
            said = await open_.next()
            assert "your session has ended" in said.data
            assert (await open_.next()).name == "ended"
        async with stream(shop.server, address, client, **{"HX-Request": "true", "HX-Current-URL": shop.page(HANAKO)}) as again:
            said = await again.next()
            assert f"/sign-in?to=/admin/customers/{shop.customers[HANAKO]}" in said.data
            assert (await again.next()).name == "ended"


async def test_an_open_stream_does_not_keep_a_session_from_ending(shop: Shop) -> None:
    async with reader(shop.server, "call_center") as client:
        key = key_of(client.cookies["customer360_session"])
        seen = "MATCH (s:Session {key: $p.key}) RETURN s.seen_at"
        await shop.server.store.write(lambda t: t.run(UNSEEN, {"key": key, "at": utc_text(datetime.now(UTC) - IDLE / 2)}))
        before = await shop.server.store.read(seen, {"key": key})
        async with stream(shop.server, f"{live(shop)}?after={await newest(shop.server)}", client) as open_:
            await open_.next()
            assert (await open_.alive()).name == "alive"
        assert await shop.server.store.read(seen, {"key": key}) == before
        await client.get("/admin/stores")
        assert await shop.server.store.read(seen, {"key": key}) != before


async def test_the_oldest_of_too_many_streams_gives_way_and_says_so(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resolvers.live.places.MOST_OPEN", 1)
    async with reader(shop.server, "call_center") as client:
        address = f"{live(shop)}?after={await newest(shop.server)}"
        async with stream(shop.server, address, client) as oldest:
            await oldest.next()
            async with stream(shop.server, address, client) as newer:
                await newer.next()
                assert "newer ones are updated instead" in (await oldest.next()).data
                assert (await oldest.next()).name == "ended"
                await shop.server.post([visit("for-the-newer")])
                assert len((await row_of(newer)).pieces.new) == 1


async def test_who_may_not_read_the_page_gets_no_stream(shop: Shop) -> None:
    async with reader(shop.server, "marketing") as client:
        assert (await client.get(live(shop))).status_code == 403


async def test_a_filter_of_the_timeline_holds_for_what_comes(shop: Shop) -> None:
    async with stream(shop.server, f"{live(shop)}?kind=CALL&after={await newest(shop.server)}") as open_:
        await open_.next()
        await shop.server.post([visit("no-call")])
        assert (await open_.next()).pieces.new == []


async def test_a_page_names_its_stream_where_it_shows_the_newest(shop: Shop) -> None:
    client = shop.server.client
    whole = (await client.get(shop.page(HANAKO))).text
    assert f'hx-sse:connect="{live(shop)}?after=' in whole
    assert 'hx-sse:connect="/admin/live?day=' in (await client.get("/admin")).text
    assert "hx-sse:connect" not in (await client.get("/admin?day=2026-11-22")).text


async def test_a_customer_who_is_erased_leaves_nothing_on_an_open_page(shop: Shop) -> None:
    known = person("U-erased", {"name": {"full": "消去 見本"}, "identifiers": [mail("erased@example.jp")]})
    customer = (await shop.server.post([known]))[0]["customerId"]
    async with stream(shop.server, f"/admin/customers/{customer}/live?after={await newest(shop.server)}") as open_:
        await open_.next()
        given = {"customerId": customer, "idempotencyKey": "erase", "reason": "ご本人の請求"}
        asked = (await shop.server.ask(ASK, "steward", input=given))["data"]["customerErasureRequest"]
        await shop.server.ask(APPROVE, "admin", input={"jobId": asked["job"]["id"], "idempotencyKey": "approve"})
        told = await open_.next()
        assert told.pieces.targets == ["#main"]
        assert "was erased" in told.data
        assert "消去 見本" not in told.data
        assert (await open_.next()).name == "ended"
    async with stream(shop.server, f"/admin/customers/{customer}/live?after=1") as again:
        assert "no longer shown" in (await again.next()).data
