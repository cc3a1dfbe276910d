"""Requests that met no stock: kept with who asked and what was offered, ended once, and of nobody after an erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.commands.command import run
from graph.erasure.erasing import Erasure
from graph.errors import NotFound
from graph.stock.asking import LOST, SAVED, Request, end_request, record_request
from graph.stock.places import Place
from graph.writes.unit import execute
from tests.conftest import wipe
from tests.graph.cases.working import customer, person
from tests.graph.cases.working import tell as tell_people
from tests.graph.stock.moving import author, ids, moved, tell

if TYPE_CHECKING:
    from pathlib import Path

    from graph.commands.command import Answer, Command
    from graph.store import Reader, Store

KEPT = """
MATCH (q:StockRequest)-[:AT]->(s:Store) MATCH (q)-[:FOR]->(p:Product)
RETURN p.sku, s.code, q.quantity, q.outcome, q.ended_at IS NOT NULL, q.record, q.note,
       COLLECT { MATCH (q)-[:OFFERED]->(o:Product) RETURN o.sku ORDER BY o.sku }
"""


async def do(store: Store, command: Command) -> Answer:
    async def itself(answer: Answer, _: Reader) -> Answer:
        return answer

    return await run(store, command, itself)


@pytest.fixture(autouse=True)
async def _town(store: Store) -> None:
    await wipe(store)
    await tell(store, moved("RECEIPT", 0, "08:00"), moved("RECEIPT", 2, "08:00", sku="B"))
    await tell_people(store, person("1", {"kind": "EMAIL", "value": "canary@example.jp"}))


async def test_a_request_is_kept_with_who_asked_and_what_was_offered_and_ended_later(store: Store) -> None:
    # when
    asked = Request(2, await customer(store), [ids("B")[0]], note="canary-note")
    own_id = (await do(store, record_request(author(), Place(*ids()), asked)))["request"]
    # then
    assert await store.read(KEPT) == [["A", "ginza", 2, "OPEN", False, "/crm:1", "canary-note", ["B"]]]
    # when
    await do(store, end_request(author(), own_id, SAVED))
    # then
    assert await store.read(KEPT) == [["A", "ginza", 2, "SAVED", True, "/crm:1", "canary-note", ["B"]]]


async def test_a_request_of_nobody_known_that_is_lost_at_once(store: Store) -> None:
    await do(store, record_request(author(), Place(*ids()), Request(1, outcome=LOST)))
    assert await store.read(KEPT) == [["A", "ginza", 1, "LOST", True, "", None, []]]


async def test_what_there_is_not_is_refused_with_its_place(store: Store) -> None:
    for command, pointer in (
        (record_request(author(), Place("none", ids()[1]), Request(1)), "/productId"),
        (record_request(author(), Place(*ids()), Request(1, customer="none")), "/customerId"),
        (record_request(author(), Place(*ids()), Request(1, offered=[ids("B")[0], "none"])), "/offeredProductIds/1"),
        (end_request(author(), "none", LOST), "/requestId"),
    ):
        with pytest.raises(NotFound) as refused:
            await do(store, command)
        assert refused.value.pointer == pointer


async def test_after_an_erasure_a_request_stays_and_is_nobodys(store: Store, tmp_path: Path) -> None:
    # given
    await do(store, record_request(author(), Place(*ids()), Request(1, await customer(store), note="canary-note")))

    # when
    async def step(work, nouns):  # type: ignore[no-untyped-def]
        return await execute(store, nouns, work)

    await Erasure(store, bytes(32), tmp_path / "erasures.jsonl", "job", step).erase(["/crm:1"])
    # then
    assert await store.read(KEPT) == [["A", "ginza", 1, "OPEN", False, "", None, []]]
