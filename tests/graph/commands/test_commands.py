"""Commands: one execution for each key of a client, whoever repeats it and when; a lost race, a month later, a dry run."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from graph.commands import turns
from graph.commands.command import Answer, Author, Command, run
from graph.commands.forgetting import forget_commands
from graph.commands.turns import MOST, turn
from graph.decisions.customers import merge, not_same
from graph.decisions.deciding import decide
from graph.decisions.outcome import Outcome
from graph.decisions.table import Expected
from graph.errors import Conflict, InvalidInput, Outdated, Overloaded, ServiceUnavailable
from graph.keys import opaque
from graph.schema import migrations
from graph.store import Reader, Store, Transaction
from graph.writes.unit import Unit
from tests.conftest import wipe
from tests.graph.decisions.test_customers import customer, person, tell
from tests.graph.resolution.fingerprint import differences, fingerprint

CLIENTS = 32
TALLIES = "MATCH (t:Tally) RETURN count(t)"


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    return store


@pytest.fixture
async def two(graph: Store) -> Store:
    await tell(graph, person("1", "太郎"), person("2", "花子"))
    return graph


def tallying(key: str = "once", client: str = "app", asked: object = 1) -> Command:
    """Return a command that leaves one node behind each time that it is executed."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        await unit.transaction.run("CREATE (:Tally {id: $p.id})", {"id": own_id})
        return {"tally": own_id}

    return Command(Author(client, "tester", key), "TALLY", asked, (), execute)


async def itself(answer: Answer, _: Reader) -> Answer:
    return answer


async def how_many(answer: Answer, reader: Reader) -> int:
    return (await reader.read(TALLIES))[0][0]


async def seen(store: Store) -> list[Expected]:
    return [await customer(store, subject) for subject in ("1", "2")]


async def at_once(*running: Any) -> list[Any]:
    return await asyncio.gather(*running, return_exceptions=True)


async def test_of_repeats_at_once_one_is_executed_and_all_get_its_answer(graph: Store) -> None:
    answers = await at_once(*(run(graph, tallying(), itself) for _ in range(CLIENTS)))
    assert await graph.read("MATCH (t:Tally) RETURN t.id") == [[answers[0]["tally"]]]
    assert answers == [answers[0]] * CLIENTS


async def test_of_other_requests_under_one_key_at_once_one_is_executed(graph: Store) -> None:
    answers = await at_once(*(run(graph, tallying(asked=number), itself) for number in range(CLIENTS)))
    refused = [answer for answer in answers if isinstance(answer, Conflict)]
    assert (len(refused), {error.pointer for error in refused}) == (CLIENTS - 1, {"/idempotencyKey"})
    assert await graph.read(TALLIES) == [[1]]


async def test_the_same_key_of_other_clients_is_another_key(graph: Store) -> None:
    answers = await at_once(*(run(graph, tallying(client=f"app-{number}"), itself) for number in range(3)))
    assert len({answer["tally"] for answer in answers}) == 3


async def test_what_is_refused_leaves_no_key_behind(graph: Store) -> None:
    async def refuse(unit: Unit, _: str) -> Answer:
        await unit.transaction.run("CREATE (:Tally)")
        raise InvalidInput("No.")

    with pytest.raises(InvalidInput):
        await run(graph, Command(Author("app", "tester", "once"), "TALLY", 1, (), refuse), itself)
    assert await graph.read("MATCH (n) WHERE n:Command OR n:Tally RETURN count(n)") == [[0]]
    assert await run(graph, tallying(), how_many) == 1


async def test_a_key_is_kept_for_thirty_days_and_no_longer(graph: Store) -> None:
    first = await run(graph, tallying(), itself)
    now = datetime.now(UTC)
    assert await forget_commands(graph, now - timedelta(minutes=1)) == 0
    assert await run(graph, tallying(), itself) == first
    assert await forget_commands(graph, now + timedelta(minutes=1)) == 1
    assert await run(graph, tallying(), itself) != first
    assert await graph.read(TALLIES) == [[2]]


async def test_a_dry_run_reads_what_it_would_write_and_writes_nothing(graph: Store) -> None:
    assert await run(graph, tallying(), how_many, dry_run=True) == 1
    assert await graph.read("MATCH (n) WHERE n:Command OR n:Tally RETURN count(n)") == [[0]]
    first = await run(graph, tallying(), itself)
    assert await run(graph, tallying(), itself, dry_run=True) == first, "what was done is not tried again"


async def test_more_dry_runs_than_there_are_turns_are_told_to_come_again(graph: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0)
    async with AsyncExitStack() as held:
        for _ in range(MOST):
            await held.enter_async_context(turn(graph))
        with pytest.raises(Overloaded) as refused:
            await run(graph, tallying(), how_many, dry_run=True)
        assert refused.value.retry_after == 1
        assert await run(graph, tallying(), how_many) == 1, "what is no dry run needs no turn"
    assert await run(graph, tallying("another"), how_many, dry_run=True) == 2


async def test_a_dry_run_that_takes_too_long_is_given_up_and_frees_its_turn(
    graph: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "SECONDS", 0)
    for _ in range(MOST + 1):
        with pytest.raises(ServiceUnavailable):
            await run(graph, tallying(), how_many, dry_run=True)
    assert await graph.read("MATCH (n) WHERE n:Command OR n:Tally RETURN count(n)") == [[0]]


async def test_one_decision_is_made_of_thirty_two_repeats_at_once(two: Store) -> None:
    customers = await seen(two)
    author = Author("app", "steward-1", "once", "試験のため")
    outcomes = await at_once(*(decide(two, author, merge(customers)) for _ in range(CLIENTS)))
    assert outcomes == [outcomes[0]] * CLIENTS
    assert await two.read("MATCH (d:PersonDecision) RETURN d.id") == [[outcomes[0].decision]]


async def test_of_two_stewards_at_once_one_decides_and_the_other_learns_the_version_of_now(two: Store) -> None:
    [one, other] = await seen(two)
    await tell(two, person("3", "次郎"), person("4", "三郎"))
    third, fourth = await customer(two, "3"), await customer(two, "4")
    author = [Author("app", f"steward-{number}", f"key-{number}", "試験のため") for number in range(2)]
    pairs = [merge([one, third]), merge([one, fourth])]
    told = await at_once(*(decide(two, who, pair) for who, pair in zip(author, pairs, strict=True)))
    [done] = [answer for answer in told if isinstance(answer, Outcome)]
    [late] = [answer for answer in told if isinstance(answer, Conflict)]
    now = await customer(two, "1")
    assert done.customers == (now.id,)
    if now.id == one.id:
        assert isinstance(late, Outdated)
        assert late.current_version == now.version > one.version
    assert await two.read("MATCH (d:PersonDecision) RETURN count(d)") == [[1]]
    assert other.version == (await customer(two, "2")).version


async def test_four_dry_runs_at_once_leave_the_graph_as_it_was(two: Store) -> None:
    customers, before = await seen(two), await fingerprint(two)
    author = Author("app", "steward-1", "once", "")
    outcomes = await at_once(*(decide(two, author, merge(customers), dry_run=True) for _ in range(MOST)))
    assert [outcome.customers for outcome in outcomes] == [outcomes[0].customers] * MOST
    assert differences(await fingerprint(two), before) == []
    assert await two.read("MATCH (n) WHERE n:Command OR n:PersonDecision RETURN count(n)") == [[0]]


async def test_a_key_from_before_migration_0010_still_finds_its_answer(two: Store) -> None:
    """Until then the decision kept the key, for all clients together, and its outcome told more."""
    customers = await seen(two)
    asked = orjson.dumps(sorted([each.id, each.version] for each in customers)).decode()
    answer = {"decision": "old", "kind": "NOT_SAME_BY_PERSON", "moves": [], "contacts": 0}
    answer |= {
        "results": [{"customer": each.id, "name": None, "kana": None, "birth_date": None, "records": []} for each in customers]
    }
    old = {
        "id": "old", "idempotency_key": "before", "actor": "steward-1", "rule": "NOT_SAME_BY_PERSON", "reason": "試験のため",
        "at": "2026-11-01T00:00:00.000000Z", "digest": opaque("NOT_SAME_BY_PERSON", "steward-1", "試験のため", asked),
        "answer": orjson.dumps(answer).decode(),
    }  # fmt: skip

    async def keep(transaction: Transaction) -> None:
        await transaction.run("CREATE (d:Decision:PersonDecision) SET d = $p.old", {"old": old})

    await two.write(keep)
    [migration] = [each for each in migrations() if each.name == "0010_commands"]
    for statement in migration.statements * 2:

        async def apply(transaction: Transaction, statement: Any = statement) -> None:
            await transaction.run(statement)

        await two.write(apply)
    found = await decide(two, Author("steward-1", "steward-1", "before", "試験のため"), not_same(customers))
    assert (found.decision, set(found.customers)) == ("old", {each.id for each in customers})
    [[left]] = await two.read("MATCH (d:PersonDecision) RETURN keys(d)")
    assert not {"idempotency_key", "digest", "answer"} & set(left)
