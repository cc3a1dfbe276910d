"""Teams on the graph: made once, changed as they were read, by one person at a time."""

from __future__ import annotations

import asyncio
from typing import Any, LiteralString

import pytest

from graph.cases.teams import NOT_THERE, Assigning, Member, put_team
from graph.errors import Conflict, InvalidInput, NotFound, Outdated
from graph.store import Store
from tests.conftest import wipe
from tests.graph.cases.working import author, do

TEAMS: LiteralString = "MATCH (t:Team) RETURN t.code, t.version ORDER BY t.code"
MEMBERS: LiteralString = "MATCH (:Team {code: $p.code})<-[:MEMBER_OF]-(s:Staff) RETURN s.account ORDER BY s.account"


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    return store


async def put(store: Store, code: str, *members: Member, version: int | None = None, **more: Any) -> None:
    await do(store, put_team(author(), code, more.get("name", code), members, version=version))


async def versions(store: Store) -> dict[str, int]:
    return dict(await store.read(TEAMS))


async def accounts(store: Store, code: str) -> list[str]:
    return [row[0] for row in await store.read(MEMBERS, {"code": code})]


async def test_a_team_counts_its_changes_and_what_changes_nothing_is_none(graph: Store) -> None:
    for version, members in ((1, ["a"]), (1, ["a"]), (2, ["a", "b"]), (3, ["b"])):
        await put(graph, "care", *map(Member, members))
        assert (await versions(graph), await accounts(graph, "care")) == ({"care": version}, members)
    await put(graph, "care", Member("b"), name="お客様係")
    await do(graph, put_team(author(), "care", "お客様係", [Member("b")], Assigning(True, 15)))
    assert await versions(graph) == {"care": 5}


async def test_what_is_changed_of_a_member_counts_in_each_of_their_teams(graph: Store) -> None:
    await put(graph, "care", Member("a"), Member("b"))
    await put(graph, "shop", Member("b"))
    await put(graph, "other", Member("c"))
    await put(graph, "shop", Member("b", languages=("ja",)))
    assert await versions(graph) == {"care": 2, "other": 1, "shop": 2}
    await put(graph, "shop", Member("b", languages=("ja",)), Member("a"))
    assert await versions(graph) == {"care": 2, "other": 1, "shop": 3}


async def test_a_team_is_changed_only_as_it_was_read(graph: Store) -> None:
    await put(graph, "care", Member("a"), version=NOT_THERE)
    with pytest.raises(Conflict) as there:
        await put(graph, "care", version=NOT_THERE)
    await put(graph, "care", Member("b"), version=1)
    with pytest.raises(Outdated) as changed:
        await put(graph, "care", Member("c"), version=1)
    with pytest.raises(NotFound) as gone:
        await put(graph, "shop", version=1)
    assert (there.value.pointer, changed.value.pointer, changed.value.current_version) == ("/code", "/version", 2)
    assert gone.value.pointer == "/code"
    assert (await versions(graph), await accounts(graph, "care")) == ({"care": 2}, ["b"])


async def test_of_two_who_change_it_at_once_one_is_told(graph: Store) -> None:
    await put(graph, "care", Member("a"))
    done = await asyncio.gather(*(put(graph, "care", Member(each), version=1) for each in ("b", "c")), return_exceptions=True)
    assert sorted(type(each) for each in done if each is not None) == [Outdated]
    assert await versions(graph) == {"care": 2}


async def test_of_two_who_make_it_at_once_one_is_told(graph: Store) -> None:
    done = await asyncio.gather(
        *(put(graph, "care", Member(each), version=NOT_THERE) for each in ("b", "c")), return_exceptions=True
    )
    assert [type(each) for each in done if each is not None] == [Conflict]
    assert await versions(graph) == {"care": 1}


async def test_somebody_who_is_named_twice_is_refused_and_nothing_is_made(graph: Store) -> None:
    with pytest.raises(InvalidInput) as refused:
        await put(graph, "care", Member("a"), Member("b"), Member("a"))
    assert (refused.value.pointer, await versions(graph)) == ("/members/2/account", {})


async def test_a_dry_run_makes_no_team(graph: Store) -> None:
    await do(graph, put_team(author(), "care", "お客様係", [Member("a")]), dry_run=True)
    assert await versions(graph) == {}
