"""Baskets in the graph: changed at any door for the version that was read, joined and parted with whose they are."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from graph.baskets.changing import Line, change_basket
from graph.baskets.lines import MOST_PIECES
from graph.baskets.records import Whose
from graph.decisions.customers import merge, undo
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.errors import BasketChanged, InvalidInput, NotFound
from graph.store import Store
from tests.conftest import wipe
from tests.graph.baskets.shopping import AT_GINZA, INK, PEN, WEB, basket_of, change, key, opened, product
from tests.graph.coupons.giving_out import CUSTOMER, author, customer, do, person
from tests.graph.orders.selling import SHOP, tell

pytestmark = pytest.mark.anyio

CHANGES = "MATCH (e:OutboxEntry {type: 'basket.changed'}) RETURN e.refs"
LINES = "MATCH (l:BasketLine)-[:OF]->(:Product) RETURN l.sku, l.quantity, l.channel, l.store_code, l.by ORDER BY l.sku"


@pytest.fixture(autouse=True)
async def _empty(store: Store) -> None:  # pyright: ignore[reportUnusedFunction] - by pytest
    await wipe(store)


async def test_of_two_doors_that_read_the_same_version_the_second_is_told_what_is_there_now(store: Store) -> None:
    [whose] = await opened(store, "1")
    version, _ = await basket_of(store, whose)

    await change(store, whose, Line(PEN, 2), version=version)
    with pytest.raises(BasketChanged) as refused:
        await change(store, whose, Line(PEN, 1), version=version, door=AT_GINZA)

    assert (refused.value.code, refused.value.pointer, refused.value.shown) == ("BASKET_CHANGED", "/version", {"basket": whose})
    now, lines = await basket_of(store, whose)
    assert lines == {"PEN-1": 2}
    await change(store, whose, Line(PEN, 1), version=now, door=AT_GINZA)
    assert await store.read(LINES) == [["PEN-1", 1, "STORE", "ginza", "STORE"]]


async def test_of_thirty_two_doors_that_read_the_same_version_one_changes_it(store: Store) -> None:
    [whose] = await opened(store, "1", *())
    await change(store, whose, Line(INK, 1))

    for _ in range(3):
        version, before = await basket_of(store, whose)
        wanted = [Line(PEN, before.get("PEN-1", 0) + more) for more in range(1, 33)]
        found = await asyncio.gather(*(change(store, whose, each, version=version) for each in wanted), return_exceptions=True)
        done = [line.quantity for line, answer in zip(wanted, found, strict=True) if not isinstance(answer, BaseException)]
        assert [type(each) for each in found if isinstance(each, BaseException)] == [BasketChanged] * 31
        assert (await basket_of(store, whose))[1] == {"PEN-1": done[0], "INK-1": 1}


async def test_what_is_added_without_a_version_is_added_whoever_else_adds_at_once(store: Store) -> None:
    [whose] = await opened(store, "1")

    await asyncio.gather(*(change(store, whose, Line(PEN, 1, adds=True)) for _ in range(8)))

    assert (await basket_of(store, whose))[1] == {"PEN-1": 8}


async def test_a_line_is_changed_by_itself_and_one_of_which_there_is_to_be_none_goes(store: Store) -> None:
    [whose] = await opened(store, "1")
    await change(store, whose, Line(PEN, 2), Line(INK, 3))

    version, _ = await basket_of(store, whose)
    await change(store, whose, Line(PEN, 0), version=version)

    assert (await basket_of(store, whose))[1] == {"INK-1": 3}
    assert [row[:2] for row in await store.read(LINES)] == [["INK-1", 3]]


async def test_a_merge_shows_both_baskets_together_and_its_undoing_gives_both_back(store: Store) -> None:
    one, other = await opened(store, "1", "2")
    await change(store, one, Line(PEN, 2))
    await change(store, other, Line(PEN, 1), Line(INK, 4))
    before = [await basket_of(store, each) for each in (one, other)]

    both = [Expected(*(await store.read(CUSTOMER, {"key": key(code)}))[0]) for code in ("1", "2")]
    merged = await decide(store, author(), merge(both))
    version, together = await basket_of(store, one)
    assert together == {"PEN-1": 3, "INK-1": 4}
    assert await basket_of(store, other) == (version, together), "under either id"
    for old, _ in before:
        with pytest.raises(BasketChanged):
            await change(store, one, Line(PEN, 9), version=old)
    [[own_id, number]] = await store.read(CUSTOMER, {"key": key("1")})
    await decide(store, author(), undo(Expected(own_id, number), merged.decision))

    assert [await basket_of(store, await customer(store, code)) for code in ("1", "2")] == before


async def test_what_a_door_adds_while_two_are_one_goes_with_the_record_by_which_it_knows_them(store: Store) -> None:
    one, _ = await opened(store, "1", "2")
    both = [Expected(*(await store.read(CUSTOMER, {"key": key(code)}))[0]) for code in ("1", "2")]
    merged = await decide(store, author(), merge(both))
    await change(store, one, Line(PEN, 3), record=key("2"))
    await change(store, one, Line(INK, 1), record=key("1"))

    [[own_id, number]] = await store.read(CUSTOMER, {"key": key("1")})
    await decide(store, author(), undo(Expected(own_id, number), merged.decision))

    found = [(await basket_of(store, await customer(store, code)))[1] for code in ("1", "2")]
    assert found == [{"INK-1": 1}, {"PEN-1": 3}]


def visitor(code: str, **more: Any) -> dict[str, Any]:
    """Return what a web shop tells of somebody who has not signed in: a record under a cookie, with nobody's name."""
    told = person(code)
    return {**told, "id": f"{told['id']}-{code}", "data": {"identifiers": [{"kind": "COOKIE_ID", "value": code}], **more}}


async def test_an_anonymous_basket_joins_by_what_identifies_at_sign_in_and_never_by_a_name(store: Store) -> None:
    account = {"kind": "EC_ACCOUNT_ID", "value": "EC-0001"}
    name = {"family": "試験", "given": "花子"}
    known = {**person("1"), "data": {"name": name, "identifiers": [account]}}
    await tell(store, product("PEN-1"), product("INK-1"), known, visitor("c-1"), visitor("c-2", name=name))
    hanako = await customer(store, "1")
    for code, line in (("c-1", Line(PEN, 2)), ("c-2", Line(INK, 1))):
        await change(store, await customer(store, code), line, record=key(code))
    assert (await basket_of(store, hanako))[1] == {}, "two anonymous visitors, one of them of the same name"

    signed_in = visitor("c-1", identifiers=[{"kind": "COOKIE_ID", "value": "c-1"}, account])
    await tell(store, {**signed_in, "id": "signed-in", "time": "2026-04-02T00:00:00Z"})

    assert await customer(store, "c-1") == hanako
    assert (await basket_of(store, hanako))[1] == {"PEN-1": 2}


async def test_whoever_follows_the_customer_is_told_and_of_nothing_where_nothing_changes(store: Store) -> None:
    [whose] = await opened(store, "1")

    for _ in range(2):
        await change(store, whose, Line(PEN, 2))

    assert await store.read(CHANGES) == [[[f"Customer:{whose}"]]]


@pytest.mark.parametrize(
    ("line", "record", "error", "pointer"),
    [
        (Line("none", 1), None, NotFound, "/lines/0/productId"),
        (Line(PEN, -1), None, InvalidInput, "/lines/0/quantity"),
        (Line(PEN, MOST_PIECES + 1), None, InvalidInput, "/lines/0/quantity"),
        (Line(PEN, 1), f"{SHOP}:2", NotFound, "/record"),
    ],
)
async def test_what_cannot_be_is_refused_with_its_place(
    store: Store, line: Line, record: str | None, error: type[Exception], pointer: str
) -> None:
    [whose, _] = await opened(store, "1", "2")

    with pytest.raises(error) as refused:
        await change(store, whose, line, record=record)

    assert refused.value.pointer == pointer  # type: ignore[attr-defined]
    assert (await basket_of(store, whose))[1] == {}


async def test_a_repeat_under_its_key_adds_once(store: Store) -> None:
    [whose] = await opened(store, "1")

    for _ in range(2):
        await do(store, change_basket(author("web", key="one"), Whose(whose), [Line(PEN, 1, adds=True)], None, WEB))

    assert (await basket_of(store, whose))[1] == {"PEN-1": 1}
