"""Points by GraphQL: who may do what, for whom, what the payload says, and what is refused where."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest

from graph.keys import scoped
from graph.loyalty.following import follow_points
from graph.loyalty.programmes import use_programmes
from graph.store import Store
from resolvers.access.policy import POLICY
from resolvers.access.roles import READING, Role, Scope
from resolvers.access.rows import Rows
from resolvers.access.viewer import Viewer
from resolvers.engine.ids import encode
from resolvers.execution import execute
from tests.conftest import wipe
from tests.graph.loyalty.accounts import account, customer, entries
from tests.graph.loyalty.conftest import ALL
from tests.graph.loyalty.standings import programme
from tests.graph.orders.selling import SHOP, order, order_id, tell
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.resolvers.test_consent_record import viewer_as

pytestmark = pytest.mark.anyio
numbers = count(1)
SELLING = {Role.ADMIN, Role.CALL_CENTER, Role.STORE_STAFF, Scope.COMMERCE}
STEERING = {Role.ADMIN, Role.CALL_CENTER}
ERRORS = "entries { kind points balance } userErrors { code path }"
REDEEM = (
    f"mutation ($input: PointsRedeemInput!) {{ pointsRedeem(input: $input) {{ {ERRORS} customer {{ loyalty {{ balance }} }} }} }}"
)
REVERSE = f"mutation ($input: PointsReverseInput!) {{ pointsReverse(input: $input) {{ {ERRORS} }} }}"
ADJUST = (
    f"mutation ($input: PointsAdjustInput!) {{ pointsAdjust(input: $input) {{ {ERRORS} customer {{ loyalty {{ balance }} }} }} }}"
)
TRANSFER = f"mutation ($input: PointsTransferInput!) {{ pointsTransfer(input: $input) {{ {ERRORS} }} }}"
LOYALTY = """
query ($id: ID!) {
  customer(by: {id: $id}) {
    loyalty {
      balance pending debt nextExpiry { points } rank { name }
      accounts { balance lots { remaining } entries(first: 1) { totalCount edges { node { kind sentence(language: EN) } } } }
    }
  }
}
"""
MINE = "{ me { loyalty { balance accounts { id balance entries { totalCount } } } } }"


@pytest.fixture
async def two(store: Store) -> AsyncIterator[Store]:
    """Two customers with 100 and 50 points; the first has bought in the store Ginza."""
    await wipe(store)
    use_programmes([programme(ALL)])
    await tell(store, order("G-1", {"amount": "10000"}, by="1", store="ginza"), order("G-2", {"amount": "5000"}, by="2"))
    for subject in ("G-1", "G-2"):
        await follow_points(store, order_id(subject))
    yield store
    use_programmes([])


OF_ORDER = "query ($id: ID!) { order(by: {id: $id}) { points { earned pending redeemed rules } } }"


async def test_an_order_tells_what_it_earned_by_which_rules_and_what_was_spent_on_it(two: Store) -> None:
    order_of = encode("Order", order_id("G-1"))
    await send(
        two, viewer(Role.ADMIN), REDEEM, customerId=encode("Customer", (await customer(two, "1")).id), points=40, orderId=order_of
    )
    await tell(two, order("G-3", {"amount": "50"}, by="2"))

    async def points(own_id: str, who: Role = Role.ADMIN) -> Any:
        body = (await execute(two, OF_ORDER, {"id": own_id}, None, viewer(who))).body
        return body["data"]["order"]["points"]

    told = {"earned": 100, "pending": 0, "redeemed": 40, "rules": [ALL.name]}
    assert await points(order_of) == told
    assert await points(encode("Order", order_id("G-3"))) is None


def viewer(role: Role | Scope) -> Viewer:
    return viewer_as(role, record=scoped(SHOP, "1"))


async def send(store: Any, who: Viewer, document: str, **given: Any) -> dict[str, Any]:
    told = {"idempotencyKey": f"key-{next(numbers)}", **given}
    body = (await execute(store, document, {"input": told}, None, who)).body
    return body if "errors" in body else next(iter(body["data"].values()))


async def whose(store: Store, code: str = "1") -> str:
    return encode("Customer", (await customer(store, code)).id)


def codes(answer: dict[str, Any]) -> list[str]:
    found = answer["errors"] if "errors" in answer else answer["userErrors"]
    return [each["extensions"]["code"] if "extensions" in each else each["code"] for each in found]


@pytest.mark.parametrize("role", [*Role, *sorted(READING)])
async def test_who_may_spend_give_and_move_points(two: Store, role: Role | Scope) -> None:
    own = await whose(two)
    redeemed = await send(two, viewer(role), REDEEM, customerId=own, points=30)
    adjusted = await send(two, viewer(role), ADJUST, customerId=own, points=5, reason="試験")
    assert (codes(redeemed) == []) == (role in SELLING), redeemed
    assert (codes(adjusted) == []) == (role in STEERING), adjusted
    if role in SELLING:
        assert redeemed["entries"] == [{"kind": "REDEEM", "points": -30, "balance": 70}]
        assert redeemed["customer"]["loyalty"]["balance"] == 70
    else:
        assert codes(redeemed) == ["FORBIDDEN"]


def test_the_policy_says_who_may_what() -> None:
    for name in ("PointsRedeemPayload", "PointsReversePayload"):
        assert set(POLICY.readers(name)) == SELLING
        assert POLICY.rows[name][Role.STORE_STAFF] is Rows.STORES
    for name in ("PointsAdjustPayload", "PointsTransferPayload"):
        assert set(POLICY.readers(name)) == STEERING


async def test_staff_of_a_store_spend_for_its_customers_alone(two: Store) -> None:
    staff, other = viewer(Role.STORE_STAFF), await whose(two, "2")
    before = await fingerprint(two)
    assert codes(await send(two, staff, REDEEM, customerId=other, points=1)) == ["NOT_FOUND"]
    [[entry]] = await two.read("MATCH (:LoyaltyAccount {id: $p.id})-[:HAS_ENTRY]->(e) RETURN e.id LIMIT 1", {"id": account("2")})
    assert codes(await send(two, staff, REVERSE, entryId=encode("PointEntry", entry))) == ["NOT_FOUND"]
    assert differences(await fingerprint(two), before) == []


async def test_a_dry_run_tells_and_leaves_nothing(two: Store) -> None:
    own = await whose(two)
    answer = await send(two, viewer(Scope.COMMERCE), REDEEM, customerId=own, points=30, dryRun=True)
    assert (answer["entries"][0]["balance"], answer["customer"]["loyalty"]["balance"]) == (70, 70)
    assert len(await entries(two, account())) == 1


@pytest.mark.parametrize(
    ("document", "given", "code", "path"),
    [
        (REDEEM, {"points": 101}, "INSUFFICIENT_POINTS", "points"),
        (REDEEM, {"points": 0}, "INVALID_INPUT", "points"),
        (REDEEM, {"points": -5}, "INVALID_INPUT", "points"),
        (REDEEM, {"points": 1, "orderId": encode("Order", "none")}, "NOT_FOUND", "orderId"),
        (ADJUST, {"points": -101, "reason": "a"}, "INSUFFICIENT_POINTS", "points"),
        (ADJUST, {"points": 1, "reason": " "}, "INVALID_INPUT", "reason"),
        (ADJUST, {"points": 1, "reason": "a", "accountId": encode("LoyaltyAccount", account("2"))}, "NOT_FOUND", "accountId"),
    ],
)
async def test_what_is_refused_is_refused_at_its_place(
    two: Store, document: str, given: dict[str, Any], code: str, path: str
) -> None:
    answer = await send(two, viewer(Role.ADMIN), document, customerId=await whose(two), **given)
    assert answer["userErrors"] == [{"code": code, "path": ["input", path]}]
    assert (answer["entries"], answer["customer"]) == ([], None)


async def test_points_are_given_back_and_moved(two: Store) -> None:
    admin, own = viewer(Role.ADMIN), await whose(two)
    await send(two, viewer(Scope.COMMERCE), REDEEM, customerId=own, points=30)
    [[entry]] = await two.read("MATCH (e:PointEntry {kind: 'REDEEM'}) RETURN e.id")
    given = {"entryId": encode("PointEntry", entry)}
    assert (await send(two, viewer(Scope.COMMERCE), REVERSE, **given))["entries"][0]["points"] == 30
    assert codes(await send(two, viewer(Scope.COMMERCE), REVERSE, **given)) == ["CONFLICT"]
    ends = {name: encode("LoyaltyAccount", account(code)) for name, code in (("fromAccountId", "1"), ("toAccountId", "2"))}
    moved = await send(two, admin, TRANSFER, points=40, reason="口座の統合", **ends)
    assert [each["points"] for each in moved["entries"]] == [-40, 40]
    same = {**ends, "toAccountId": ends["fromAccountId"]}
    assert codes(await send(two, admin, TRANSFER, points=40, reason="a", **same)) == ["CONFLICT"]


async def test_one_key_at_two_doors_at_once_spends_once_and_the_balance_is_never_below_zero(two: Store) -> None:
    own, sent = await whose(two), [{"idempotencyKey": f"door-{place // 2}", "points": 40} for place in range(8)]
    answers = await asyncio.gather(*(send(two, viewer(Scope.COMMERCE), REDEEM, customerId=own, **each) for each in sent))
    assert sorted(code for answer in answers for code in codes(answer)) == ["INSUFFICIENT_POINTS"] * 4
    spent = [entry for entry in await entries(two, account()) if entry[0] == "REDEEM"]
    assert [entry[1] for entry in spent] == [-40, -40]


async def test_a_customer_sees_their_points_and_nobody_elses(two: Store) -> None:
    mine = (await execute(two, MINE, {}, None, viewer(Role.CUSTOMER))).body["data"]["me"]["loyalty"]
    assert (mine["balance"], mine["accounts"][0]["entries"]["totalCount"]) == (100, 1)
    other = encode("LoyaltyAccount", account("2"))
    found = (await execute(two, f'{{ loyaltyAccount(id: "{other}") {{ id }} }}', {}, None, viewer(Role.CUSTOMER))).body
    assert found["data"]["loyaltyAccount"] is None


async def test_who_sees_no_amounts_sees_no_points(two: Store) -> None:
    body = (await execute(two, LOYALTY, {"id": await whose(two)}, None, viewer(Role.FRANCHISE_STAFF))).body
    assert (body.get("data") or {}).get("customer") in (None, {"loyalty": None})


async def test_a_customer_has_their_points_with_their_entries_in_words(two: Store) -> None:
    found = (await execute(two, LOYALTY, {"id": await whose(two)}, None, viewer(Role.ADMIN))).body["data"]["customer"]["loyalty"]
    assert {name: found[name] for name in ("balance", "pending", "debt", "nextExpiry", "rank")} == {
        "balance": 100, "pending": 0, "debt": 0, "nextExpiry": {"points": 100}, "rank": None,
    }  # fmt: skip
    [own] = found["accounts"]
    assert (own["balance"], own["lots"]) == (100, [{"remaining": 100}])
    assert own["entries"]["edges"][0]["node"] == {"kind": "EARN", "sentence": "Earned by order G-1, by the rules: all."}
