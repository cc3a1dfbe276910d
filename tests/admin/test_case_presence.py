"""Who is on a case, on its page and in the inbox: said by open pages, shown to colleagues, and never to the same person."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import anyio
import httpx2
import pytest
from structlog.testing import capture_logs

from admin.pages.cases import operations
from api.access.cookies import key_of
from api.process.settings import Settings
from graph.audit.copying import files_of
from graph.cases import board as boards
from graph.cases.present import look
from graph.events.newest import utc_text
from graph.sessions.sessions import IDLE
from graph.store import Store
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.engine.limits.allowance import UNLIMITED
from resolvers.execution import prepare
from resolvers.live import shared
from tests.admin.streams import Event, Stream, stream
from tests.admin.test_cases import opened, server
from tests.admin.test_live import UNSEEN, newest, reader
from tests.running import Running, running

__all__ = ["server"]

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
NAMES = {"sato": "佐藤 見本", "suzuki": "鈴木 見本"}
VIEWS, WRITES = "佐藤 見本 is viewing", "佐藤 見本 is writing a reply"


@pytest.fixture(autouse=True)
def _of_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is on a case stays there however slow the machine is, and lists are told without a pause between two times."""
    monkeypatch.setattr("graph.cases.present.LEASE_SECONDS", 86_400)
    monkeypatch.setattr(boards, "LIST_SECONDS", 0.0)


@asynccontextmanager
async def colleague(server: Running, account: str, role: Role = Role.CALL_CENTER) -> AsyncGenerator[httpx2.AsyncClient]:
    async with reader(server, role, sub=account, name=NAMES[account]) as client:
        client.headers |= {**SAME_SITE, "Accept-Language": "en"}
        yield client


async def say(client: httpx2.AsyncClient, case: str, state: str = "viewing", page: str = "a" * 32) -> int:
    """Let an open page say something, as its script does, and return the status of the answer."""
    return (await client.post(f"/admin/cases/{case}/live", data={"page": page, "state": state})).status_code


async def seen(server: Running, case: str, *states: tuple[bool, bool]) -> None:
    """Wait until the pages of a case are known as those that write or not, and have left or not."""
    with anyio.fail_after(20):
        while sorted((await look(server.store)).get(ids.decode(case).raw, {}).values()) != sorted(states):
            await anyio.sleep(0.05)


def present(page: str, case: str) -> list[str]:
    """Return what a page says of who is on a case; fails where it has no place for that."""
    found = re.search(
        rf'<span class="case-presence" id="presence-{case}">(.*?)</span>\s*(?=</div>|</hx-partial>)', page, re.DOTALL
    )
    assert found is not None
    return [" ".join(re.sub(r"<svg.*?</svg>", "", each, flags=re.DOTALL).split()) for each in re.findall(
        r'<span class="flag[^>]*>(.*?)</span>', found[1], re.DOTALL)]  # fmt: skip


async def told(stream: Stream, case: str) -> list[str]:
    """Return what the next event says of who is on a case; it says nothing else."""
    event: Event = await stream.next()
    assert f"#presence-{case}" in event.pieces.targets, event.data
    assert all(target.startswith("#presence-") for target in event.pieces.targets)
    return present(event.data, case)


async def test_a_colleague_is_shown_in_both_places_and_languages_without_scripts_and_oneself_is_not(server: Running) -> None:
    case, _ = await opened(server, "試験の同席")
    async with colleague(server, "sato") as sato, colleague(server, "suzuki") as suzuki:
        assert await say(sato, case) == 204
        await seen(server, case, (False, False))
        for address in (f"/admin/cases/{case}", "/admin/cases?view=all"):
            for language, words in (("en", VIEWS), ("ja", "佐藤 見本さんが閲覧中です")):
                shown = (await suzuki.get(address, headers={"Accept-Language": language})).text
                assert present(shown, case) == [words]
            assert present((await sato.get(address)).text, case) == []
        assert await say(sato, case, "writing", "b" * 32) == 204
        await seen(server, case, (False, False), (True, False))
        assert present((await suzuki.get(f"/admin/cases/{case}", headers={"Accept-Language": "ja"})).text, case) == [
            "佐藤 見本さんが返信を作成中です"
        ]


async def test_the_page_of_a_case_and_the_inbox_are_told_who_comes_begins_to_write_and_leaves(server: Running) -> None:
    case, _ = await opened(server, "試験の往来")
    after = await newest(server)
    async with colleague(server, "sato") as sato, colleague(server, "suzuki") as suzuki:
        page = stream(server, f"/admin/cases/{case}/live?after={after}", suzuki)
        inbox = stream(server, f"/admin/cases/live?view=all&after={after}", suzuki)
        async with page as one, inbox as several:
            for open_ in (one, several):
                assert (await open_.next()).pieces.targets == ["#live-state"]
                assert await told(open_, case) == []
            for state, shown in (("viewing", [VIEWS]), ("writing", [WRITES]), ("viewing", [VIEWS]), ("left", [])):
                assert await say(sato, case, state) == 204
                assert [await told(open_, case) for open_ in (one, several)] == [shown, shown]


async def test_what_a_page_says_to_one_server_is_told_by_another(
    server: Running, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    case, _ = await opened(server, "試験の別サーバー")
    async with running(store, tmp_path_factory.mktemp("other")) as other, colleague(other, "sato") as sato:
        address = f"/admin/cases/{case}/live?after={await newest(server)}"
        async with colleague(server, "suzuki") as suzuki, stream(server, address, suzuki) as open_:
            await open_.next()
            assert await told(open_, case) == []
            assert await say(sato, case, "writing") == 204
            assert await told(open_, case) == [WRITES]


async def test_the_page_as_a_whole_is_told_with_who_is_there(server: Running) -> None:
    case, _ = await opened(server, "試験の全体")
    async with colleague(server, "sato") as sato, colleague(server, "suzuki") as suzuki:
        assert await say(sato, case, "writing") == 204
        await seen(server, case, (True, False))
        async with stream(server, f"/admin/cases/{case}/live", suzuki) as open_:
            await open_.next()
            while (event := await open_.next()).pieces.targets != ["#main"]:
                assert event.pieces.targets == [f"#presence-{case}"]
        assert present(event.data, case) == [WRITES]


@pytest.mark.parametrize("said", [
    {"page": "a" * 32, "state": "sleeping"}, {"page": "", "state": "viewing"}, {"page": "A" * 32, "state": "viewing"}, {},
])  # fmt: skip
async def test_what_is_no_sign_of_a_page_is_refused(server: Running, said: dict[str, str]) -> None:
    case, _ = await opened(server, "試験の不正")
    async with colleague(server, "sato") as sato:
        assert (await sato.post(f"/admin/cases/{case}/live", data=said)).status_code == 400


async def test_only_who_reads_a_case_is_on_it_and_only_from_our_own_pages(server: Running) -> None:
    case, _ = await opened(server, "試験の権限")
    async with colleague(server, "sato", Role.EXPERT) as expert:
        assert (await say(expert, case), await say(expert, "Q2FzZTow")) == (404, 404)
    async with colleague(server, "sato", Role.MARKETING) as marketing:
        assert await say(marketing, case) == 403
    async with colleague(server, "sato", Role.ANALYST) as analyst:
        assert await say(analyst, case) == 204
        shown = (await analyst.get(f"/admin/cases/{case}")).text
        assert (f"presence-{case}" in shown, "data-signs" in shown) == (False, False)
    async with colleague(server, "sato") as sato:
        assert (await sato.get(f"/admin/cases/{case}")).text.count(f'data-signs="/admin/cases/{case}/live"') == 1
        sato.headers["Sec-Fetch-Site"] = "cross-site"
        assert await say(sato, case) == 403
    async with httpx2.AsyncClient(base_url=server.address, headers=SAME_SITE) as nobody:
        assert await say(nobody, case) == 401
    async with colleague(server, "suzuki") as suzuki:
        assert await say(suzuki, case) == 204
        await seen(server, case, (False, False))
    assert list((await look(server.store))[ids.decode(case).raw]) == [f"suzuki {ids.decode(case).raw} {'a' * 32}"]


async def test_to_be_on_a_case_is_neither_a_reading_of_anybody_nor_a_use_of_the_session(server: Running) -> None:
    case, _ = await opened(server, "試験の記録")
    async with colleague(server, "sato") as sato, colleague(server, "suzuki") as suzuki:
        after = await newest(server)
        key = key_of(sato.cookies["customer360_session"])
        session = "MATCH (s:Session {key: $p.key}) RETURN s.seen_at"
        await server.store.write(lambda t: t.run(UNSEEN, {"key": key, "at": utc_text(datetime.now(UTC) - IDLE / 2)}))
        before = (await server.store.read(session, {"key": key}), recorded(server))
        for address in (f"/admin/cases/{case}/live?after={after}", f"/admin/cases/live?view=all&after={after}"):
            async with stream(server, address, suzuki) as open_:
                await open_.next(), await open_.next()
                await say(sato, case, page=uuid4().hex)
                assert await told(open_, case) == [VIEWS]
        assert (await server.store.read(session, {"key": key}), recorded(server)) == before


def recorded(server: Running) -> list[bytes]:
    """Return the lines of the read audit."""
    return [line for path in files_of(server.data_folder / "audit") for line in path.read_bytes().splitlines()]


async def test_those_of_the_same_rights_share_what_is_read_of_a_change(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    respond = shared.respond

    async def counted(store: Any, prepared: Any, *rest: Any) -> Any:
        asked.append(prepared.operation.name)
        return await respond(store, prepared, *rest)

    monkeypatch.setattr(shared, "respond", counted)
    case, _ = await opened(server, "試験の共有")
    address = f"/admin/cases/live?view=all&after={await newest(server)}"
    async with (
        colleague(server, "sato") as sato,
        colleague(server, "suzuki") as suzuki,
        stream(server, address, suzuki) as one,
        stream(server, address, suzuki) as other,
    ):
        for open_ in (one, other):
            await open_.next(), await open_.next()
        asked.clear()
        await say(sato, case)
        assert [await told(open_, case) for open_ in (one, other)] == [[VIEWS], [VIEWS]]
    assert asked.count("CasesPresentOn") == 1
    assert set(asked) <= {"CasesPresentOn", "CaseHere"}


async def test_what_nobody_says_any_more_is_deleted(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    case, _ = await opened(server, "試験の期限")
    async with colleague(server, "sato") as sato:
        assert await say(sato, case) == 204
        await seen(server, case, (False, False))
    monkeypatch.setattr("api.process.cases.CLOSING_SECONDS", 0.0)
    await server.store.write(lambda t: t.run("MATCH (p:CasePresence) SET p.until = timestamp() - 1"))
    with anyio.fail_after(20):
        while await server.store.read("MATCH (p:CasePresence) RETURN p.key"):
            await anyio.sleep(0.05)


async def test_a_sign_of_life_fills_no_log_and_one_that_is_refused_does(server: Running) -> None:
    case, _ = await opened(server, "試験のログ")
    async with colleague(server, "sato") as sato:
        with capture_logs() as lines:
            statuses = [await say(sato, case), await say(sato, case, "sleeping")]
    assert statuses == [204, 400]
    assert [line["status"] for line in lines if line["event"] == "request"] == [400]


def test_a_minute_of_an_open_page_costs_less_than_opening_it() -> None:
    viewer = Viewer("sato", frozenset({Role.CALL_CENTER}))

    def cost(document: str, **given: object) -> int:
        return prepare(document, given, None, viewer, UNLIMITED).cost

    signs = 12 * cost(operations.HERE, id=operations.NO_CASE)
    lists = 60 / boards.LOOK_SECONDS / 3 * cost(operations.PRESENT_ON, ids=[operations.NO_CASE])
    assert signs < cost(operations.CASE, id=operations.NO_CASE, language="JA") / 20
    assert lists + signs < Settings.model_fields["cost_per_minute"].default / 100
