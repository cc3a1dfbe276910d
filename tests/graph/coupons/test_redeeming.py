"""Coupons are held, used once at any door, and given back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from graph.commands.command import Answer
from graph.coupons.defining import Definition, put_coupon
from graph.coupons.issuing import Issue, issue_coupon, mark_shown
from graph.coupons.redeeming import redeem, reverse
from graph.coupons.reserving import end_reservations, release, reserve
from graph.coupons.terms import PERCENT, VALUE, Terms
from graph.decisions.customers import merge, undo
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.errors import (
    Conflict,
    CouponAlreadyUsed,
    CouponRefused,
    CouponReserved,
    Customer360Error,
    InvalidInput,
    NotFound,
    Outdated,
)
from graph.store import Store
from tests.conftest import wipe
from tests.graph.coupons.giving_out import (
    CUSTOMER,
    FOR_ALL,
    STATES,
    TEN,
    at_till,
    author,
    customer,
    do,
    given_out,
    issued,
    person,
    with_issue,
)
from tests.graph.orders.selling import SHOP, tell
from tests.laws import examples

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def _nothing_given_out(store: Store) -> None:  # pyright: ignore[reportUnusedFunction] - by pytest
    await wipe(store)


READ_USE = "MATCH (u:CouponRedemption) RETURN properties(u)"
READ_HELD = "MATCH (h:CouponReservation) RETURN h.state"
LEFT_15_MINUTES_AGO = "MATCH (h:CouponReservation {id: $p.id}) SET h.until = '2026-01-01T00:00:00.000000Z'"


async def test_a_coupon_is_used_with_what_it_takes_off_each_line(store: Store) -> None:
    code = await with_issue(store)

    await do(store, redeem(author("till-7"), at_till(code.lower(), customer=await customer(store))))

    [[told]] = await store.read(READ_USE)
    assert (told["amount"], told["line_numbers"], told["line_amounts"]) == (150, [1, 2], [100, 50])
    assert (told["state"], told["by"], told["channel"], told["currency"]) == ("REDEEMED", "till-7", "STORE", "JPY")
    assert told["record"] == f"{SHOP}:1"


async def test_the_second_door_is_told_when_and_where_it_was_used(store: Store) -> None:
    code = await with_issue(store)
    await do(store, redeem(author(), at_till(code, channel="WEB")))

    with pytest.raises(CouponAlreadyUsed) as refused:
        await do(store, redeem(author("till-2"), at_till(code)))

    [[told]] = await store.read(READ_USE)
    assert refused.value.shown["usedAt"] == told["at"]
    assert refused.value.shown["usedChannel"] == "WEB"
    assert "(WEB)" in refused.value.message
    assert refused.value.pointer == "/codes/0"


@pytest.mark.hypothesis
async def test_of_a_thousand_pairs_of_a_till_and_a_web_shop_one_each_uses_the_coupon(store: Store) -> None:
    """In a run of the tests a few of them, in soak the thousand."""
    coupon = await given_out(store, "PAIRS")
    await tell(store, person("1"))
    to = await customer(store)

    for _ in range(examples(test=20, soak=1_000)):
        code = await issued(store, coupon, to)
        found = await asyncio.gather(*(once(store, code, door) for door in ("STORE", "WEB")))
        assert sorted(found) == ["COUPON_ALREADY_USED", "REDEEMED"]

    assert await store.read("MATCH (i:IssuedCoupon) WHERE COUNT { (i)<-[:USES]-(:CouponRedemption) } <> 1 RETURN i.id") == []


async def once(store: Store, code: str, channel: str) -> str:
    """Use a coupon at a door; return REDEEMED, or the code of the refusal."""
    try:
        await do(store, redeem(author(channel), at_till(code, channel=channel)))
    except CouponAlreadyUsed as error:
        return error.code if error.shown["usedAt"] and error.shown["usedChannel"] else "neither when nor where"
    return "REDEEMED"


async def test_a_coupon_with_so_many_uses_in_all_is_used_so_often_whoever_asks_at_once(store: Store) -> None:
    await given_out(store, "FIRST3", replace(FOR_ALL, uses=3))

    found = await asyncio.gather(
        *(do(store, redeem(author(f"till-{place}"), at_till("FIRST3"))) for place in range(8)), return_exceptions=True
    )

    refused = [each for each in found if isinstance(each, CouponRefused)]
    assert [each.shown["refusal"] for each in refused] == ["USED_UP"] * 5
    assert len(await store.read(STATES)) == 3


async def test_one_use_for_each_customer_holds_for_whoever_asks_at_once(store: Store) -> None:
    await given_out(store, "ONCE", replace(FOR_ALL, uses_per_customer=1))
    await tell(store, person("1"), person("2"))
    asked = [at_till("ONCE", customer=await customer(store, code)) for code in ("1", "1", "1", "2")]

    found = await asyncio.gather(*(do(store, redeem(author(), each)) for each in asked), return_exceptions=True)

    assert [each.shown["refusal"] for each in found if isinstance(each, CouponRefused)] == ["USED_BY_CUSTOMER"] * 2
    with pytest.raises(CouponRefused) as refused:
        await do(store, redeem(author(), at_till("ONCE")))
    assert refused.value.shown["refusal"] == "CUSTOMER_UNKNOWN"


async def test_of_an_issue_the_customer_is_known_without_being_stated(store: Store) -> None:
    terms = replace(TEN, uses_per_customer=1)
    first = await with_issue(store, terms)
    second = await issued(store, await given_out(store, "SPRING", terms), await customer(store))

    found = await asyncio.gather(
        *(do(store, redeem(author(), at_till(code))) for code in (first, second)), return_exceptions=True
    )

    assert [each.shown["refusal"] for each in found if isinstance(each, CouponRefused)] == ["USED_BY_CUSTOMER"]


async def test_uses_of_a_customer_are_counted_over_a_merge_and_parted_again(store: Store) -> None:
    await given_out(store, "ONCE", replace(FOR_ALL, uses_per_customer=1))
    await tell(store, person("1"), person("2", "太郎"))
    both = [Expected(*(await store.read(CUSTOMER, {"key": f"{SHOP}:{code}"}))[0]) for code in ("1", "2")]
    await do(store, redeem(author(), at_till("ONCE", customer=both[0].id)))

    merged = await decide(store, author(), merge(both))
    with pytest.raises(CouponRefused) as refused:
        await do(store, redeem(author(), at_till("ONCE", customer=both[1].id)))
    assert refused.value.shown["refusal"] == "USED_BY_CUSTOMER"
    [[own_id, version]] = await store.read(CUSTOMER, {"key": f"{SHOP}:1"})
    await decide(store, author(), undo(Expected(own_id, version), merged.decision))

    await do(store, redeem(author(), at_till("ONCE", customer=await customer(store, "2"))))
    with pytest.raises(CouponRefused):
        await do(store, redeem(author(), at_till("ONCE", customer=await customer(store, "1"))))


async def test_what_somebody_holds_no_other_holds_or_uses_until_it_is_let_go(store: Store) -> None:
    code = await with_issue(store)
    held = await do(store, reserve(author("web"), at_till(code, channel="WEB")))
    [reservation] = held["reservations"]

    for tried in (redeem(author(), at_till(code)), reserve(author(), at_till(code))):
        with pytest.raises(CouponReserved) as refused:
            await do(store, tried)
        assert refused.value.shown["reservedUntil"] > "2026"
    await do(store, release(author("web"), reservation))

    await do(store, redeem(author(), at_till(code)))
    with pytest.raises(Conflict):
        await do(store, release(author("web"), reservation))


async def test_who_holds_a_coupon_uses_it(store: Store) -> None:
    code = await with_issue(store)
    held = await do(store, reserve(author("web"), at_till(code)))

    await do(store, redeem(author("web"), at_till(code, reservations=held["reservations"])))

    assert await store.read(READ_HELD) == [["SPENT"]]
    assert await store.read(STATES) == [["REDEEMED"]]


async def test_a_lock_of_a_till_that_crashed_is_over_by_its_time_before_and_after_the_sweep(store: Store) -> None:
    code = await with_issue(store)
    held = await do(store, reserve(author("till-1"), at_till(code)))
    assert await end_reservations(store) == 0, "its 15 minutes have just begun"
    [reservation] = held["reservations"]
    await store.write(lambda transaction: transaction.run(LEFT_15_MINUTES_AGO, {"id": reservation}))

    again = await do(store, reserve(author("till-2"), at_till(code)))

    assert await end_reservations(store) == 1
    assert sorted(await store.read(READ_HELD)) == [["ENDED"], ["HELD"]]
    await do(store, redeem(author("till-2"), at_till(code, reservations=again["reservations"])))


async def test_a_reservation_lasts_15_minutes(store: Store) -> None:
    code = await with_issue(store)
    await do(store, reserve(author(), at_till(code)))

    [[minutes]] = await store.read(
        "MATCH (h:CouponReservation) RETURN duration.inSeconds(datetime(h.at), datetime(h.until)).seconds / 60"
    )

    assert minutes == 15


async def test_a_coupon_that_was_given_back_can_be_used_again(store: Store) -> None:
    code = await with_issue(store)
    used = await do(store, redeem(author(), at_till(code)))

    await do(store, reverse(author("op-1"), used["redemptions"][0]))

    with pytest.raises(Conflict):
        await do(store, reverse(author("op-1"), used["redemptions"][0]))
    await do(store, redeem(author(), at_till(code)))
    assert sorted(await store.read(STATES)) == [["REDEEMED"], ["REVERSED"]]


async def test_of_several_coupons_all_are_used_or_none(store: Store) -> None:
    code = await with_issue(store, replace(TEN, combinable=True))
    await given_out(store, "MINUS100", Terms(VALUE, 100, "JPY", combinable=True, for_all=True))

    with pytest.raises(CouponRefused) as refused:
        await do(store, redeem(author(), at_till(code, "NO-SUCH")))
    assert (refused.value.shown["refusal"], refused.value.pointer) == ("NO_SUCH_COUPON", "/codes/1")
    assert await store.read(STATES) == []

    answer = await do(store, redeem(author(), at_till(code, "MINUS100")))
    assert len(answer["redemptions"]) == 2


async def test_a_repeat_under_its_key_uses_a_coupon_once(store: Store) -> None:
    code = await with_issue(store)

    first, second = [await do(store, redeem(author(key="one"), at_till(code))) for _ in range(2)]

    assert first == second
    assert await store.read(STATES) == [["REDEEMED"]]


@pytest.mark.parametrize(
    ("terms", "version", "refusal"),
    [
        (Terms(PERCENT, 0), None, InvalidInput),
        (Terms(PERCENT, 101), None, InvalidInput),
        (Terms(VALUE, 0, "JPY"), None, InvalidInput),
        (replace(TEN, minimum=-1), None, InvalidInput),
        (replace(TEN, uses=0), None, InvalidInput),
        (replace(TEN, uses_per_customer=0), None, InvalidInput),
        (replace(TEN, starts="2026-07-02", ends="2026-07-01"), None, InvalidInput),
        (TEN, 7, Outdated),
    ],
)
async def test_terms_that_nobody_could_use_are_refused(
    store: Store, terms: Terms, version: int | None, refusal: type[Customer360Error]
) -> None:
    with pytest.raises(refusal):
        await do(store, put_coupon(author(), Definition("BAD", "悪い例", terms, version=version)))


@pytest.mark.parametrize(
    ("terms", "issue", "refusal"),
    [
        (FOR_ALL, {}, Conflict),
        (replace(TEN, withdrawn=True), {}, Conflict),
        (replace(TEN, ends="2026-01-01T00:00:00.000000Z"), {}, Conflict),
        (TEN, {"ends": "2026-01-01T00:00:00.000000Z"}, InvalidInput),
        (TEN, {"customer": "nobody"}, NotFound),
        (TEN, {"record": "none"}, NotFound),
        (TEN, {"coupon": "none"}, NotFound),
    ],
)
async def test_a_coupon_is_issued_only_where_it_can_be_used(
    store: Store, terms: Terms, issue: dict[str, Any], refusal: type[Customer360Error]
) -> None:
    await tell(store, person("1"))
    asked = {"coupon": await given_out(store, "SPRING", terms), "customer": await customer(store)}

    with pytest.raises(refusal):
        await do(store, issue_coupon(author(), Issue(**(asked | issue))))


async def test_the_first_time_that_a_coupon_is_shown_is_kept(store: Store) -> None:
    await tell(store, person("1"))
    coupon, to = await given_out(store, "SPRING"), await customer(store)

    async def shown(channel: str) -> Answer:
        return await do(store, mark_shown(author(), to, [coupon, coupon], channel))

    await shown("APP")
    await shown("WEB")

    assert await store.read("MATCH (:SourceRecord)-[:SAW]->(w:CouponView) RETURN w.channel") == [["APP"]]
    with pytest.raises(NotFound):
        await do(store, mark_shown(author(), to, ["none"], "APP"))
