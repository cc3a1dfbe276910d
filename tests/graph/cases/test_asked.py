"""The teams that were asked about a case: tied to it while it is open, whether or not they have answered."""

from __future__ import annotations

from typing import LiteralString

import pytest

from graph.cases.setting import set_state
from graph.cases.states import CLOSED, OPEN, RESOLVED
from graph.cases.teams import Member, put_team
from graph.cases.writing import answer, escalate
from graph.errors import Conflict
from graph.schema import IN_BATCHES, migrations
from graph.store import Store, Transaction
from tests.conftest import wipe
from tests.graph.cases.working import author, case, do, mail, opened, person, seen, tell, touchpoint

ASKED: LiteralString = "MATCH (:Case {id: $p.id})-[:ASKED]->(t:Team) RETURN t.code ORDER BY t.code"


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(store, person("1"), mail("m1"))
    for code in ("product", "store"):
        await do(store, put_team(author(), code, code, [Member(f"{code}-1")]))
    return store


async def asked(store: Store, own_id: str) -> list[str]:
    """Return the teams that are tied to a case; what it keeps of them says the same."""
    tied = [row[0] for row in await store.read(ASKED, {"id": own_id})]
    assert (await case(store, own_id))["asked"] == tied
    return tied


async def stand(store: Store, own_id: str, state: str) -> None:
    resolution = {"code": "SOLVED", "note": "解決"} if state == RESOLVED else {"code": None, "note": None}
    await do(store, set_state(author(), [seen(own_id)], state, **resolution))


async def test_a_team_stays_with_a_case_from_its_question_until_the_case_is_done(graph: Store) -> None:
    own_id = await opened(graph, touchpoint=touchpoint("m1"))
    assert await asked(graph, own_id) == []
    for team in ("store", "product", "store"):
        await do(graph, escalate(author(), seen(own_id), team, "在庫は?", None))
    assert await asked(graph, own_id) == ["product", "store"]
    for _ in range(3):
        await do(graph, answer(author(), seen(own_id), "ありません"))
    assert await asked(graph, own_id) == ["product", "store"]
    await stand(graph, own_id, RESOLVED)
    assert await asked(graph, own_id) == []


async def test_who_answers_answers_what_their_own_team_was_asked(graph: Store) -> None:
    own_id = await opened(graph, touchpoint=touchpoint("m1"))
    for team in ("product", "store"):
        await do(graph, escalate(author(), seen(own_id), team, "在庫は?", None))
    await do(graph, answer(author("store-1"), seen(own_id), "店にはありません"))
    assert (await case(graph, own_id))["escalated_to"] == "product"
    await do(graph, answer(author("op-1"), seen(own_id), "電話で聞きました"))
    assert (await case(graph, own_id))["escalated"] is False
    with pytest.raises(Conflict):
        await do(graph, answer(author("store-1"), seen(own_id), "もう一度"))


async def test_a_case_that_opens_again_has_its_teams_again_and_a_closed_one_never(graph: Store) -> None:
    own_id = await opened(graph, touchpoint=touchpoint("m1"))
    await do(graph, escalate(author(), seen(own_id), "product", "在庫は?", None))
    await stand(graph, own_id, RESOLVED)
    await stand(graph, own_id, OPEN)
    assert await asked(graph, own_id) == ["product"]
    await stand(graph, own_id, RESOLVED)
    await stand(graph, own_id, CLOSED)
    assert await asked(graph, own_id) == []


async def test_the_migration_ties_the_teams_of_open_cases_and_finds_nothing_to_do_the_second_time(graph: Store) -> None:
    own_id, done = [await opened(graph, touchpoint=touchpoint("m1"), another=True) for _ in range(2)]
    for each in (own_id, done):
        await do(graph, escalate(author(), seen(each), "product", "在庫は?", None))
    await stand(graph, done, RESOLVED)

    async def as_before(transaction: Transaction) -> None:
        await transaction.run("MATCH (k:Case) OPTIONAL MATCH (k)-[a:ASKED]->() DELETE a SET k.asked = null", {})

    await graph.write(as_before)
    [migration] = [each for each in migrations() if each.name == "0036_teams"]
    for statement in migration.statements * 2:
        if IN_BATCHES.search(statement):
            await graph.write_in_batches(statement, seconds=60)
    assert (await asked(graph, own_id), await asked(graph, done)) == (["product"], [])
