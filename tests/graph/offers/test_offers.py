"""Offers in the graph: made at a door, answered at another, and warned of where they were declined."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from graph.baskets.records import Whose
from graph.commands.command import Answer
from graph.decisions.customers import merge, undo
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.errors import Conflict, InvalidInput, NotFound
from graph.offers.making import Reply, Thing, answer_offer, make_offer
from graph.store import Store
from tests.conftest import wipe
from tests.graph.baskets.shopping import AT_GINZA, INK, PEN, WEB, key, opened
from tests.graph.coupons.giving_out import CUSTOMER, author, customer, do, given_out

pytestmark = pytest.mark.anyio

TOLD = """
MATCH (:SourceRecord)-[:WAS_OFFERED]->(o:Offer)
RETURN o.state, o.channel, o.store_code, o.answered_channel, o.answered_store_code, o.by, o.answered_by
"""
CHANGES = "MATCH (e:OutboxEntry) WHERE e.type STARTS WITH 'offer.' RETURN e.type, e.refs ORDER BY e.id"
NO = Reply("DECLINED")


@pytest.fixture
async def hanako(store: Store) -> str:
    await wipe(store)
    whose, _ = await opened(store, "1", "2")
    return whose


async def make(store: Store, whose: str, thing: Thing, **more: Any) -> Answer:
    return await do(store, make_offer(author("bot"), Whose(whose, **more), thing, WEB))


async def answer(store: Store, offer: str, reply: Reply = NO) -> Answer:
    return await do(store, answer_offer(author("clerk"), offer, reply, AT_GINZA))


async def test_an_offer_is_made_at_one_door_and_answered_at_another_and_whoever_follows_is_told(
    store: Store, hanako: str
) -> None:
    made = await make(store, hanako, Thing(product=PEN))
    await answer(store, made["offer"])

    assert await store.read(TOLD) == [["DECLINED", "WEB", None, "STORE", "ginza", "bot", "clerk"]]
    refs = [f"Offer:{made['offer']}", f"Customer:{hanako}"]
    assert await store.read(CHANGES) == [["offer.made", refs], ["offer.answered", refs]]


@pytest.mark.parametrize(
    ("first", "again", "warned"),
    [
        (Thing(product=PEN), Thing(product=PEN), True),
        (Thing(product=PEN), Thing(product=INK), False),
        (Thing(text="会員カードのご入会"), Thing(text="会員カードの更新"), False),
        (Thing(text="ラッピング  Premium"), Thing(text="ﾗｯﾋﾟﾝｸﾞ premium"), True),
    ],
)
async def test_what_was_declined_is_warned_of_when_the_same_is_offered_again(
    store: Store, hanako: str, first: Thing, again: Thing, warned: bool
) -> None:
    made = await make(store, hanako, first)
    await answer(store, made["offer"])

    found = await make(store, hanako, again)

    assert (made["before"], found["before"]) == (None, made["offer"] if warned else None)


async def test_a_coupon_is_offered_and_accepted_without_a_warning_afterwards(store: Store, hanako: str) -> None:
    coupon = Thing(coupon=await given_out(store, "SPRING"))
    made = await make(store, hanako, coupon)
    await answer(store, made["offer"], Reply("ACCEPTED"))

    assert (await make(store, hanako, coupon))["before"] is None


async def test_what_one_declined_is_warned_of_while_two_records_are_one_customer_and_no_longer_once_parted(
    store: Store, hanako: str
) -> None:
    other = await customer(store, "2")
    made = await make(store, other, Thing(product=PEN))
    await answer(store, made["offer"])
    both = [Expected(*(await store.read(CUSTOMER, {"key": key(code)}))[0]) for code in ("1", "2")]

    merged = await decide(store, author(), merge(both))
    together = await make(store, hanako, Thing(product=PEN), record=key("1"))
    [[own_id, version]] = await store.read(CUSTOMER, {"key": key("1")})
    await decide(store, author(), undo(Expected(own_id, version), merged.decision))
    parted = await make(store, await customer(store, "1"), Thing(product=PEN))

    assert (together["before"], parted["before"]) == (made["offer"], None)


async def test_of_two_answers_at_once_one_is_taken(store: Store, hanako: str) -> None:
    made = await make(store, hanako, Thing(product=PEN))

    found = await asyncio.gather(
        *(answer(store, made["offer"], Reply(each)) for each in ("ACCEPTED", "DECLINED")), return_exceptions=True
    )

    assert [type(each) for each in found if isinstance(each, BaseException)] == [Conflict]


@pytest.mark.parametrize(
    "reply",
    [Reply("LATER"), Reply("LATER", "2026-01-01T00:00:00.000000Z"), Reply("DECLINED", "2099-01-01T00:00:00.000000Z")],
)
async def test_a_later_has_a_time_to_come_and_no_other_answer_has_one(store: Store, hanako: str, reply: Reply) -> None:
    made = await make(store, hanako, Thing(product=PEN))

    with pytest.raises(InvalidInput):
        await answer(store, made["offer"], reply)

    await answer(store, made["offer"], Reply("LATER", "2099-01-01T00:00:00.000000Z"))
    await answer(store, made["offer"], Reply("ACCEPTED"))


async def test_what_there_is_not_is_neither_offered_nor_answered(store: Store, hanako: str) -> None:
    for thing in (Thing(product="none"), Thing(coupon="none")):
        with pytest.raises(NotFound):
            await make(store, hanako, thing)
    with pytest.raises(NotFound):
        await answer(store, "none")
