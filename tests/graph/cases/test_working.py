"""Cases on the graph: opened for somebody, worked on by one person at a time, and numbered without a gap."""

from __future__ import annotations

import asyncio

import pytest

from graph.cases.assigning import assign
from graph.cases.opening import Opening, open_case
from graph.cases.setting import set_state
from graph.errors import Conflict, InvalidInput, NotFound, Outdated
from graph.store import Store
from tests.conftest import wipe
from tests.graph.cases.working import (
    author,
    case,
    customer,
    do,
    kinds,
    mail,
    opened,
    person,
    seen,
    tell,
    touchpoint,
)


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(store, person("1"), mail("m1"))
    return store


async def test_a_case_for_an_interaction_has_its_message_as_its_beginning(graph: Store) -> None:
    own_id = await opened(graph, touchpoint=touchpoint("m1"))
    assert await kinds(graph, own_id) == ["CUSTOMER_MESSAGE", "OPENED"]
    found = await case(graph, own_id)
    assert (found["number"], found["state"], found["listed"], found["unanswered"]) == (1001, "NEW", "OPEN", True)
    assert found["last_message_at"] == "2026-04-01T01:00:00.000000Z"
    [[case_id]] = await graph.read("MATCH (t:Touchpoint {id: $p.id}) RETURN t.case_id", {"id": touchpoint("m1")})
    assert case_id == own_id


async def test_a_case_for_a_customer_hangs_on_their_earliest_record(graph: Store) -> None:
    own_id = await opened(graph, customer=await customer(graph))
    assert (await case(graph, own_id))["record"] == "/crm:1"


async def test_a_second_case_for_an_interaction_is_opened_only_where_it_is_asked_for(graph: Store) -> None:
    await opened(graph, touchpoint=touchpoint("m1"))
    with pytest.raises(Conflict) as refused:
        await opened(graph, touchpoint=touchpoint("m1"))
    assert refused.value.pointer == "/touchpointId"
    second = await opened(graph, touchpoint=touchpoint("m1"), another=True)
    [[case_id, cases]] = await graph.read(
        "MATCH (t:Touchpoint {id: $p.id}) RETURN t.case_id, COUNT { (t)-[:IN_CASE]->() }", {"id": touchpoint("m1")}
    )
    assert (case_id, cases) == (second, 2)


@pytest.mark.parametrize(
    ("told", "pointer"),
    [({}, "/customerId"), ({"customer": "none"}, "/customerId"), ({"touchpoint": "none"}, "/touchpointId"),
     ({"store": "none"}, "/storeId")],
)  # fmt: skip
async def test_a_case_about_nothing_that_there_is_is_refused(graph: Store, told: dict[str, str], pointer: str) -> None:
    with pytest.raises((NotFound, InvalidInput)) as refused:
        await opened(graph, **told)
    assert refused.value.pointer == pointer


async def test_numbers_have_no_gap_however_many_open_cases_at_once(graph: Store) -> None:
    whose = await customer(graph)
    await asyncio.gather(*(opened(graph, customer=whose) for _ in range(8)))
    found = await graph.read("MATCH (k:Case) RETURN k.number ORDER BY k.number")
    assert [number for (number,) in found] == list(range(1001, 1009))


async def test_of_two_who_take_a_case_at_once_one_has_it_and_the_other_learns_who(graph: Store) -> None:
    own_id = await opened(graph, customer=await customer(graph))
    takes = [assign(author(actor), [seen(own_id)], take=True, team=None, staff=None) for actor in ("op-1", "op-2")]
    answers = await asyncio.gather(*(do(graph, each) for each in takes), return_exceptions=True)
    [lost] = [each for each in answers if isinstance(each, Conflict)]
    has = (await case(graph, own_id))["staff"]
    assert has in str(lost)
    assert ((await case(graph, own_id))["state"], answers.index(lost)) == ("OPEN", 1 if has == "op-1" else 0)


async def test_a_case_is_handed_on_let_go_and_taken_again(graph: Store) -> None:
    own_id = await opened(graph, customer=await customer(graph))
    for staff in ("op-2", None, "op-3"):
        await do(graph, assign(author(), [seen(own_id)], take=False, team=None, staff=staff))
        assert (await case(graph, own_id))["staff"] == (staff or "")
    with pytest.raises(NotFound) as refused:
        await do(graph, assign(author(), [seen(own_id)], take=False, team="none", staff=None))
    assert refused.value.pointer == "/team"


async def test_a_case_is_resolved_with_a_code_and_a_note_and_then_stands_in_the_other_list(graph: Store) -> None:
    own_id = await opened(graph, touchpoint=touchpoint("m1"))
    with pytest.raises(InvalidInput) as refused:
        await do(graph, set_state(author(), [seen(own_id)], "RESOLVED", None, "再送した"))
    assert refused.value.pointer == "/code"
    await do(graph, set_state(author(), [seen(own_id)], "RESOLVED", "RESENT", "再送した"))
    found = await case(graph, own_id)
    assert (found["listed"], found["code"], found["turn"]) == ("DONE", "RESENT", found["since"] + own_id)
    with pytest.raises(Conflict):
        await do(graph, set_state(author(), [seen(own_id)], "WAITING_CUSTOMER", None, None))


async def test_a_version_that_was_left_behind_is_told_and_nothing_is_done_to_any(graph: Store) -> None:
    whose = await customer(graph)
    one, other = [await opened(graph, customer=whose) for _ in range(2)]
    await do(graph, assign(author(), [seen(other)], take=True, team=None, staff=None))
    before = [await case(graph, each) for each in (one, other)]
    with pytest.raises(Outdated) as refused:
        await do(graph, set_state(author(), [seen(one, 1), seen(other, 1)], "WAITING_CUSTOMER", None, None))
    assert refused.value.current_version == 2
    assert [await case(graph, each) for each in (one, other)] == before


async def test_a_dry_run_writes_nothing_and_uses_no_number(graph: Store) -> None:
    whose = await customer(graph)
    tried = await do(graph, open_case(author(), Opening("試し", customer=whose)), dry_run=True)
    assert await graph.read("MATCH (n) WHERE n:Case OR n:CaseEvent OR n:CaseCounter OR n:Command RETURN count(n)") == [[0]]
    own_id = await opened(graph, customer=whose)
    assert ((await case(graph, own_id))["number"], tried["case"] != own_id) == (1001, True)
