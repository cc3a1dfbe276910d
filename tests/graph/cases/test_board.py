"""Who is on a case, on the real database: said to one process and seen by all, and over when nobody says so any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace

import pytest

from graph.cases import board as boards
from graph.cases.board import Board
from graph.cases.presence import LEASE_SECONDS, Sign
from graph.cases.present import forget_lapsed, look, say
from graph.errors import ServiceUnavailable
from graph.store import Store, Transaction
from tests.conftest import wipe

MOMENT = 20
"""Seconds within which something has to be told on a machine that does other things."""
SATO = Sign("case-1", "sato", "佐藤 見本", "a" * 32)
SUZUKI = Sign("case-2", "suzuki", "鈴木 見本", "b" * 32)
WRITING, LEFT = replace(SATO, writing=True), replace(SATO, left=True)
KEPT = "MATCH (p:CasePresence) RETURN p.key ORDER BY p.key"
LEASES = "MATCH (p:CasePresence) RETURN p.until - timestamp()"
LAPSE = "MATCH (p:CasePresence {account: $p.account}) SET p.until = timestamp() - 1"


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    return store


async def lapse(store: Store, account: str) -> None:
    """Let time pass over what an account has said last."""

    async def work(transaction: Transaction) -> None:
        await transaction.run(LAPSE, {"account": account})

    await store.write(work)


@asynccontextmanager
async def process(store: Store) -> AsyncGenerator[Board]:
    """Return the board of a process of its own."""
    board = Board(store)
    running = asyncio.create_task(board.run())
    try:
        yield board
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def told(changes: AsyncGenerator[frozenset[str] | None]) -> frozenset[str] | None:
    async with asyncio.timeout(MOMENT):
        return await anext(changes)


async def test_what_is_said_lasts_for_a_lease_and_each_page_has_one_node(graph: Store) -> None:
    for signs in ([SATO, SUZUKI], [WRITING], []):
        await say(graph, signs)
    assert await look(graph) == {"case-1": {WRITING.key: (True, False)}, "case-2": {SUZUKI.key: (False, False)}}
    left = [row[0] for row in await graph.read(LEASES)]
    assert len(left) == 2
    assert all(LEASE_SECONDS * 1_000 - MOMENT * 1_000 < each <= LEASE_SECONDS * 1_000 for each in left)


async def test_who_has_left_does_not_come_back_by_what_was_said_before(graph: Store) -> None:
    await say(graph, [SATO])
    await say(graph, [LEFT])
    await say(graph, [WRITING])
    assert (await look(graph))["case-1"][SATO.key][1] is True


async def test_what_has_lapsed_is_not_seen_and_is_deleted_with_nothing_else(graph: Store) -> None:
    await say(graph, [SATO, SUZUKI])
    await lapse(graph, "sato")
    assert set(await look(graph)) == {"case-2"}
    await forget_lapsed(graph)
    assert await graph.read(KEPT) == [[SUZUKI.key]]


async def test_a_page_of_one_process_is_told_to_those_of_all_others(graph: Store) -> None:
    async with (
        process(graph) as one,
        process(graph) as other,
        aclosing(one.changes("case-1")) as here,
        aclosing(other.changes("case-1")) as there,
    ):
        assert [await told(here), await told(there)] == [None, None]
        for sign in (SATO, WRITING, LEFT):
            version = other.version
            one.take(sign)
            assert [await told(here), await told(there)] == [{"case-1"}, {"case-1"}]
            assert other.version > version
            assert (await look(graph))["case-1"] == {SATO.key: (sign.writing, sign.left)}


async def test_who_follows_one_case_is_told_of_no_other(graph: Store) -> None:
    async with process(graph) as board, aclosing(board.changes("case-1")) as changes:
        await told(changes)
        board.take(SUZUKI)
        board.take(SATO)
        assert await told(changes) == {"case-1", "case-2"}  # both were said at once
        board.take(replace(SUZUKI, writing=True))
        async with aclosing(board.changes("case-2")) as others:
            assert await told(others) is None
            while not (await look(graph))["case-2"][SUZUKI.key][0]:
                await asyncio.sleep(0.05)
        board.take(WRITING)
        assert await told(changes) == {"case-1"}


async def test_a_page_that_says_nothing_any_more_is_told_as_gone(graph: Store) -> None:
    async with process(graph) as board, aclosing(board.changes("case-1")) as changes:
        await told(changes)
        board.take(SATO)
        assert await told(changes) == {"case-1"}
        await lapse(graph, "sato")
        assert await told(changes) == {"case-1"}
        assert await look(graph) == {}


async def test_all_who_follow_all_cases_are_told_the_same_at_once_and_no_more_often(
    graph: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "LIST_SECONDS", 1_000.0)
    async with process(graph) as board, aclosing(board.changes()) as one, aclosing(board.changes()) as other:
        assert [await told(one), await told(other)] == [None, None]
        async with aclosing(board.changes("case-2")) as case:
            await told(case)
            for sign in (SATO, SUZUKI):
                board.take(sign)
                while (await look(graph)).get(sign.case) is None:
                    await asyncio.sleep(0.05)
            assert "case-2" in (await told(case) or ())
        waiting = [asyncio.ensure_future(told(each)) for each in (one, other)]
        await asyncio.sleep(0)
        assert not any(each.done() for each in waiting)
        monkeypatch.setattr(boards, "LIST_SECONDS", 0.0)
        assert await asyncio.gather(*waiting) == [{"case-1", "case-2"}] * 2


async def test_whoever_begins_to_follow_is_told_that_it_can_be_any_case(graph: Store) -> None:
    async with process(graph) as board:
        async with aclosing(board.changes("case-1")) as changes:
            assert await told(changes) is None
        await say(graph, [SATO])  # while nobody looks
        async with aclosing(board.changes("case-1")) as changes, aclosing(board.changes()) as all_of_them:
            assert [await told(changes), await told(all_of_them)] == [None, None]


async def test_an_open_page_costs_one_write_for_many_and_none_where_nobody_says_anything(
    graph: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    async def counted(store: Store, signs: list[Sign]) -> None:
        written.append(len(signs))
        await say(store, signs)

    monkeypatch.setattr(boards, "say", counted)
    async with process(graph) as board, aclosing(board.changes("case-1")) as changes:
        await told(changes)
        pages = [replace(SATO, page=f"{number:032x}", account=f"sato-{number}") for number in range(50)]
        for page in pages:
            board.take(page)
        assert await told(changes) == {"case-1"}
        for page in pages:
            board.take(page)  # they are still open
        board.take(SUZUKI)
        while "case-2" not in await look(graph):
            await asyncio.sleep(0.05)
    assert written == [50, 51]


async def test_what_is_said_while_the_database_is_away_is_written_when_it_is_back(
    graph: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[int] = []

    async def away(store: Store, signs: list[Sign]) -> None:
        refused.append(len(signs))
        if len(refused) == 1:
            raise ServiceUnavailable("away")
        await say(store, signs)

    monkeypatch.setattr(boards, "say", away)
    monkeypatch.setattr(boards, "LOOK_SECONDS", 0.0)
    async with process(graph) as board, aclosing(board.changes("case-1")) as changes:
        await told(changes)
        board.take(SATO)
        assert await told(changes) == {"case-1"}
    assert refused == [1, 1]
