"""Cases find somebody by themselves on the real database: by capacity, skill and age, whoever asks for it at once."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.cases.affinity import Known, waiting_of
from graph.cases.assigning import assign
from graph.cases.automatic import take
from graph.cases.availability import set_available
from graph.cases.candidates import DECLINED, FREE, OWNER, SERVED_LAST, Agent, candidate
from graph.cases.case import Case
from graph.cases.choices import read_choice
from graph.cases.distributing import distribute
from graph.cases.offering import decline, take_back
from graph.cases.opening_rules import DEFAULT_RULES
from graph.cases.setting import set_state, snooze
from graph.cases.staff import STAFF_ROW, StaffMembers
from graph.cases.teams import Assigning, Member, put_team
from graph.cases.writing import write_note
from graph.errors import Conflict, InvalidInput
from graph.events.newest import utc_text
from graph.store import Store
from graph.writes.unit import Unit, execute
from tests.conftest import wipe
from tests.graph.cases.working import author, case, customer, do, event, kinds, mail, opened, person, seen, tell, touchpoint

TEAM = "red"
CHOICES = "MATCH (e:CaseEvent {kind: 'ASSIGNED'}) WHERE e.choice IS NOT NULL RETURN e.staff, e.choice, e.case ORDER BY e.position"


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    return store


async def staffed(graph: Store, *members: Member, minutes: int | None = None, on: bool = True) -> None:
    """Set a team up whose members are all there."""
    await do(graph, put_team(author("admin"), TEAM, "Red", members, Assigning(on, minutes)))
    for each in members:
        await do(graph, set_available(author(each.account), True))


async def has(graph: Store, own_id: str) -> str:
    """Return the account of who has a case."""
    return (await case(graph, own_id))["staff"]


async def held(graph: Store, *accounts: str) -> list[Agent]:
    """Return members of staff while they are held, so nothing is assigned to them between two of their cases."""

    async def work(unit: Unit) -> list[Agent]:
        unit.want("Staff", accounts)
        await unit.lock()
        return list(unit.of(StaffMembers).known.values())

    return await execute(graph, (StaffMembers,), work)


async def why(graph: Store, own_id: str) -> list[str]:
    [*_, last] = [row for row in await graph.read(CHOICES) if row[2] == own_id]
    return read_choice(last[1])["why"]


async def test_the_oldest_goes_first_to_who_has_most_room_and_the_choice_is_kept(graph: Store) -> None:
    await staffed(graph, Member("a", capacity=1), Member("b", capacity=2))
    made = [await opened(graph, store=None, customer=await one(graph), team=TEAM) for _ in range(4)]
    assert await distribute(graph) == 3
    assert [await has(graph, each) for each in made] == ["a", "b", "b", ""]
    [choice] = [read_choice(text) for _, text, of in await graph.read(CHOICES) if of == made[0]]
    assert (choice["why"], choice["of"]) == ([FREE], 2)
    assert [(each["staff"], each["obstacles"]) for each in choice["candidates"]] == [("a", []), ("b", [])]


async def one(graph: Store) -> str:
    """Return a customer, who is made by the first call."""
    await tell(graph, person("1"))
    return await customer(graph)


async def test_who_becomes_free_gets_the_oldest_and_who_goes_gets_nothing(graph: Store) -> None:
    await staffed(graph, Member("a", capacity=1))
    first, second, third = [await opened(graph, customer=await one(graph), team=TEAM) for _ in range(3)]
    await distribute(graph)
    await do(graph, set_state(author("a"), [seen(first)], "RESOLVED", "SOLVED", "Done."))
    await distribute(graph)
    assert [await has(graph, each) for each in (second, third)] == ["a", ""]
    await do(graph, set_available(author("a"), False))
    await do(graph, set_state(author("a"), [seen(second)], "WAITING_CUSTOMER", None, None))
    assert await distribute(graph) == 0
    await do(graph, set_available(author("a"), True))
    assert await distribute(graph) == 1
    assert await has(graph, third) == "a"


@pytest.mark.parametrize(
    ("member", "told", "taken"),
    [
        (Member("a", skills=["DELIVERY"]), {"topic": "DELIVERY"}, True),
        (Member("a", skills=["DELIVERY"]), {"topic": "RETURN"}, False),
        (Member("a", skills=["DELIVERY"]), {}, True),
        (Member("a"), {"topic": "RETURN"}, True),
        (Member("a"), {"team": "blue"}, False),
        (Member("a"), {"team": None}, False),
        (Member("a"), {"staff": "z"}, False),
    ],
)
async def test_what_fits_nobody_waits(graph: Store, member: Member, told: dict[str, Any], taken: bool) -> None:
    await do(graph, put_team(author("admin"), "blue", "Blue", []))
    await staffed(graph, member)
    await opened(graph, **{"customer": await one(graph), "team": TEAM, **told})
    assert await distribute(graph) == taken


async def test_a_case_that_is_snoozed_or_of_another_system_or_of_a_team_that_assigns_by_hand_is_left(graph: Store) -> None:
    await staffed(graph, Member("a", capacity=9))
    snoozed = await opened(graph, customer=await one(graph), team=TEAM)
    await do(graph, snooze(author(), seen(snoozed), "2100-01-01T00:00:00.000000Z"))
    reported = {"subject": "届かない", "state": "OPEN", "team": TEAM, "by": {"record": {"source": "/crm", "subject": "1"}}}
    await tell(graph, event("case", "H-1", reported, "2026-04-01T00:00:00Z"))
    assert await distribute(graph) == 0
    await staffed(graph, Member("a", capacity=9), on=False)
    await opened(graph, customer=await one(graph), team=TEAM)
    assert await distribute(graph) == 0


async def test_who_has_another_case_of_the_customer_or_spoke_to_them_last_comes_first(graph: Store) -> None:
    now = utc_text(datetime.now(UTC))
    await staffed(graph, Member("a", capacity=9), Member("b", capacity=9), Member("c", capacity=9))
    owned = await opened(graph, customer=await one(graph), team=TEAM, staff="c")
    second = await opened(graph, customer=await one(graph), team=TEAM)
    await distribute(graph)
    assert (await has(graph, second), await why(graph, second)) == ("c", [OWNER, FREE])
    await do(graph, set_state(author("c"), [seen(owned), seen(second)], "RESOLVED", "SOLVED", "Done."))
    by = {"record": {"source": "/crm", "subject": "1"}}
    spoken = {"kind": "CALL", "direction": "INBOUND", "outcome": "ANSWERED", "by": by, "staff": "b"}
    await tell(graph, event("interaction", "call", spoken, now))
    third = await opened(graph, customer=await one(graph), team=TEAM)
    await distribute(graph)
    assert (await has(graph, third), await why(graph, third)) == ("b", [SERVED_LAST, FREE])


async def test_what_is_declined_goes_to_somebody_else_and_what_was_begun_is_declined_no_more(graph: Store) -> None:
    await staffed(graph, Member("a", capacity=9), Member("b", capacity=1))
    own_id = await opened(graph, customer=await one(graph), team=TEAM)
    await distribute(graph)
    with pytest.raises(Conflict):
        await do(graph, decline(author("b"), [seen(own_id)]))
    await do(graph, decline(author("a"), [seen(own_id)]))
    await distribute(graph)
    assert await has(graph, own_id) == "b"
    [*_, last] = await graph.read(CHOICES)
    assert [each["obstacles"] for each in read_choice(last[1])["candidates"]] == [[], [DECLINED]]
    await do(graph, write_note(author("b"), seen(own_id), "Called."))
    with pytest.raises(Conflict):
        await do(graph, decline(author("b"), [seen(own_id)]))
    assert (await kinds(graph, own_id))[1:] == ["ASSIGNED", "DECLINED", "ASSIGNED", "NOTE"]


async def test_what_is_not_taken_up_in_time_goes_back_and_whoever_had_it_is_away(graph: Store) -> None:
    await staffed(graph, Member("a", capacity=9), Member("b", capacity=9), minutes=0)
    own_id = await opened(graph, customer=await one(graph), team=TEAM)
    await distribute(graph)
    assert await has(graph, own_id) == "a"
    assert await take_back(graph) == 1
    assert await take_back(graph) == 0
    await distribute(graph)
    assert await has(graph, own_id) == "b"
    assert {row[0]: bool(row[1]["available"]) for [row] in await graph.read("MATCH (s:Staff) RETURN " + STAFF_ROW)} == {
        "a": False,
        "b": True,
    }


async def test_what_was_taken_up_in_time_stays(graph: Store) -> None:
    await staffed(graph, Member("a"), minutes=0)
    own_id = await opened(graph, customer=await one(graph), team=TEAM)
    await distribute(graph)
    await do(graph, assign(author("a"), [seen(own_id)], take=True, team=None, staff=None))
    assert (await take_back(graph), await has(graph, own_id)) == (0, "a")


@pytest.mark.parametrize(("there", "kept"), [(True, "a"), (False, "")])
async def test_a_case_that_opens_again_goes_back_to_its_owner_if_they_are_there(graph: Store, there: bool, kept: str) -> None:
    now = utc_text(datetime.now(UTC))
    await staffed(graph, Member("a"), Member("b"))
    await tell(graph, person("1"), mail("m-1", time=now, topic="DELIVERY"))
    await take(graph, touchpoint("m-1"), DEFAULT_RULES)
    [[own_id]] = await graph.read("MATCH (k:Case) RETURN k.id")
    await do(graph, assign(author(), [seen(own_id)], take=False, team=TEAM, staff="a"))
    await do(graph, set_state(author("a"), [seen(own_id)], "RESOLVED", "SOLVED", "Done."))
    await do(graph, set_available(author("a"), there))
    await tell(graph, mail("m-2", time=utc_text(datetime.now(UTC)), topic="DELIVERY"))
    await take(graph, touchpoint("m-2"), DEFAULT_RULES)
    assert (await case(graph, own_id))["state"] == "OPEN"
    assert await has(graph, own_id) == kept
    await distribute(graph)
    assert await has(graph, own_id) == (kept or "b")


async def test_a_shift_by_a_calendar_that_there_is_not_and_somebody_in_no_team_are_refused(graph: Store) -> None:
    with pytest.raises(InvalidInput):
        await do(graph, put_team(author(), TEAM, "Red", [Member("a", shift="moon")]))
    with pytest.raises(Conflict):
        await do(graph, set_available(author("nobody"), True))


async def test_three_of_capacity_three_while_32_clients_open_end_decline_and_let_run_out(graph: Store) -> None:
    # Given three members and ten cases of one and two languages' worth of topics
    members = [Member("a", ["x", "y"], capacity=3), Member("b", ["x"], capacity=3), Member("c", capacity=3)]
    await staffed(graph, *members, minutes=0)
    whose, chance = await one(graph), random.Random(2026)
    items = [await opened(graph, customer=whose, team=TEAM, topic=chance.choice("xyz")) for _ in range(10)]
    await distribute(graph)
    # When 200 things happen by 32 clients, each of whom has everything assigned that can be
    turn, above = iter(range(200)), list[Any]()

    async def act(kind: str) -> None:
        own_id = chance.choice(items)
        staff = await has(graph, own_id) or "a"
        if kind == "arrive":
            items.append(await opened(graph, customer=whose, team=TEAM, topic=chance.choice("xyz")))
        elif kind == "begin":
            await do(graph, write_note(author(staff), seen(own_id), "Called."))
        elif kind == "end":
            await do(graph, set_state(author(staff), [seen(own_id)], "RESOLVED", "SOLVED", "Done."))
        elif kind == "decline":
            await do(graph, decline(author(staff), [seen(own_id)]))
        elif kind == "run out":
            await take_back(graph)
        for each in "abc":
            await do(graph, set_available(author(each), True))

    async def client() -> None:
        for step in turn:
            # Somebody else may be first, or it has been begun.
            with suppress(Conflict):
                await act(["arrive", "begin", "end", "arrive", "decline", "begin", "end", "run out"][step % 8])
            await distribute(graph)
            above.extend(one for one in await held(graph, "a", "b", "c") if one.load > one.capacity)

    await asyncio.gather(*(client() for _ in range(32)))
    await distribute(graph)
    # Then nobody was ever above their capacity, each assignment says why, and nothing waits that fits somebody
    assert above == []
    kept = [read_choice(row[1]) | {"taker": row[0]} for row in await graph.read(CHOICES)]
    assert len(kept) > 20
    for each in kept:
        best = each["candidates"][0]
        assert (bool(each["why"]), each["of"], best["staff"], best["obstacles"]) == (True, 3, each["taker"], [])
    now, agents = datetime.now(UTC), await held(graph, "a", "b", "c")
    for [told] in await graph.read("MATCH (k:Case) WHERE k.queued > '' RETURN properties(k)"):
        waits = waiting_of(Case(told["id"], told), Known())
        assert not any(candidate(waits, each, now).fits for each in agents)
