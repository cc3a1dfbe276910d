"""The store on a real server, and on one that cannot be reached, is lost, or answers too late."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from graph.errors import Conflict, InvalidInput, NotFound, Overloaded, ServiceUnavailable, StatementFailed
from graph.store import DRIVER_SETTINGS, WRITE_ATTEMPTS, Store
from graph.waiting import deadline
from tests.fault_proxy import FaultProxy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.local import LocalServer
    from graph.store import Transaction

CREATE = "CREATE (:Receipt {key: $p.key})"
COUNT = "MATCH (n:Receipt {key: $p.key}) RETURN count(n)"
SLOW = "UNWIND range(1, 1000000000) AS i RETURN count(i)"


@pytest.fixture
async def through_proxy(neo4j_server: LocalServer, store: Store, proxy: FaultProxy) -> AsyncIterator[Store]:
    opened = await Store.open(proxy.uri, neo4j_server.user, neo4j_server.password)
    yield opened
    await opened.close()


async def count(store: Store, key: str) -> int:
    return (await store.read(COUNT, {"key": key}))[0][0]


def pool_of(store: Store) -> list[Any]:
    """Return the connections of the driver's pool, which it tells nobody about."""
    pool: Any = vars(store)["_driver"]._pool
    return [each for connections in pool.connections.values() for each in connections]


async def test_rows_come_as_lists_in_the_order_of_the_statement(store: Store) -> None:
    rows = await store.read("UNWIND $p.values AS v RETURN v, v * 2 AS twice ORDER BY v", {"values": [2, 1]})
    assert rows == [[1, 2], [2, 4]]


async def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(StatementFailed):
        await store.read(CREATE, {"key": "by a read"})
    assert await count(store, "by a read") == 0


async def test_a_write_returns_what_its_work_returns(store: Store) -> None:
    async def work(transaction: Transaction) -> str:
        await transaction.run(CREATE, {"key": "written"})
        return "done"

    assert await store.write(work) == "done"
    assert await count(store, "written") == 1


async def test_an_error_in_the_work_undoes_the_write_and_passes_unchanged(store: Store) -> None:
    missing = NotFound("no such thing")

    async def work(transaction: Transaction) -> None:
        await transaction.run(CREATE, {"key": "undone"})
        raise missing

    with pytest.raises(NotFound) as caught:
        await store.write(work)
    assert caught.value is missing
    assert await count(store, "undone") == 0


async def test_a_key_that_another_writer_creates_meanwhile_is_found_by_the_second_run(store: Store) -> None:
    runs = 0

    async def create(transaction: Transaction) -> None:
        await transaction.run(CREATE, {"key": "raced"})

    async def work(transaction: Transaction) -> str:
        nonlocal runs
        runs += 1
        [[found]] = await transaction.run(COUNT, {"key": "raced"})
        if found:
            return "found"
        await store.write(create)
        await create(transaction)
        return "created"

    assert (await store.write(work), runs) == ("found", 2)


async def test_a_key_that_stays_taken_is_a_conflict_without_its_value(store: Store) -> None:
    runs = 0

    async def work(transaction: Transaction) -> None:
        nonlocal runs
        runs += 1
        await transaction.run("CREATE (:Receipt {key: $p.key}), (:Receipt {key: $p.key})", {"key": "taken@example.jp"})

    with pytest.raises(Conflict) as caught:
        await store.write(work)
    assert runs == WRITE_ATTEMPTS
    assert "taken" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_of_two_writers_in_a_deadlock_both_are_done_in_the_end(store: Store) -> None:
    async def prepare(transaction: Transaction) -> None:
        await transaction.run("UNWIND ['lock one', 'lock two'] AS key CREATE (:Receipt {key: key, visits: 0})")

    await store.write(prepare)
    holding = {"lock one": asyncio.Event(), "lock two": asyncio.Event()}
    visit = "MATCH (n:Receipt {key: $p.key}) SET n.visits = n.visits + 1"

    async def visit_both(first: str, second: str) -> None:
        async def work(transaction: Transaction) -> None:
            await transaction.run(visit, {"key": first})
            holding[first].set()
            await holding[second].wait()
            await transaction.run(visit, {"key": second})

        await store.write(work)

    await asyncio.gather(visit_both("lock one", "lock two"), visit_both("lock two", "lock one"))
    rows = await store.read("MATCH (n:Receipt) WHERE n.key STARTS WITH 'lock ' RETURN n.visits")
    assert rows == [[2], [2]]


@pytest.mark.parametrize(
    ("statement", "parameters"),
    [
        ("RETURN datetime($p.value)", {"value": "09000001234"}),
        ("CREATE (:Receipt {key: $p.value})", {"value": {"phone": "09000001234"}}),
        ("CALL db.index.fulltext.queryNodes('no such index', $p.value) YIELD node RETURN node", {"value": "09000001234"}),
    ],
)
async def test_a_refused_statement_tells_no_value(store: Store, statement: Any, parameters: dict[str, Any]) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(statement, parameters)

    with pytest.raises(StatementFailed) as caught:
        await store.write(work)
    assert "09000001234" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_a_mistake_in_the_text_of_a_statement_keeps_its_cause_for_the_trace(store: Store) -> None:
    with pytest.raises(StatementFailed) as caught:
        await store.read("RETRN 1")
    assert caught.value.__cause__ is not None


async def test_what_does_not_fit_into_memory_is_not_tried_again(store: Store) -> None:
    runs = 0

    async def work(transaction: Transaction) -> None:
        nonlocal runs
        runs += 1
        await transaction.run("UNWIND range(1, 1000000) AS i RETURN size(collect($p.text + toString(i)))", {"text": "x" * 10_000})

    with pytest.raises(Overloaded) as caught:
        await store.write(work)
    assert runs == 1
    assert caught.value.retry_after > 0


async def test_a_read_that_takes_too_long_is_given_up(store: Store) -> None:
    with pytest.raises(ServiceUnavailable):
        await store.read(SLOW, seconds=0.5)
    await store.check()


async def test_reads_at_once_each_get_their_own_answer(store: Store) -> None:
    answers = await asyncio.gather(*(store.read("RETURN $p.i", {"i": i}) for i in range(40)))
    assert answers == [[[i]] for i in range(40)]


async def test_nobody_listening_is_service_unavailable_for_reads_and_writes(neo4j_server: LocalServer, proxy: FaultProxy) -> None:
    store = await Store.open(proxy.uri, neo4j_server.user, neo4j_server.password)
    proxy.refuse()
    with pytest.raises(ServiceUnavailable) as caught:
        await store.check()
    assert "127.0.0.1" not in str(caught.value)
    with pytest.raises(ServiceUnavailable):
        await store.write(lambda transaction: transaction.run("RETURN 1"))
    await store.close()


async def test_a_wrong_password_is_service_unavailable(neo4j_server: LocalServer) -> None:
    store = await Store.open(neo4j_server.uri, neo4j_server.user, "not the password")
    with pytest.raises(ServiceUnavailable, match="password"):
        await store.check()
    await store.close()


@pytest.mark.parametrize("uri", ["https://example.jp", "example.jp:7687", "bolt://example.jp?routed=yes", ""])
async def test_an_address_of_another_kind_is_invalid_input(uri: str) -> None:
    with pytest.raises(InvalidInput):
        await Store.open(uri, "neo4j", "secret")


async def test_a_server_that_accepts_but_never_answers_is_given_up(through_proxy: Store, proxy: FaultProxy) -> None:
    proxy.hole = True
    with pytest.raises(ServiceUnavailable):
        await through_proxy.check()
    proxy.hole = False
    proxy.cut()
    await through_proxy.check()


async def test_who_finds_no_free_connection_is_told_and_the_next_one_is_served(
    monkeypatch: pytest.MonkeyPatch, neo4j_server: LocalServer
) -> None:
    monkeypatch.setitem(DRIVER_SETTINGS, "max_connection_pool_size", 2)
    crowded = await Store.open(neo4j_server.uri, neo4j_server.user, neo4j_server.password)
    await crowded.check(seconds=60)
    holding = [asyncio.create_task(crowded.read(SLOW, seconds=60)) for _ in range(2)]
    while sum(each.in_use for each in pool_of(crowded)) < len(holding):
        await asyncio.sleep(0)
    with pytest.raises(ServiceUnavailable) as caught:
        await crowded.read("RETURN 1", seconds=60)
    assert "pool" not in str(caught.value)
    for each in holding:
        each.cancel()
    await asyncio.gather(*holding, return_exceptions=True)
    assert await crowded.read("RETURN 1", seconds=60) == [[1]]
    await crowded.close()


async def test_a_silent_connection_is_taken_for_dead_by_the_pulse_of_the_server(store: Store) -> None:
    await store.check(seconds=60)
    assert {each.connection_hints["connection.recv_timeout_seconds"] for each in pool_of(store)} == {10}


async def test_connections_into_a_black_hole_are_not_leaked(through_proxy: Store, proxy: FaultProxy) -> None:
    async def read_often(**limit: float) -> list[Any]:
        reads = (through_proxy.read("RETURN 1", **limit) for _ in range(20))
        return await asyncio.gather(*reads, return_exceptions=True)

    for _ in range(6):  # 120 lost connections: more than the pool holds
        assert await read_often() == [[[1]]] * 20
        proxy.hole = True
        assert {type(outcome) for outcome in await read_often(seconds=0.2)} == {ServiceUnavailable}
        proxy.hole = False


async def test_a_read_survives_a_cut_connection(through_proxy: Store, proxy: FaultProxy) -> None:
    await through_proxy.check()
    proxy.cut()
    assert await through_proxy.read("RETURN 1") == [[1]]


async def test_a_write_cut_after_its_commit_is_reported_and_not_applied_twice(
    through_proxy: Store, proxy: FaultProxy, store: Store
) -> None:
    runs = 0

    async def work(transaction: Transaction) -> None:
        nonlocal runs
        runs += 1
        await transaction.run("CREATE (:Cut {key: 'after commit'})")

    proxy.cut_after_commit = True
    with pytest.raises(ServiceUnavailable):
        await through_proxy.write(work)
    assert runs == 1
    assert await store.read("MATCH (n:Cut) RETURN count(n)") == [[1]]


async def test_one_deadline_holds_for_all_that_is_read_within_it(store: Store) -> None:
    with deadline(0.5):
        assert await store.read("RETURN 1") == [[1]]
        slow = await asyncio.gather(*(store.read(SLOW) for _ in range(2)), return_exceptions=True)
        late = await asyncio.gather(store.read("RETURN 1"), return_exceptions=True)
    assert {type(each) for each in (*slow, *late)} == {ServiceUnavailable}
    assert await store.read("RETURN 1") == [[1]]
