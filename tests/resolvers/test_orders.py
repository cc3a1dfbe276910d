"""Orders over GraphQL: bought on the web, picked up in one store, returned in another; who may do it, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from graph.keys import store_id
from graph.store import Store
from resolvers.access.policy import POLICY
from resolvers.access.roles import READING, Role, Scope
from resolvers.access.viewer import Viewer
from resolvers.engine.ids import encode
from resolvers.execution import execute
from tests.conftest import wipe
from tests.graph.orders.selling import SHOP, order, order_id, tell
from tests.graph.resolution.fingerprint import fingerprint

pytestmark = pytest.mark.anyio

keys: Iterator[int] = count()
SHIRTS, SOCKS = {"sku": "SHIRT-M", "quantity": 2, "amount": "6000"}, {"sku": "SOCKS", "amount": "500"}
COUNTER = frozenset({"G1"})
CLERK = Viewer("clerk-1", frozenset({Role.STORE_STAFF}), stores=COUNTER)
ELSEWHERE = Viewer("clerk-2", frozenset({Role.STORE_STAFF}), stores=frozenset({"G2"}))
ADMIN = Viewer("admin-1", frozenset({Role.ADMIN}))
WEB_SHOP = Viewer("web-shop", frozenset(), frozenset({Scope.COMMERCE}))
SELLING = {Role.ADMIN, Role.STEWARD, Role.CALL_CENTER, Role.STORE_STAFF, Role.FRANCHISE_STAFF, Scope.COMMERCE}
PICKUP = "order { state } fulfillment { id kind state pickupCode expiresAt checked steps { state by } store { code } }"
PATH = """
query ($id: ID!) {
  order(by: {id: $id}) {
    state returned { amount currency }
    lines { edges { node { number quantity returnedQuantity } } }
    fulfillments { kind state lines { quantity line { number } } store { code } order { id } }
    returns { orderNumber reason store { code } lines { quantity restocked amount { amount } line { number } } }
  }
}
"""


@pytest.fixture(scope="module")
async def town(store: Store) -> Store:
    await wipe(store)
    told = {"specversion": "1.0", "type": "customer360.store.v1", "source": "/hq", "time": "2026-01-01T00:00:00Z"}
    rules: dict[str, dict[str, Any]] = {"G1": {"pickupLeadHours": 4}, "G2": {"pickupDays": 3}}
    await tell(store, *({**told, "id": code, "subject": code, "data": rule} for code, rule in rules.items()))
    return store


async def ask(store: Store, document: str, viewer: Viewer, **variables: Any) -> Any:
    body = (await execute(store, document, variables, None, viewer)).body
    assert "errors" not in body, body
    return body["data"]


async def do(store: Store, name: str, viewer: Viewer, shown: str = PICKUP, /, **given: Any) -> Any:
    document = (
        f"mutation($input: {name[0].upper()}{name[1:]}Input!) "
        f"{{ {name}(input: $input) {{ {shown} userErrors {{ code message path }} }} }}"
    )
    return (await ask(store, document, viewer, input={"idempotencyKey": f"o{next(keys)}", **given}))[name]


def at(code: str) -> str:
    return encode("Store", store_id(code))


def of(subject: str) -> str:
    return encode("Order", order_id(subject))


def in_hours(hours: int) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


async def test_bought_on_the_web_picked_up_in_one_store_and_half_returned_in_another(town: Store) -> None:
    await tell(town, order("W-1", SHIRTS, SOCKS, channel="WEB", store="web", status="PLACED"))
    soon = await do(town, "pickupRequest", WEB_SHOP, orderId=of("W-1"), storeId=at("G1"), slot=in_hours(3))
    assert (soon["fulfillment"], soon["userErrors"][0]["path"]) == (None, ["input", "slot"])

    asked = await do(town, "pickupRequest", WEB_SHOP, orderId=of("W-1"), storeId=at("G1"), slot=in_hours(5))
    pickup, code = asked["fulfillment"]["id"], asked["fulfillment"]["pickupCode"]
    assert (asked["order"], asked["fulfillment"]["state"], len(code)) == ({"state": "OPEN"}, "REQUESTED", 6)
    await do(town, "pickupAllocate", CLERK, fulfillmentId=pickup)
    ready = await do(town, "pickupReady", CLERK, fulfillmentId=pickup)
    assert (ready["fulfillment"]["state"], ready["fulfillment"]["pickupCode"]) == ("READY_FOR_PICKUP", None)
    wrong = await do(town, "pickupHandOver", CLERK, fulfillmentId=pickup, code="wrong")
    assert wrong["userErrors"] == [
        {"code": "CONFLICT", "message": "This is not the code. Tries left: 4.", "path": ["input", "code"]}
    ]
    given = await do(town, "pickupHandOver", CLERK, fulfillmentId=pickup, code=code)
    assert (given["order"], given["fulfillment"]["checked"]) == ({"state": "FULFILLED"}, "CODE")
    assert [step["state"] for step in given["fulfillment"]["steps"]] == [
        "REQUESTED", "ALLOCATED", "READY_FOR_PICKUP", "PICKED_UP",
    ]  # fmt: skip
    back = {"orderId": of("W-1"), "storeId": at("G2"), "reason": "too small"}
    lines = [{"line": 1}, {"line": 2, "restocked": False}]
    taken = await do(town, "orderReturn", ELSEWHERE, "order { state } returned { id }", **back, lines=lines)
    assert (taken["order"], taken["userErrors"]) == ({"state": "PARTLY_RETURNED"}, [])
    more = await do(town, "orderReturn", ELSEWHERE, "order { state }", **back, lines=[{"line": 1}, {"line": 2}])
    assert (more["order"], more["userErrors"][0]["path"]) == (None, ["input", "lines", "1", "quantity"])

    found = (await ask(town, PATH, ADMIN, id=of("W-1")))["order"]

    assert (found["state"], found["returned"]) == ("PARTLY_RETURNED", {"amount": "3500", "currency": "JPY"})
    assert [edge["node"] for edge in found["lines"]["edges"]] == [
        {"number": 1, "quantity": 2, "returnedQuantity": 1},
        {"number": 2, "quantity": 1, "returnedQuantity": 1},
    ]
    everything = [{"quantity": 2, "line": {"number": 1}}, {"quantity": 1, "line": {"number": 2}}]
    assert found["fulfillments"] == [
        {"kind": "PICKUP", "state": "PICKED_UP", "lines": everything, "store": {"code": "G1"}, "order": {"id": of("W-1")}}
    ]
    assert found["returns"] == [
        {
            "orderNumber": "W-1",
            "reason": "too small",
            "store": {"code": "G2"},
            "lines": [
                {"quantity": 1, "restocked": True, "amount": {"amount": "3000"}, "line": {"number": 1}},
                {"quantity": 1, "restocked": False, "amount": {"amount": "500"}, "line": {"number": 2}},
            ],
        }
    ]


TIMELINE = """
query ($key: ID!) {
  node(id: $key) { ... on Order { customer { stores: favouriteStore { code }
    timeline(first: 10) { edges { node { kind summary(language: EN) } } } } } }
}
"""


async def test_the_order_stands_once_on_the_timeline_of_its_customer_and_what_came_back_beside_it(town: Store) -> None:
    await tell(town, order("W-2", SOCKS, by="line-2", status="PLACED"))
    await do(town, "orderReturn", ELSEWHERE, "order { id }", orderId=of("W-2"), storeId=at("G2"), lines=[{"line": 1}])

    document = TIMELINE.replace("stores: favouriteStore { code }", "id")
    found = (await ask(town, document, ADMIN, key=of("W-2")))["node"]["customer"]["timeline"]["edges"]

    assert [(edge["node"]["kind"], edge["node"]["summary"]) for edge in found] == [
        ("RETURN", "Return · W-2"),
        ("ORDER", "Order · W-2 · ¥500 · placed"),
    ]


async def test_an_order_is_named_by_its_number_and_by_its_source_where_several_systems_number_alike(town: Store) -> None:
    other = {**order("W-77", SOCKS), "source": "/other-till"}
    await tell(town, order("W-77", SOCKS), other, order("W-78", SOCKS))

    async def back(**named: Any) -> tuple[Any, Any]:
        selection = "order { source } userErrors { code path message }"
        told = await do(town, "orderReturn", ELSEWHERE, selection, storeId=at("G2"), lines=[{"line": 1}], dryRun=True, **named)
        return told["order"], [(each["code"], each["path"], each["message"]) for each in told["userErrors"]]

    refused, [(code, path, message)] = await back(order={"number": "w77"})
    assert (refused, code, path) == (None, "CONFLICT", ["input", "order", "source"])
    assert "/other-till, /shop" in message
    assert await back(order={"number": "#W-77", "source": "/other-till"}) == ({"source": "/other-till"}, [])
    assert await back(order={"number": "W-78"}) == ({"source": "/shop"}, [])
    for named, where in (
        ({"order": {"number": "W-404"}}, ["input", "order", "number"]),
        ({"order": {"number": "W-77", "source": "/nobody"}}, ["input", "order", "number"]),
        ({}, ["input", "orderId"]),
        ({"orderId": of("W-78"), "order": {"number": "W-78"}}, ["input", "orderId"]),
    ):
        assert [each[1] for each in (await back(**named))[1]] == [where]
    asked = await do(town, "pickupRequest", CLERK, "order { number }", storeId=at("G1"), order={"number": "W-78"}, dryRun=True)
    assert (asked["order"], asked["userErrors"]) == ({"number": "W-78"}, [])


SHELF = """
query ($id: ID!, $after: String) {
  store(by: {id: $id}) {
    pickupDays pickupLeadHours
    pickups(first: 2, after: $after) {
      totalCount edges { node { state since order { number } } } pageInfo { hasNextPage endCursor }
    }
  }
}
"""


async def test_the_shelf_of_a_store_tells_what_waits_there_the_longest_first(town: Store) -> None:
    for place in range(3):
        pickup = {"method": "PICKUP", "store": "G2", "status": "READY"}
        placed = f"2099-07-0{place + 1}T00:00:00Z"
        await tell(town, order(f"S-{place}", SOCKS, by="shelf", time=placed, fulfillments=[pickup]))

    first = (await ask(town, SHELF, ELSEWHERE, id=at("G2")))["store"]
    second = (await ask(town, SHELF, ELSEWHERE, id=at("G2"), after=first["pickups"]["pageInfo"]["endCursor"]))["store"]

    assert (first["pickupDays"], first["pickupLeadHours"], first["pickups"]["totalCount"]) == (3, 0, 3)
    numbers = [edge["node"]["order"]["number"] for page in (first, second) for edge in page["pickups"]["edges"]]
    assert numbers == ["S-0", "S-1", "S-2"]
    other = (await ask(town, SHELF, CLERK, id=at("G2")))["store"]["pickups"]
    assert (other["totalCount"], other["edges"]) == (0, []), "another store's shelf is not theirs"


async def test_what_has_waited_for_too_long_is_told_to_have_ended_though_nobody_has_noted_it_yet(town: Store) -> None:
    pickup = {"method": "PICKUP", "store": "G2", "status": "READY"}
    await tell(town, order("E-1", SOCKS, time="2026-07-01T00:00:00Z", fulfillments=[pickup]))

    [found] = (await ask(town, PATH, ADMIN, id=of("E-1")))["order"]["fulfillments"]

    assert found["state"] == "EXPIRED"


@pytest.mark.parametrize("role", [*Role, *sorted(READING)])
async def test_who_may_take_goods_back_and_hand_them_over(town: Store, role: Role | Scope) -> None:
    assert (POLICY.may_read(frozenset({role}), "OrderReturnPayload"), role in SELLING) in ((True, True), (False, False))
    roles, scopes = (frozenset[str](), frozenset({role})) if isinstance(role, Scope) else (frozenset({role}), frozenset[str]())
    viewer = Viewer("somebody", roles, scopes, COUNTER)
    await tell(town, order(f"M-{role}", SOCKS))
    document = "mutation($input: OrderReturnInput!) { orderReturn(input: $input) { order { id } userErrors { code path } } }"
    for store, expected in (("G1", of(f"M-{role}")), ("G2", None)):
        given = {"idempotencyKey": f"m{next(keys)}", "orderId": of(f"M-{role}"), "storeId": at(store), "lines": [{"line": 1}]}
        body = (await execute(town, document, {"input": {**given, "dryRun": True}}, None, viewer)).body
        if role not in SELLING:
            assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        elif store == "G1" or role not in (Role.STORE_STAFF, Role.FRANCHISE_STAFF):
            assert body["data"]["orderReturn"]["userErrors"] == []
        else:
            assert body["data"]["orderReturn"] == {
                "order": expected, "userErrors": [{"code": "NOT_FOUND", "path": ["input", "storeId"]}],
            }  # fmt: skip


async def test_a_dry_run_leaves_the_graph_as_it_was_and_tries_no_code(town: Store) -> None:
    await tell(town, order("D-1", SHIRTS, fulfillments=[{"method": "PICKUP", "store": "G1", "status": "READY", "code": "77"}],
                           time=in_hours(-1)))  # fmt: skip
    [shown] = (await ask(town, PATH.replace("kind state", "id kind state"), ADMIN, id=of("D-1")))["order"]["fulfillments"]
    before = await fingerprint(town)

    tried = await do(town, "pickupHandOver", CLERK, fulfillmentId=shown["id"], code="77", dryRun=True)
    given = await do(town, "pickupHandOver", CLERK, fulfillmentId=shown["id"], identityChecked=True, dryRun=True)

    assert tried["userErrors"][0]["path"] == ["input", "dryRun"]
    assert given["fulfillment"]["state"] == "PICKED_UP"
    assert await fingerprint(town) == before


async def test_who_checks_a_code_does_not_read_it_and_the_customer_does(town: Store) -> None:
    told = {"method": "PICKUP", "store": "G1", "code": "4711", "gift": True}
    await tell(town, order("C-1", SOCKS, by="c-1", fulfillments=[told]))
    document = "query ($id: ID!) { order(by: {id: $id}) { fulfillments { pickupCode attributes } } }"
    hers = Viewer("hanako", frozenset({Role.CUSTOMER}), record=f"{SHOP}:c-1")

    seen = [(await ask(town, document, viewer, id=of("C-1")))["order"]["fulfillments"] for viewer in (ADMIN, CLERK, hers)]

    assert seen == [
        [{"pickupCode": "4711", "attributes": told}],
        [{"pickupCode": None, "attributes": {"method": "PICKUP", "store": "G1", "gift": True}}],
        [{"pickupCode": "4711", "attributes": None}],
    ]
