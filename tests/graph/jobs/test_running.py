"""A job is run once, whoever crashes: one runner at a time, each step with the lease or not at all, and it ends the same."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest

from graph.commands.command import Answer, Author, Command, run
from graph.errors import NotFound, ServiceUnavailable
from graph.jobs.job import Finished, Progress
from graph.jobs.nodes import Jobs
from graph.jobs.running import MOST_TAKES, Kinds, LeaseLost, Run, run_next, take
from graph.store import Reader, Store, Transaction
from graph.writes.unit import Unit
from tests.conftest import wipe

KIND = "COUNTING"
PARTS = 4
Told = dict[str, Any]


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    return store


async def ask(store: Store, key: str = "once") -> str:
    """Ask for a job as a command does, and return its id."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        unit.of(Jobs).ask(own_id, KIND, author, None, parts=PARTS)
        return {"job": own_id}

    async def itself(answer: Answer, _: Reader) -> Answer:
        return answer

    author = Author("app", "tester", key, "試験")
    return (await run(store, Command(author, KIND, PARTS, (Jobs,), execute), itself))["job"]


async def count(running: Run, until: int = PARTS) -> Finished:
    """Leave one node for each part, in a step of its own, from where the last runner got to."""
    begun = running.job.resume or 0
    for part in range(begun, until):

        async def step(unit: Unit, part: int = part) -> Progress:
            await unit.transaction.run("CREATE (:Part {number: $p.number})", {"number": part})
            return Progress(part + 1, PARTS, part + 1)

        await running.step(step)
    return Finished({"parts": PARTS})


async def parts(store: Store) -> list[int]:
    return [number for (number,) in await store.read("MATCH (p:Part) RETURN p.number ORDER BY p.number")]


async def job(store: Store, own_id: str) -> Told:
    [[told]] = await store.read("MATCH (j:Job {id: $p.id}) RETURN properties(j)", {"id": own_id})
    return told


async def end_lease(store: Store, own_id: str) -> None:
    """Let the lease of a runner that has died be over."""

    async def work(transaction: Transaction) -> None:
        await transaction.run("MATCH (j:Job {id: $p.id}) SET j.lease_until = 0", {"id": own_id})

    await store.write(work)


def failing(error: Exception) -> Callable[[Run], Awaitable[Finished]]:
    async def work(_: Run) -> Finished:
        raise error

    return work


KINDS: Kinds = {KIND: count}


async def test_a_job_ends_with_a_receipt_and_is_not_run_again(graph: Store) -> None:
    own_id = await ask(graph)
    assert [await run_next(graph, "one", KINDS), await run_next(graph, "one", KINDS)] == [True, False]
    told = await job(graph, own_id)
    assert (told["state"], told["done"], told["total"], told["asked_by"], told["reason"]) == ("DONE", 4, 4, "tester", "試験")
    assert orjson.loads(told["receipt"]) == {"parts": PARTS}
    assert await parts(graph) == [0, 1, 2, 3]


async def test_the_same_request_asked_twice_is_one_job(graph: Store) -> None:
    assert await ask(graph) == await ask(graph)
    assert await graph.read("MATCH (j:Job) RETURN count(j)") == [[1]]


async def test_of_runners_at_once_one_takes_a_job(graph: Store) -> None:
    own_id = await ask(graph)
    taken = await asyncio.gather(*(take(graph, f"runner-{number}", KINDS) for number in range(8)))
    assert [each.id for each in taken if each] == [own_id]


async def test_what_a_dead_runner_left_is_gone_on_with_and_ends_the_same(graph: Store) -> None:
    own_id = await ask(graph)
    dead = await take(graph, "dead", KINDS)
    assert dead is not None
    await count(Run(graph, dead, "dead"), until=2)
    assert await take(graph, "next", KINDS) is None
    await end_lease(graph, own_id)
    assert await run_next(graph, "next", KINDS)
    assert ((await job(graph, own_id))["state"], await parts(graph)) == ("DONE", [0, 1, 2, 3])


async def test_a_runner_that_was_only_slow_writes_nothing_once_another_has_the_job(graph: Store) -> None:
    own_id = await ask(graph)
    slow = await take(graph, "slow", KINDS)
    assert slow is not None
    held = Run(graph, slow, "slow")
    await count(held, until=1)
    await end_lease(graph, own_id)
    other = await take(graph, "other", KINDS)
    assert other is not None
    for late in (count(held), held.finish(Finished({})), held.fail("LATE"), held.rest()):
        with pytest.raises(LeaseLost):
            await late
    assert await parts(graph) == [0]
    assert ((await job(graph, own_id))["holder"], other.resume) == ("other", 1)


async def test_two_jobs_are_run_in_the_order_in_which_they_were_asked_for(graph: Store) -> None:
    ids = [await ask(graph, key) for key in ("first", "second")]
    found = [await take(graph, key, KINDS) for key in ("one", "two")]
    assert [each.id for each in found if each] == ids


@pytest.mark.parametrize(
    ("error", "code"), [(NotFound("試験"), "NOT_FOUND"), (RuntimeError("試験"), "INTERNAL_ERROR"), (OSError(), "INTERNAL_ERROR")]
)
async def test_a_job_that_fails_says_so_by_a_code_and_holds_up_no_other(graph: Store, error: Exception, code: str) -> None:
    own_id = await ask(graph)
    assert await run_next(graph, "one", {KIND: failing(error)})
    told = await job(graph, own_id)
    assert (told["state"], told["failure"]) == ("FAILED", code)
    assert "試験" not in str({**told, "reason": None})


async def test_a_job_rests_while_the_database_cannot_do_it_and_loses_no_turn(graph: Store) -> None:
    own_id = await ask(graph)
    for _ in range(MOST_TAKES + 1):
        assert await run_next(graph, "one", {KIND: failing(ServiceUnavailable("away"))})
        assert (await job(graph, own_id))["state"] == "QUEUED"
        assert not await run_next(graph, "one", KINDS)
        await end_lease(graph, own_id)
    assert await run_next(graph, "one", KINDS)
    assert (await job(graph, own_id))["state"] == "DONE"


async def test_a_job_that_brings_every_runner_down_is_given_up(graph: Store) -> None:
    own_id = await ask(graph)
    for number in range(MOST_TAKES):
        assert await take(graph, f"down-{number}", KINDS) is not None
        await end_lease(graph, own_id)
    assert await take(graph, "last", KINDS) is None
    told = await job(graph, own_id)
    assert (told["state"], told["failure"]) == ("FAILED", "GIVEN_UP")


async def test_a_kind_that_a_process_does_not_know_is_left_to_others(graph: Store) -> None:
    await ask(graph)
    assert not await run_next(graph, "older", {"OTHER": count})
