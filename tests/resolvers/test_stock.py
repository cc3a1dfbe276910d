"""Stock over GraphQL: where a product is to be had, who may hold, count and move pieces, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.changes.following import NumberedChange
from graph.keys import level_id, product_id, store_id
from graph.store import Store
from resolvers.access.policy import POLICY
from resolvers.access.roles import READING, Role, Scope
from resolvers.engine.ids import encode
from resolvers.engine.planner.readings import Given
from resolvers.execution import execute
from resolvers.live.events import BY_NAME
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.graph.stock.moving import moved, numbers, tell
from tests.resolvers.proof import CountingStore
from tests.resolvers.test_consent_record import viewer_as

CHANGED = NumberedChange(
    7,
    f"InventoryLevel:{level_id('A', 'ginza')}",
    "stock.changed",
    (f"InventoryLevel:{level_id('A', 'ginza')}", f"Product:{product_id('A')}", f"Store:{store_id('ginza')}"),
    (),
    "2026-04-01T00:00:00.000000Z",
)
ADMIN = viewer_as(Role.ADMIN)
MAY = {Role.ADMIN, Role.STEWARD, Role.CALL_CENTER, Role.STORE_STAFF, Role.FRANCHISE_STAFF, Scope.COMMERCE}
A, B = encode("Product", product_id("A")), encode("Product", product_id("B"))
STORES = {code: encode("Store", store_id(code)) for code in ("ginza", "shibuya", "osaka", "hub")}
AVAILABILITY = """
query ($product: ID!, $store: ID, $near: NearInput, $quantity: Int! = 1) {
  product(by: {id: $product}) { availability(storeId: $store, near: $near, quantity: $quantity) {
    here { available onHand committed reserved unavailable incoming countedAt unavailableByReason { reason quantity } }
    stores { distanceMeters level { available store { code openingHours } } }
    warehouses { distanceMeters level { available store { code } } }
    incoming { quantity expectedAt store { code } }
    alternatives { available product { sku } }
  } }
}
"""
OF_STORE = """
query ($store: ID!, $product: ID!) { store(by: {id: $store}) {
  stock(productId: $product) { id available entries { totalCount edges { node { kind quantity occurredAt difference staff } } } }
  transferSuggestions { quantity requests level { product { sku } store { code } } }
  stockRequests { edges { node { outcome quantity product { sku } offered { sku } note customer { id } } } }
} }
"""
MUTATION = """
mutation ($input: %sInput!) { %s(input: $input) { %s userErrors { code message path } } }
"""
HELD = "reservation { id quantity state owner expiresAt level { available } } nearest { store { code } available }"
MOVED = "levels { available onHand store { code } }"
ASKED = "request { id outcome offered { sku } endedAt }"


def place(code: str, latitude: float, longitude: float, kind: str = "SHOP", hours: str | None = "10:00-20:00") -> dict[str, Any]:
    told = {"kind": kind, "hours": hours, "location": {"latitude": latitude, "longitude": longitude}}
    return {**listing("store", code), "data": told}


def listing(kind: str, subject: str) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/master", "id": f"l-{next(numbers)}"}
    return {**envelope, "subject": subject, "time": "2026-03-01T00:00:00Z"}


def product(sku: str, price: str, *categories: str) -> dict[str, Any]:
    return {**listing("product", sku), "data": {"price": price, "currency": "JPY", "categories": list(categories)}}


@pytest.fixture
async def town(store: Store) -> Store:
    await wipe(store)
    await tell(store, place("ginza", 35.671, 139.765), place("shibuya", 35.659, 139.700), place("osaka", 34.702, 135.495))
    await tell(store, place("hub", 35.6, 139.75, "WAREHOUSE", None))
    await tell(store, product("A", "1000", "服", "上着"), product("B", "1200", "服", "上着"), product("C", "5000", "服", "上着"))
    await tell(store, product("D", "900", "服", "靴"))
    await tell(store, moved("RECEIPT", 3, "08:00"), moved("RECEIPT", 9, "08:00", store="osaka"))
    await tell(store, moved("RECEIPT", 4, "08:00", store="shibuya"), moved("RECEIPT", 50, "08:00", store="hub"))
    await tell(store, *(moved("RECEIPT", 2, "08:00", sku=sku) for sku in "BCD"))
    return store


async def ask(graph: Any, query: str, viewer: Any = ADMIN, **variables: Any) -> dict[str, Any]:
    body = (await execute(graph, query, variables, None, viewer)).body
    assert "errors" not in body, body
    return body["data"]


async def do(store: Any, name: str, selection: str, viewer: Any = ADMIN, **given: Any) -> dict[str, Any]:
    """Return the payload of a mutation; its first error where it is forbidden."""
    query = MUTATION % (name[0].upper() + name[1:], name, selection)
    given = {"idempotencyKey": f"key-{next(numbers)}", **given}
    body = (await execute(store, query, {"input": given}, None, viewer)).body
    return body["errors"][0] if "errors" in body else body["data"][name]


def at(code: str, of: str = A) -> dict[str, str]:
    return {"productId": of, "storeId": STORES[code]}


async def test_where_a_product_is_to_be_had_seen_from_a_store_in_one_statement(town: Store) -> None:
    # given
    arriving = {"store": "osaka", "reference": "PO-1", "expectedAt": "2026-12-24T00:00:00Z"}
    await tell(town, moved("RECEIPT", 6, "09:00", **arriving), moved("ADJUSTMENT", 1, "09:00", unavailable="DISPLAY"))
    counting = CountingStore(town)
    # when
    found = (await ask(counting, AVAILABILITY, product=A, store=STORES["ginza"]))["product"]["availability"]
    # then
    assert counting.statements == 1
    assert found["here"] == {
        "available": 2, "onHand": 3, "committed": 0, "reserved": 0, "unavailable": 1, "incoming": 0, "countedAt": None,
        "unavailableByReason": [{"reason": "DISPLAY", "quantity": 1}],
    }  # fmt: skip
    assert [(each["level"]["store"], each["level"]["available"]) for each in found["stores"]] == [
        ({"code": "shibuya", "openingHours": "10:00-20:00"}, 4),
        ({"code": "osaka", "openingHours": "10:00-20:00"}, 9),
    ]
    assert 5_000 < found["stores"][0]["distanceMeters"] < 7_000
    assert [each["level"] for each in found["warehouses"]] == [{"available": 50, "store": {"code": "hub"}}]
    assert found["incoming"] == [{"quantity": 6, "expectedAt": "2026-12-24T00:00:00Z", "store": {"code": "osaka"}}]
    assert found["alternatives"] == [{"available": 2, "product": {"sku": "B"}}]


async def test_seen_from_a_place_the_nearest_store_with_the_quantity_comes_first(town: Store) -> None:
    near = {"latitude": 34.7, "longitude": 135.5}
    found = (await ask(town, AVAILABILITY, product=A, near=near, quantity=4))["product"]["availability"]
    assert [each["level"]["store"]["code"] for each in found["stores"]] == ["osaka", "shibuya"]
    assert (found["here"], found["alternatives"]) == (None, [])


async def test_a_product_that_nobody_has_is_nowhere_and_no_pieces_cannot_be_asked_for(town: Store) -> None:
    await tell(town, product("E", "1", "x"))
    none = encode("Product", product_id("E"))
    found = (await ask(town, AVAILABILITY, product=none, store=STORES["ginza"]))["product"]["availability"]
    assert found == {"here": None, "stores": [], "warehouses": [], "incoming": [], "alternatives": []}
    body = (await execute(town, AVAILABILITY, {"product": A, "quantity": 0}, None, ADMIN)).body
    assert body["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


@pytest.mark.parametrize("role", [*Role, *sorted(READING)])
async def test_everybody_sees_what_is_available(town: Store, role: Role | Scope) -> None:
    found = await ask(town, AVAILABILITY, viewer_as(role), product=A, store=STORES["ginza"])
    assert found["product"]["availability"]["here"]["available"] == 3


@pytest.mark.parametrize("role", [*Role, *sorted(READING)])
@pytest.mark.parametrize(
    ("name", "given", "selection"),
    [
        ("stockReserve", {"owner": "basket-1"}, HELD),
        ("stockCount", {"quantity": 2}, MOVED),
        ("stockMove", {"kind": "ADJUSTMENT", "quantity": -1}, MOVED),
        ("stockRequestRecord", {"outcome": "LOST"}, ASKED),
    ],
)
async def test_who_may_use_the_mutations_of_stock(
    town: Store, role: Role | Scope, name: str, given: dict[str, Any], selection: str
) -> None:
    payload = name[0].upper() + name[1:] + "Payload"
    assert set(POLICY.readers(payload)) == MAY
    before = await fingerprint(town)
    # a dry run changes nothing
    answer = await do(town, name, selection, viewer_as(role), **at("ginza"), **given, dryRun=True)
    assert differences(await fingerprint(town), before) == []
    if role in MAY:
        assert answer["userErrors"] == []
        answer = await do(town, name, selection, viewer_as(role), **at("ginza"), **given)
        assert answer["userErrors"] == []
    else:
        assert answer["extensions"]["code"] == "FORBIDDEN"


async def test_the_staff_of_a_store_act_for_that_store_only(town: Store) -> None:
    clerk = viewer_as(Role.STORE_STAFF)
    held = await do(town, "stockReserve", HELD, **at("osaka"), owner="basket-1")
    asked = await do(town, "stockRequestRecord", ASKED, **at("osaka"))
    for name, selection, given in (
        ("stockReserve", HELD, {**at("osaka"), "owner": "basket-2"}),
        ("stockCount", MOVED, {**at("osaka"), "quantity": 1}),
        ("stockMove", MOVED, {**at("osaka"), "kind": "RECEIPT", "quantity": 1}),
        ("stockRenew", HELD, {"reservationId": held["reservation"]["id"]}),
        ("stockRelease", HELD, {"reservationId": held["reservation"]["id"]}),
        ("stockRequestRecord", ASKED, at("osaka")),
        ("stockRequestEnd", ASKED, {"requestId": asked["request"]["id"], "outcome": "LOST"}),
    ):
        refused = await do(town, name, selection, clerk, **given)
        assert [error["code"] for error in refused["userErrors"]] == ["NOT_FOUND"], name


async def test_what_cannot_be_held_is_refused_with_the_nearest_stores_that_have_it(town: Store) -> None:
    # given
    held = await do(town, "stockReserve", HELD, **at("ginza"), quantity=2, owner="basket-1")
    assert held["reservation"]["level"] == {"available": 1}
    assert (held["reservation"]["state"], held["reservation"]["owner"], held["nearest"]) == ("HELD", "basket-1", [])
    # when
    refused = await do(town, "stockReserve", HELD, **at("ginza"), quantity=2, owner="basket-2")
    # then
    assert refused["reservation"] is None
    assert refused["userErrors"] == [
        {"code": "OUT_OF_STOCK", "message": "Only 1 of these can be promised here.", "path": ["input", "quantity"]}
    ]
    assert [each["store"]["code"] for each in refused["nearest"]] == ["shibuya", "hub", "osaka"]
    # when the first lets go
    own_id = held["reservation"]["id"]
    renewed = await do(town, "stockRenew", HELD, reservationId=own_id, minutes=60)
    assert renewed["reservation"]["expiresAt"] > held["reservation"]["expiresAt"]
    released = await do(town, "stockRelease", HELD, reservationId=own_id)
    assert (released["reservation"]["state"], released["reservation"]["level"]) == ("RELEASED", {"available": 3})
    # then it cannot be renewed
    gone = await do(town, "stockRenew", HELD, reservationId=own_id)
    assert [error["code"] for error in gone["userErrors"]] == ["CONFLICT"]


async def test_a_count_and_its_difference_stand_among_the_entries_of_a_level(town: Store) -> None:
    # when
    counted = await do(town, "stockCount", MOVED, **at("ginza"), quantity=1)
    # then
    assert counted["levels"] == [{"available": 1, "onHand": 1, "store": {"code": "ginza"}}]
    found = (await ask(town, OF_STORE, store=STORES["ginza"], product=A))["store"]["stock"]
    assert found["id"] == encode("InventoryLevel", level_id("A", "ginza"))
    told = [each["node"] for each in found["entries"]["edges"]]
    assert [(each["kind"], each["quantity"], each["difference"], each["staff"]) for each in told] == [
        ("COUNT", 1, -2, "somebody"), ("RECEIPT", 3, None, None),
    ]  # fmt: skip
    assert found["entries"]["totalCount"] == 2


async def test_a_transfer_moves_both_stores(town: Store) -> None:
    given = {**at("osaka"), "kind": "TRANSFER", "quantity": 4, "toStoreId": STORES["ginza"]}
    done = await do(town, "stockMove", MOVED, **given)
    assert sorted((each["store"]["code"], each["available"]) for each in done["levels"]) == [("ginza", 7), ("osaka", 5)]


@pytest.mark.parametrize(
    ("name", "selection", "given", "path"),
    [
        ("stockReserve", HELD, {**at("ginza"), "owner": "b", "quantity": 0}, ["input", "quantity"]),
        ("stockReserve", HELD, {**at("ginza"), "owner": " "}, ["input", "owner"]),
        ("stockReserve", HELD, {**at("ginza"), "owner": "b", "minutes": 0}, ["input", "minutes"]),
        ("stockCount", MOVED, {**at("ginza"), "quantity": -1}, ["input", "quantity"]),
        ("stockCount", MOVED, {**at("ginza"), "quantity": 1, "countedAt": "2099-01-01T00:00:00Z"}, ["input", "countedAt"]),
        ("stockMove", MOVED, {**at("ginza"), "quantity": 1, "kind": "TRANSFER"}, ["input", "toStoreId"]),
        ("stockRequestRecord", ASKED, {**at("ginza"), "quantity": 0}, ["input", "quantity"]),
        ("stockRequestRecord", ASKED, {**at("ginza"), "offeredProductIds": [A] * 11}, ["input", "offeredProductIds"]),
    ],
)
async def test_what_cannot_be_is_refused_with_its_path(
    town: Store, name: str, selection: str, given: dict[str, Any], path: list[str]
) -> None:
    refused = await do(town, name, selection, **given)
    assert [(error["code"], error["path"]) for error in refused["userErrors"]] == [("INVALID_INPUT", path)]


async def test_requests_that_met_no_stock_suggest_a_transfer_until_they_are_saved(town: Store) -> None:
    # given
    given = {**at("shibuya", B), "quantity": 3, "offeredProductIds": [A], "note": "赤を希望"}
    asked = [await do(town, "stockRequestRecord", ASKED, **given) for _ in range(2)]
    assert asked[0]["request"]["offered"] == [{"sku": "A"}]
    # when
    found = (await ask(town, OF_STORE, store=STORES["shibuya"], product=B))["store"]
    # then one of the two pieces in Ginza stays there
    suggested = {"quantity": 1, "requests": 2, "level": {"product": {"sku": "B"}, "store": {"code": "ginza"}}}
    assert found["transferSuggestions"] == [suggested]
    assert [each["node"]["note"] for each in found["stockRequests"]["edges"]] == ["赤を希望", "赤を希望"]
    # when both were saved
    for each in asked:
        done = await do(town, "stockRequestEnd", ASKED, requestId=each["request"]["id"], outcome="SAVED")
        assert (done["request"]["outcome"], done["request"]["endedAt"] is not None) == ("SAVED", True)
    # then
    assert (await ask(town, OF_STORE, store=STORES["shibuya"], product=B))["store"]["transferSuggestions"] == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, True),
        ({"productId": A}, True),
        ({"productId": B}, False),
        ({"storeIds": [STORES["osaka"], STORES["ginza"]]}, True),
        ({"storeIds": [STORES["osaka"]]}, False),
        ({"productId": A, "storeIds": []}, False),
    ],
)
def test_who_follows_stock_is_told_of_the_product_and_the_stores_that_were_asked_for(given: dict[str, Any], told: bool) -> None:
    subscription = BY_NAME["stockChanged"]
    assert subscription.wanted(Given(given, ADMIN), CHANGED) is told
    assert subscription.told(CHANGED) == {"level": level_id("A", "ginza")}
    assert not subscription.wanted(Given({}, ADMIN), replace(CHANGED, type="product.changed"))
