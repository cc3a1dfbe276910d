"""Baskets, seen-lists and offers over GraphQL: one over all doors, changed as it was read, handed over, and who may."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from graph.baskets.following import follow_order
from graph.keys import store_id
from graph.store import Store
from resolvers.access.roles import Role, Scope
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from tests.conftest import wipe
from tests.graph.baskets.shopping import INK, PEN, opened, shop
from tests.graph.coupons.giving_out import customer
from tests.graph.orders.selling import SHOP, order, order_id, tell
from tests.resolvers.test_cases import ask
from tests.resolvers.test_coupons import do

pytestmark = pytest.mark.anyio

numbers = count()
OPERATOR = Viewer("op-1", frozenset({Role.CALL_CENTER}))
WEB_SHOP = Viewer("web-shop", scopes=frozenset({Scope.COMMERCE}))
GINZA = Viewer("clerk-1", frozenset({Role.STORE_STAFF}), stores=frozenset({"ginza"}))
UMEDA = Viewer("clerk-2", frozenset({Role.STORE_STAFF}), stores=frozenset({"umeda"}))
HANAKO = Viewer("hanako", frozenset({Role.CUSTOMER}), record=f"{SHOP}:1")
TARO = Viewer("taro", frozenset({Role.CUSTOMER}), record=f"{SHOP}:2")
MARKETING = Viewer("marketing-1", frozenset({Role.MARKETING}))
BASKET = "basket { version lines { product { sku } quantity channel store { code } changedBy } }"
READ = "query($id: ID!) { customer(by: {id: $id}) { " + BASKET + " } }"
PEN_ID, INK_ID = (ids.encode("Product", raw) for raw in (PEN, INK))
HERE = {"channel": "STORE", "storeId": ids.encode("Store", store_id("ginza"))}
OFFER = "offer { id state text product { sku } madeBy channel answeredChannel answeredStore { code } until note } "


@pytest.fixture
async def graph(store: Store) -> Store:
    """Two customers; Hanako has bought in Ginza."""
    await wipe(store)
    await opened(store, "1", "2")
    await tell(store, shop("umeda"), order("G-1", store="ginza", channel="STORE"))
    return store


async def hanako(store: Store) -> str:
    return ids.encode("Customer", await customer(store))


async def basket(store: Store, viewer: Viewer = OPERATOR) -> Any:
    return (await ask(store, READ, viewer, id=await hanako(store)))["customer"]["basket"]


async def change(store: Store, viewer: Viewer, *lines: dict[str, Any], **more: Any) -> Any:
    given = {"customerId": await hanako(store), "lines": list(lines), "channel": "WEB", **more}
    return await do(store, "basketChange", BASKET, viewer, **given)


def shown(basket: Any) -> dict[str, int]:
    return {line["product"]["sku"]: line["quantity"] for line in basket["lines"]}


async def test_the_web_adds_two_and_the_shop_that_has_read_the_same_version_is_shown_the_lines_of_now(graph: Store) -> None:
    version = (await basket(graph))["version"]

    first = await change(graph, WEB_SHOP, {"productId": PEN_ID, "quantity": 2}, version=version)
    second = await change(graph, GINZA, {"productId": PEN_ID, "quantity": 1}, version=version, **HERE)

    assert (shown(first["basket"]), first["userErrors"]) == ({"PEN-1": 2}, [])
    assert second["userErrors"] == [{"code": "BASKET_CHANGED", "path": ["input", "version"]}]
    assert second["basket"]["version"] == first["basket"]["version"]
    assert shown(second["basket"]) == {"PEN-1": 2}
    third = await change(graph, GINZA, {"productId": PEN_ID, "quantity": 1}, version=second["basket"]["version"], **HERE)
    assert third["basket"]["lines"] == [
        {"product": {"sku": "PEN-1"}, "quantity": 1, "channel": "STORE", "store": {"code": "ginza"}, "changedBy": "clerk-1"}
    ]


@pytest.mark.parametrize("viewer", [OPERATOR, WEB_SHOP, GINZA, HANAKO], ids=lambda each: each.name)
async def test_every_door_reads_and_changes_the_same_basket(graph: Store, viewer: Viewer) -> None:
    await change(graph, WEB_SHOP, {"productId": INK_ID, "add": 1})

    answer = await change(graph, viewer, {"productId": PEN_ID, "add": 2})

    assert answer["userErrors"] == []
    assert shown(await basket(graph, viewer)) == {"INK-1": 1, "PEN-1": 2}


@pytest.mark.parametrize("viewer", [UMEDA, TARO], ids=lambda each: each.name)
async def test_who_may_not_read_the_customer_changes_hands_over_offers_and_notes_nothing_of_theirs(
    graph: Store, viewer: Viewer
) -> None:
    whose = {"customerId": await hanako(graph), "channel": "WEB"}
    made = await do(graph, "offerMake", "offer { id }", OPERATOR, **whose, productId=PEN_ID)
    tried = [
        await change(graph, viewer, {"productId": PEN_ID, "add": 2}),
        await do(graph, "basketHandOver", "handover { id }", viewer, **whose, version="any"),
        await do(graph, "productsMarkSeen", "customer { id }", viewer, **whose, productIds=[PEN_ID]),
        await do(graph, "offerAnswer", "offer { id }", viewer, offerId=made["offer"]["id"], answer="DECLINED", channel="WEB"),
    ]

    assert [[error["code"] for error in each["userErrors"]] for each in tried] == [["NOT_FOUND"]] * 4
    assert shown(await basket(graph)) == {}


async def test_staff_of_a_store_act_at_their_own(graph: Store) -> None:
    elsewhere = {"channel": "STORE", "storeId": ids.encode("Store", store_id("umeda"))}

    answer = await change(graph, GINZA, {"productId": PEN_ID, "add": 2}, **elsewhere)

    assert answer["userErrors"] == [{"code": "NOT_FOUND", "path": ["input", "storeId"]}]


async def test_what_a_customer_does_is_withheld_from_who_sees_no_activity_and_who_did_it_from_themselves(graph: Store) -> None:
    await change(graph, OPERATOR, {"productId": PEN_ID, "add": 2}, channel="PHONE")

    [line] = (await basket(graph, HANAKO))["lines"]

    assert (line["changedBy"], line["quantity"]) == (None, 2)


@pytest.mark.parametrize(
    ("lines", "code", "path"),
    [
        ([{"productId": PEN_ID}], "INVALID_INPUT", ["lines", "0"]),
        ([{"productId": PEN_ID, "quantity": 1, "add": 1}], "INVALID_INPUT", ["lines", "0"]),
        ([{"productId": PEN_ID, "add": 1}, {"productId": PEN_ID, "add": 1}], "INVALID_INPUT", ["lines", "0"]),
        ([{"productId": PEN_ID, "quantity": 1}], "INVALID_INPUT", ["version"]),
        ([{"productId": PEN_ID, "add": 0}], "INVALID_INPUT", ["lines", "0", "add"]),
        ([], "INVALID_INPUT", ["lines"]),
        ([{"productId": ids.encode("Product", "none"), "add": 1}], "NOT_FOUND", ["lines", "0", "productId"]),
        ([{"productId": ids.encode("Order", "none"), "add": 1}], "INVALID_INPUT", ["lines", "0", "productId"]),
    ],
)
async def test_what_cannot_be_read_is_refused_with_its_path(
    graph: Store, lines: list[dict[str, Any]], code: str, path: list[str]
) -> None:
    answer = await change(graph, WEB_SHOP, *lines)

    assert answer == {"basket": None, "userErrors": [{"code": code, "path": ["input", *path]}]}


async def test_a_dry_run_shows_the_basket_as_it_would_be(graph: Store) -> None:
    answer = await change(graph, WEB_SHOP, {"productId": PEN_ID, "add": 2}, dryRun=True)

    assert shown(answer["basket"]) == {"PEN-1": 2}
    assert shown(await basket(graph)) == {}


async def test_a_basket_is_handed_over_and_the_order_that_names_its_reference_takes_it_out(graph: Store) -> None:
    added = await change(graph, WEB_SHOP, {"productId": PEN_ID, "add": 2}, {"productId": INK_ID, "add": 1})
    answer = await do(
        graph,
        "basketHandOver",
        "handover { id reference lines { product { sku } quantity } orderedAt customer { id } } " + BASKET,
        WEB_SHOP,
        customerId=await hanako(graph),
        channel="WEB",
        version=added["basket"]["version"],
    )
    handover = answer["handover"]
    assert [(line["product"]["sku"], line["quantity"]) for line in handover["lines"]] == [("INK-1", 1), ("PEN-1", 2)]
    assert (handover["orderedAt"], handover["customer"]) == (None, {"id": await hanako(graph)})
    assert shown(answer["basket"]) == {"PEN-1": 2, "INK-1": 1}

    await tell(graph, order("W-1", {"sku": "PEN-1", "quantity": 2, "amount": "1000"}, basket=handover["reference"]))
    await follow_order(graph, order_id("W-1"))

    document = (
        "query($id: ID!, $own: ID!) { node(id: $own) { ... on BasketHandover { orderedAt order { number } } } "
        "customer(by: {id: $id}) { basket { lines { quantity } handovers { order { number } } } } }"
    )
    found = await ask(graph, document, OPERATOR, id=await hanako(graph), own=handover["id"])
    assert (found["node"]["order"], found["node"]["orderedAt"] is not None) == ({"number": "W-1"}, True)
    assert found["customer"]["basket"] == {"lines": [], "handovers": [{"order": {"number": "W-1"}}]}
    assert (await ask(graph, document, TARO, id=await hanako(graph), own=handover["id"])) == {"node": None, "customer": None}


async def test_what_somebody_looked_at_stands_once_whether_a_visit_or_a_door_tells_of_it(graph: Store) -> None:
    envelope = {"specversion": "1.0", "type": "customer360.interaction.v1", "source": SHOP, "id": "visit-1", "subject": "v-1"}
    pages = [{"url": "/pens", "sku": "PEN-1"}, {"url": "/inks", "sku": "INK-1"}, {"url": "/top"}]
    by = {"record": {"source": SHOP, "subject": "1"}}
    visit = {"kind": "WEB_SESSION", "pages": pages, "by": by}
    await tell(graph, {**envelope, "time": "2026-05-01T00:00:00Z", "data": visit})
    told = {"customerId": await hanako(graph), "channel": "STORE", "productIds": [INK_ID]}
    shown_ = (
        "customer { seenProducts(first: 1) { totalCount edges { node { product { sku } channel } } pageInfo { endCursor } } }"
    )

    answer = await do(graph, "productsMarkSeen", shown_, GINZA, **told)

    first = answer["customer"]["seenProducts"]
    assert (first["totalCount"], first["edges"]) == (2, [{"node": {"product": {"sku": "INK-1"}, "channel": "STORE"}}])
    document = (
        "query($id: ID!, $after: String) { customer(by: {id: $id}) "
        "{ seenProducts(after: $after) { edges { node { seenAt channel product { sku } } } } } }"
    )
    rest = await ask(graph, document, HANAKO, id=await hanako(graph), after=first["pageInfo"]["endCursor"])
    [edge] = rest["customer"]["seenProducts"]["edges"]
    assert edge["node"] == {"seenAt": "2026-05-01T00:00:00Z", "channel": "WEB", "product": {"sku": "PEN-1"}}


async def test_an_offer_that_was_declined_at_one_door_is_warned_of_at_every_other(graph: Store) -> None:
    whose = {"customerId": await hanako(graph), "productId": PEN_ID}
    made = await do(graph, "offerMake", OFFER + "declinedBefore { id }", WEB_SHOP, **whose, channel="WEB")
    assert made["declinedBefore"] is None

    answered = await do(graph, "offerAnswer", OFFER, GINZA, offerId=made["offer"]["id"], answer="DECLINED", note="試験", **HERE)
    warned = [
        await do(graph, "offerMake", OFFER + "declinedBefore { id answeredChannel }", who, **whose, channel=channel, dryRun=True)
        for who, channel in ((OPERATOR, "PHONE"), (GINZA, "STORE"), (WEB_SHOP, "APP"))
    ]

    told = answered["offer"]
    assert (told["state"], told["answeredChannel"], told["answeredStore"]) == ("DECLINED", "STORE", {"code": "ginza"})
    assert [each["declinedBefore"] for each in warned] == [{"id": told["id"], "answeredChannel": "STORE"}] * 3
    offers = "query($id: ID!) { customer(by: {id: $id}) { offers { totalCount edges { node { state note } } } } }"
    found = (await ask(graph, offers, HANAKO, id=whose["customerId"]))["customer"]["offers"]
    assert found == {"totalCount": 1, "edges": [{"node": {"state": "DECLINED", "note": None}}]}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({}, "productId"),
        ({"productId": PEN_ID, "text": "試験"}, "productId"),
        ({"text": " "}, "text"),
        ({"text": "あ" * 201}, "text"),
    ],
)
async def test_one_thing_is_offered(graph: Store, given: dict[str, Any], path: str) -> None:
    answer = await do(graph, "offerMake", "offer { id }", OPERATOR, customerId=await hanako(graph), channel="PHONE", **given)

    assert answer == {"offer": None, "userErrors": [{"code": "INVALID_INPUT", "path": ["input", path]}]}


async def test_an_answer_for_later_has_its_time_and_a_no_is_for_good(graph: Store) -> None:
    made = await do(graph, "offerMake", OFFER, OPERATOR, customerId=await hanako(graph), channel="PHONE", text="修理のご案内")
    answer = {"offerId": made["offer"]["id"], "channel": "PHONE"}

    later = await do(graph, "offerAnswer", OFFER, OPERATOR, **answer, answer="LATER", until="2099-04-01T09:00:00+09:00")
    await do(graph, "offerAnswer", OFFER, HANAKO, **answer, answer="DECLINED")
    again = await do(graph, "offerAnswer", OFFER, OPERATOR, **answer, answer="ACCEPTED")

    assert (later["offer"]["state"], later["offer"]["until"]) == ("LATER", "2099-04-01T00:00:00Z")
    assert again["userErrors"] == [{"code": "CONFLICT", "path": ["input", "offerId"]}]


async def test_who_only_counts_reads_no_offer_of_anybody(graph: Store) -> None:
    document = "query($id: ID!) { node(id: $id) { ... on Offer { state } } }"
    made = await do(graph, "offerMake", "offer { id }", OPERATOR, customerId=await hanako(graph), channel="PHONE", text="試験")

    assert (await ask(graph, document, GINZA, id=made["offer"]["id"]))["node"] == {"state": "OPEN"}
    assert (await ask(graph, document, UMEDA, id=made["offer"]["id"]))["node"] is None
    with pytest.raises(AssertionError):
        await ask(graph, document, MARKETING, id=made["offer"]["id"])
