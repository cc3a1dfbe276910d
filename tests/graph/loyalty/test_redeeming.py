"""Redeeming, giving back, adjusting and moving points: all or nothing, once for each key, over merges and unmerges."""

from __future__ import annotations

import asyncio

import pytest

from graph.commands.command import Answer
from graph.decisions import customers
from graph.decisions.deciding import decide
from graph.errors import Conflict, InsufficientPoints, NotFound
from graph.loyalty.adjusting import adjust, transfer
from graph.loyalty.following import follow_points
from graph.loyalty.redeeming import redeem, reverse
from graph.store import Store
from tests.graph.loyalty.accounts import account, author, balance, bought, customer, do, entries, expire, returned

pytestmark = pytest.mark.anyio
CLIENTS = 32


async def test_of_many_clients_at_once_as_many_redeem_as_there_are_points_for(graph: Store) -> None:
    await bought(graph, "R-1", 10_000)
    whose = (await customer(graph)).id

    asked = (do(graph, redeem(author(), whose, 30, None)) for _ in range(CLIENTS))
    answers = await asyncio.gather(*asked, return_exceptions=True)

    refused = [each for each in answers if isinstance(each, InsufficientPoints)]
    assert (len(answers) - len(refused), {each.pointer for each in refused}) == (3, {"/points"})
    assert await balance(graph, account()) == 10
    assert all(entry[1] == -30 for entry in await entries(graph, account()) if entry[0] == "REDEEM")


async def test_repeats_of_one_key_redeem_once(graph: Store) -> None:
    await bought(graph, "R-2", 10_000)
    whose = (await customer(graph)).id
    answers = await asyncio.gather(*(do(graph, redeem(author("once"), whose, 30, None)) for _ in range(8)))
    assert all(each == answers[0] for each in answers)
    assert await balance(graph, account()) == 70


async def test_a_dry_run_answers_and_redeems_nothing(graph: Store) -> None:
    await bought(graph, "R-3", 10_000)
    answer = await do(graph, redeem(author(), (await customer(graph)).id, 30, None), dry_run=True)
    assert len(answer["entries"]) == 1
    assert await balance(graph, account()) == 100


async def two_accounts(graph: Store) -> Answer:
    """Two customers with 100 and 50 points, those of the second expiring first, who are merged; returns what tells the merge."""
    await bought(graph, "M-1", 10_000, by="1", time="2026-06-20T00:00:00Z")
    await bought(graph, "M-2", 5_000, by="2", time="2026-06-10T00:00:00Z")
    both = [await customer(graph, "1"), await customer(graph, "2")]
    return {"decision": (await decide(graph, author(), customers.merge(both))).decision}


async def test_after_a_merge_both_accounts_are_spent_by_expiry_and_an_unmerge_parts_them(graph: Store) -> None:
    merge = await two_accounts(graph)
    whose = await customer(graph, "1")

    answer = await do(graph, redeem(author(), whose.id, 120, None))

    assert len(answer["entries"]) == 2
    assert (await balance(graph, account("1")), await balance(graph, account("2"))) == (30, 0)
    await decide(graph, author(), customers.undo(await customer(graph, "1"), merge["decision"]))
    assert (await balance(graph, account("1")), await balance(graph, account("2"))) == (30, 0)
    with pytest.raises(InsufficientPoints):
        await do(graph, redeem(author(), (await customer(graph, "2")).id, 1, None))
    await do(graph, reverse(author(), answer["entries"][0], 80))
    last_first = (await balance(graph, account("1")), await balance(graph, account("2")))
    assert last_first == (100, 10), "what went last comes back first"


async def test_a_customer_who_was_merged_into_another_still_leads_to_the_points(graph: Store) -> None:
    await bought(graph, "M-1", 10_000, by="1")
    await bought(graph, "M-2", 5_000, by="2")
    both = [await customer(graph, "1"), await customer(graph, "2")]
    await decide(graph, author(), customers.merge(both))
    for each in both:
        await do(graph, redeem(author(), each.id, 75, None))
    assert await balance(graph, account("1")) + await balance(graph, account("2")) == 0


async def test_a_redemption_is_given_back_in_parts_and_never_more_than_was_redeemed(graph: Store) -> None:
    await bought(graph, "R-4", 10_000)
    [entry] = (await do(graph, redeem(author(), (await customer(graph)).id, 90, None)))["entries"]
    await do(graph, reverse(author(), entry, 40))
    assert await balance(graph, account()) == 50
    with pytest.raises(Conflict):
        await do(graph, reverse(author(), entry, 51))
    await do(graph, reverse(author(), entry, None))
    assert await balance(graph, account()) == 100
    with pytest.raises(Conflict):
        await do(graph, reverse(author(), entry, None))
    [earned] = await graph.read("MATCH (e:PointEntry {kind: 'EARN'}) RETURN e.id")
    with pytest.raises(Conflict):
        await do(graph, reverse(author(), earned[0], None))
    with pytest.raises(NotFound):
        await do(graph, reverse(author(), "nothing", None))


async def test_points_come_back_to_a_lot_that_has_expired_and_live_thirty_more_days(graph: Store) -> None:
    await bought(graph, "R-5", 10_000)
    [entry] = (await do(graph, redeem(author(), (await customer(graph)).id, 60, None)))["entries"]
    await expire(graph, account())
    await do(graph, reverse(author(), entry, 20))
    assert (await entries(graph, account()))[-2:] == [["EXPIRE", -40, 0], ["REVERSE", 20, 0]]
    [[until, now]] = await graph.read(
        "MATCH (l:PointLot) RETURN date(datetime(l.expires_at)), date(datetime({timezone: 'Asia/Tokyo'})) + duration('P30D')"
    )
    assert until == now


async def test_what_was_redeemed_on_an_order_comes_back_with_the_share_that_is_returned(graph: Store) -> None:
    await bought(graph, "R-6", 10_000)
    own_id = await bought(graph, "R-7", 1_000, time="2026-11-29T00:00:00Z")
    [entry] = (await do(graph, redeem(author(), (await customer(graph)).id, 80, own_id)))["entries"]
    await follow_points(graph, own_id)
    assert await balance(graph, account()) == 20
    await returned(graph, own_id, 500)
    await follow_points(graph, own_id)
    assert await balance(graph, account()) == 60
    await do(graph, reverse(author(), entry, None))
    await follow_points(graph, own_id)
    assert await balance(graph, account()) == 100


async def test_a_debt_refuses_redemption_and_everything_else_goes_on(graph: Store) -> None:
    own_id = await bought(graph, "R-8", 109_100)
    whose = (await customer(graph)).id
    await do(graph, redeem(author(), whose, 1_091, None))
    await bought(graph, "R-8", 109_100, status="CANCELLED", time="2026-07-01T00:00:00Z")
    assert await balance(graph, account()) == -1_091
    with pytest.raises(InsufficientPoints):
        await do(graph, redeem(author(), whose, 1, None))
    await bought(graph, "R-9", 150_000)
    assert await balance(graph, account()) == 409
    assert own_id


async def test_staff_give_and_take_points_and_move_them_with_the_day_on_which_they_expire(graph: Store) -> None:
    await bought(graph, "R-10", 100, by="1")
    await bought(graph, "R-11", 100, by="2")
    one, other = (await customer(graph, "1")).id, (await customer(graph, "2")).id
    await do(graph, adjust(author(), one, 50, None))
    assert await balance(graph, account("1")) == 51
    with pytest.raises(InsufficientPoints):
        await do(graph, adjust(author(), one, -52, None))
    await do(graph, adjust(author(), one, -1, account("1")))
    with pytest.raises(NotFound):
        await do(graph, adjust(author(), one, 5, account("2")))

    await do(graph, transfer(author(), account("1"), account("2"), 30))

    assert (await balance(graph, account("1")), await balance(graph, account("2"))) == (20, 31)
    [[days]] = await graph.read("MATCH (l:PointLot) WHERE l.remaining IN [20, 30] RETURN count(DISTINCT l.expires_at)")
    assert days == 1
    for giver, taker, points, error in (
        (account("1"), account("1"), 1, Conflict), (account("1"), account("2"), 21, InsufficientPoints),
        (account("1"), "nothing", 1, NotFound), ("nothing", account("1"), 1, NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            await do(graph, transfer(author(), giver, taker, points))
    assert other != one


async def test_a_customer_without_an_account_gets_one_with_the_first_points_that_staff_give(graph: Store) -> None:
    await bought(graph, "R-12", 10)
    await do(graph, adjust(author(), (await customer(graph)).id, 7, None))
    assert await entries(graph, account()) == [["ADJUST", 7, 0]]
    with pytest.raises(NotFound):
        await do(graph, adjust(author(), "nobody", 7, None))
