"""Coupons over GraphQL: set up, issued, quoted, held, used at two doors, given back, counted, and who may."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from graph.coupons.following import follow_order
from graph.keys import store_id
from graph.store import Store
from resolvers.access.roles import Role, Scope
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from tests.conftest import wipe
from tests.graph.coupons.giving_out import customer, person
from tests.graph.orders.selling import SHOP, order, order_id, tell
from tests.resolvers.test_cases import ask

pytestmark = pytest.mark.anyio

keys = count()
ADMIN = Viewer("admin-1", frozenset({Role.ADMIN}))
OPERATOR = Viewer("op-1", frozenset({Role.CALL_CENTER}))
TILL = Viewer("till-ginza", scopes=frozenset({Scope.COMMERCE}))
GINZA = Viewer("clerk-1", frozenset({Role.STORE_STAFF}), stores=frozenset({"ginza"}))
UMEDA = Viewer("clerk-2", frozenset({Role.STORE_STAFF}), stores=frozenset({"umeda"}))
HANAKO = Viewer("hanako", frozenset({Role.CUSTOMER}), record=f"{SHOP}:1")
TARO = Viewer("taro", frozenset({Role.CUSTOMER}), record=f"{SHOP}:2")
ANALYST = Viewer("analyst-1", frozenset({Role.ANALYST}))
MARKETING = Viewer("marketing-1", frozenset({Role.MARKETING}))
LINES = [{"number": 1, "sku": "PEN-1", "amount": "1000"}, {"number": 2, "sku": "INK-1", "amount": "500"}]
TERMS = {"code": "SPRING", "name": "春の10%引き", "percent": 10, "minimum": "1000", "currency": "JPY"}
QUOTE = (
    "query($input: CouponQuoteInput!) { couponQuote(input: $input) "
    "{ currency discount coupons { code discount refusal message lines { number discount } } } }"
)
COUNTS = '{ coupon(by: {code: "spring"}) { shownCount issuedCount usedCount reversedCount heldCount } }'
USED = "refusal usedAt usedChannel usedStore { code } redemptions { id state channel store { code } amount { amount currency } }"


def shop(code: str) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.store.v1", "source": "/master", "id": f"s-{next(keys)}"}
    return {**envelope, "subject": code, "time": "2026-04-01T00:00:00Z", "data": {"name": code, "kind": "SHOP"}}


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(
        store, shop("ginza"), shop("umeda"), person("1"), person("2", "太郎"), order("G-1", store="ginza", channel="STORE")
    )
    return store


async def do(store: Store, name: str, shown: str, viewer: Viewer = ADMIN, /, **given: Any) -> Any:
    """Return what a mutation answers."""
    document = (
        f"mutation($input: {name[0].upper()}{name[1:]}Input!) "
        f"{{ {name}(input: $input) {{ {shown} userErrors {{ code path }} }} }}"
    )
    return (await ask(store, document, viewer, input={"idempotencyKey": f"c{next(keys)}", **given}))[name]


async def hanako(store: Store) -> str:
    return ids.encode("Customer", await customer(store))


async def code_of(store: Store) -> str:
    """Set up a coupon, issue it to the person of code 1 and return the code of the issue."""
    coupon = await do(store, "couponPut", "coupon { id }", **TERMS)
    told = {"couponId": coupon["coupon"]["id"], "customerId": await hanako(store)}
    answer = await do(store, "couponIssue", "issuedCoupon { code }", **told)
    return answer["issuedCoupon"]["code"]


def basket(*codes: str, channel: str = "STORE", **more: Any) -> dict[str, Any]:
    place = {"storeId": ids.encode("Store", store_id("ginza"))} if channel == "STORE" else {}
    return {"codes": list(codes), "lines": LINES, "currency": "JPY", "channel": channel, **place, **more}


async def test_a_coupon_is_set_up_and_changed_as_it_was_read(graph: Store) -> None:
    shown = "coupon { code percent amountOff { amount } minimum { amount currency } stores { code } channels version forAll }"
    stores = [ids.encode("Store", store_id("ginza"))]
    made = await do(graph, "couponPut", shown, MARKETING, **TERMS, storeIds=stores, channels=["STORE", "APP"])
    assert made["coupon"] == {
        "code": "SPRING", "percent": 10, "amountOff": None, "minimum": {"amount": "1000", "currency": "JPY"},
        "stores": [{"code": "ginza"}], "channels": ["APP", "STORE"], "version": 1, "forAll": False,
    }  # fmt: skip
    changed = {"code": "spring", "name": "春の300円引き", "amountOff": "300", "currency": "JPY", "version": 1}
    assert (await do(graph, "couponPut", shown, **changed))["coupon"]["amountOff"] == {"amount": "300"}
    refused = await do(graph, "couponPut", shown, **changed)
    assert refused["userErrors"] == [{"code": "CONFLICT", "path": ["input", "version"]}]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"percent": 10, "amountOff": "100"}, "percent"),
        ({"percent": None}, "percent"),
        ({"percent": None, "amountOff": "100", "currency": None}, "currency"),
        ({"currency": "ZZZ"}, "currency"),
        ({"minimum": "1.5"}, "minimum"),
        ({"minimum": "much"}, "minimum"),
        ({"percent": 0}, "percent"),
        ({"code": "--"}, "code"),
        ({"usesPerCustomer": 0}, "usesPerCustomer"),
    ],
)
async def test_what_cannot_be_read_is_refused_with_its_path(graph: Store, given: dict[str, Any], path: str) -> None:
    answer = await do(graph, "couponPut", "coupon { id }", **(TERMS | given))

    assert answer == {"coupon": None, "userErrors": [{"code": "INVALID_INPUT", "path": ["input", path]}]}


async def test_a_quote_is_the_same_at_every_door(graph: Store) -> None:
    code = await code_of(graph)
    doors = [(TILL, "STORE"), (GINZA, "STORE"), (OPERATOR, "PHONE"), (HANAKO, "WEB")]

    found = [await ask(graph, QUOTE, who, input=basket(code, "none", channel=channel)) for who, channel in doors]

    assert found[0] == found[1] == found[2] == found[3]
    assert found[0]["couponQuote"]["discount"] == "150"
    used, unknown = sorted(found[0]["couponQuote"]["coupons"], key=lambda each: each["refusal"] or "")
    assert used["lines"] == [{"number": 1, "discount": "100"}, {"number": 2, "discount": "50"}]
    assert (unknown["refusal"], unknown["message"]) == ("NO_SUCH_COUPON", "There is no coupon with this code.")


async def test_the_till_and_the_web_use_it_once_and_the_second_is_told_when_and_where(graph: Store) -> None:
    code = await code_of(graph)

    first = await do(graph, "couponRedeem", USED, TILL, **basket(code))
    second = await do(graph, "couponRedeem", USED, TILL, **basket(code, channel="WEB"))

    [use] = first["redemptions"]
    assert (use["state"], use["store"], use["amount"]) == ("REDEEMED", {"code": "ginza"}, {"amount": "150", "currency": "JPY"})
    assert second["userErrors"] == [{"code": "COUPON_ALREADY_USED", "path": ["input", "codes", "0"]}]
    assert (second["refusal"], second["usedChannel"], second["usedStore"]) == ("ALREADY_USED", "STORE", {"code": "ginza"})
    assert second["usedAt"]
    assert second["redemptions"] == []


async def test_a_coupon_is_held_let_go_used_and_given_back_and_counted(graph: Store) -> None:
    code = await code_of(graph)
    coupon = (await ask(graph, "{ coupons { totalCount edges { node { id } } } }", ADMIN))["coupons"]["edges"][0]["node"]["id"]
    shown = {"customerId": await hanako(graph), "couponIds": [coupon], "channel": "APP"}
    assert (await do(graph, "couponMarkShown", "coupons { code }", HANAKO, **shown))["coupons"] == [{"code": "SPRING"}]
    held = await do(graph, "couponReserve", "reservations { id state heldBy }", TILL, **basket(code))
    [reservation] = held["reservations"]
    assert reservation["state"] == "HELD"
    assert (await ask(graph, COUNTS, ADMIN))["coupon"]["heldCount"] == 1
    refused = await do(graph, "couponRedeem", "reservedUntil redemptions { id }", GINZA, **basket(code))
    assert refused["userErrors"] == [{"code": "COUPON_RESERVED", "path": ["input", "codes", "0"]}]
    assert refused["reservedUntil"]
    told = await do(graph, "couponRelease", "reservation { state }", TILL, reservationId=reservation["id"])
    assert told["reservation"] == {"state": "RELEASED"}
    [use] = (await do(graph, "couponRedeem", USED, GINZA, **basket(code)))["redemptions"]
    back = await do(
        graph, "couponReverse", "redemption { state reason reversedBy }", GINZA, redemptionId=use["id"], reason="誤り"
    )
    assert back["redemption"] == {"state": "REVERSED", "reason": "誤り", "reversedBy": "clerk-1"}
    await do(graph, "couponRedeem", USED, GINZA, **basket(code))
    assert (await ask(graph, COUNTS, ADMIN))["coupon"] == {
        "shownCount": 1, "issuedCount": 1, "usedCount": 1, "reversedCount": 1, "heldCount": 0,
    }  # fmt: skip


async def test_a_customer_reads_their_own_coupons_and_an_order_those_that_it_used(graph: Store) -> None:
    code = await code_of(graph)
    await tell(graph, order("B-9", {"sku": "PEN-1", "quantity": 1, "amount": "900"}, couponCodes=[code]))
    await follow_order(graph, order_id("B-9"))
    mine = (
        "{ me { coupons { totalCount edges { node { code coupon { name } redemption { order { number id } } } } } "
        "couponRedemptions { totalCount edges { node { state coupon { code } } } } } }"
    )

    found = (await ask(graph, mine, HANAKO))["me"]

    [edge] = found["coupons"]["edges"]
    assert (edge["node"]["code"], edge["node"]["coupon"]) == (code, {"name": "春の10%引き"})
    assert edge["node"]["redemption"]["order"]["id"] == ids.encode("Order", order_id("B-9"))
    assert found["couponRedemptions"]["edges"] == [{"node": {"state": "REDEEMED", "coupon": {"code": "SPRING"}}}]
    asked = f'{{ order(by: {{id: "{ids.encode("Order", order_id("B-9"))}"}}) {{ couponCodes coupons {{ issued {{ code }} }} }} }}'
    assert (await ask(graph, asked, HANAKO))["order"] == {"couponCodes": [code], "coupons": [{"issued": {"code": code}}]}


async def test_nobody_reads_or_uses_what_is_not_theirs(graph: Store) -> None:
    code = await code_of(graph)
    [use] = (await do(graph, "couponRedeem", USED, GINZA, **basket(code)))["redemptions"]
    node = f'{{ node(id: "{use["id"]}") {{ id }} }}'
    every = '{ coupon(by: {code: "SPRING"}) { redemptions { totalCount edges { node { id } } } } }'
    assert [(await ask(graph, node, who))["node"] is None for who in (ADMIN, GINZA, HANAKO, UMEDA, TARO)] == [
        False, False, False, True, True,
    ]  # fmt: skip
    assert [(await ask(graph, every, who))["coupon"]["redemptions"]["totalCount"] for who in (ADMIN, GINZA, UMEDA)] == [1, 1, 0]
    assert [(await ask(graph, '{ coupon(by: {code: "SPRING"}) { name } }', who))["coupon"] for who in (HANAKO, TARO)] == [
        {"name": "春の10%引き"}, None,
    ]  # fmt: skip
    refused = await do(graph, "couponReverse", "redemption { id }", UMEDA, redemptionId=use["id"])
    assert refused["userErrors"] == [{"code": "NOT_FOUND", "path": ["input", "redemptionId"]}]
    refused = await do(graph, "couponRedeem", "refusal", UMEDA, **basket(code))
    assert refused["userErrors"] == [{"code": "NOT_FOUND", "path": ["input", "storeId"]}]
    told = {"couponId": ids.encode("Coupon", "x"), "customerId": await hanako(graph)}
    refused = await do(graph, "couponIssue", "issuedCoupon { id }", UMEDA, **told)
    assert refused["userErrors"] == [{"code": "NOT_FOUND", "path": ["input", "customerId"]}]


async def test_a_dry_run_uses_nothing(graph: Store) -> None:
    code = await code_of(graph)

    tried = await do(graph, "couponRedeem", USED, TILL, **basket(code), dryRun=True)

    assert [each["state"] for each in tried["redemptions"]] == ["REDEEMED"]
    assert await graph.read("MATCH (u:CouponRedemption) RETURN u") == []


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"storeId": None}, ["storeId"]),
        ({"codes": []}, ["codes"]),
        ({"lines": []}, ["lines"]),
        ({"lines": [LINES[0], LINES[0]]}, ["lines"]),
        ({"lines": [LINES[0] | {"amount": "1.5"}]}, ["lines", "0", "amount"]),
    ],
)
async def test_a_basket_that_cannot_be_read_is_refused_with_its_path(
    graph: Store, given: dict[str, Any], path: list[str]
) -> None:
    answer = await do(graph, "couponRedeem", "refusal", TILL, **(basket("SPRING") | given))

    assert answer == {"refusal": None, "userErrors": [{"code": "INVALID_INPUT", "path": ["input", *path]}]}
