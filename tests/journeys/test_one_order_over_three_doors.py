"""The story of one order over three doors: bought online with a coupon, picked up in one store, half returned in another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.store import Store
from tests.admin.people import event, mail, person, phone
from tests.running import Running, running

PROGRAMME = "currency: JPY\nreturn_days: 14\nrules: [{name: base, per: 100, points: 1}]\n"
ACCOUNT, NUMBER = "U-door", "DOOR-1"
MAIL = "doors@example.jp"
HAT = {"line": 1, "sku": "SKU-DOOR", "name": "試験の帽子", "quantity": 2, "unitPrice": "6000", "amount": "12000"}
SOLD = {
    "status": "PLACED", "channel": "WEB", "store": "web", "currency": "JPY", "lines": [HAT],
    "discount": "1200", "total": "10800", "couponCodes": ["DOORS-10"], "by": {"record": {"source": "/ec", "subject": ACCOUNT}},
}  # fmt: skip
STANDING = """
query Standing($number: String!, $mail: String!) {
  order(by: {number: $number}) {
    id state fulfillments { id kind state pickupCode store { code } } returned { amount }
    returns { store { code } reason lines { quantity restocked amount { amount } } }
    coupons { state amount { amount } coupon { code usedCount } }
    lines { edges { node { quantity returnedQuantity } } }
  }
  customer(by: {email: $mail}) {
    loyalty { balance pending debt accounts { entries { edges { node { kind points pending order { number } } } } } }
    timeline(first: 20) { edges { node { kind ... on Order { number } ... on Return { orderNumber } } } }
  }
}
"""
WHO = "query ($mail: String!) { customer(by: {email: $mail}) { id } }"
LEVEL = "query ($sku: String!, $code: String!) { product(by: {sku: $sku}) { id } store(by: {code: $code}) { id } }"
STOCK = """
query ($store: String!, $product: ID!) {
  store(by: {code: $store}) { stock(productId: $product) { onHand committed available } }
}
"""


def an_hour_ago() -> str:
    """Points of what was bought just now are pending until it can no longer be returned."""
    return (datetime.now(UTC) - timedelta(hours=1)).isoformat()


@dataclass(frozen=True, slots=True)
class Doors:
    """The server, and the ids that clients hold: of the hat, and of the stores by their codes."""

    server: Running
    hat: str
    stores: dict[str, str]

    async def done(self, mutation: str, key: str, role: str, store: str = "", **given: Any) -> None:
        """Do it as whoever stands behind that counter; it is not refused."""
        kind = mutation[0].upper() + mutation[1:]
        document = f"mutation Do($input: {kind}Input!) {{ {mutation}(input: $input) {{ userErrors {{ message }} }} }}"
        claims = {"stores": [store]} if store else {}
        answer = await self.server.ask(document, role, claims, input={"idempotencyKey": key, **given})
        assert answer["data"][mutation]["userErrors"] == []

    async def standing(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the order and the customer as everybody reads them now."""
        data = (await self.server.ask(STANDING, number=NUMBER, mail=MAIL))["data"]
        return data["order"], data["customer"]

    async def stock(self, store: str) -> dict[str, int]:
        return (await self.server.ask(STOCK, store=store, product=self.hat))["data"]["store"]["stock"]

    async def until_followed(self, *, pending: int, **stock: dict[str, int]) -> None:
        """Wait for what follows an order by itself: points that are pending, and the stock of each store."""
        async with asyncio.timeout(60):
            while {store: await self.stock(store) for store in stock} != stock:
                await asyncio.sleep(0.05)
            while (await self.standing())[1]["loyalty"]["pending"] != pending:
                await asyncio.sleep(0.05)


@pytest.fixture
async def doors(store: Store, tmp_path: Path) -> AsyncIterator[Doors]:
    """Two stores with hats, a coupon of 10 percent, a point for each 100 yen, and a customer of the web shop with a card."""
    (tmp_path / "points.yaml").write_text(PROGRAMME, "utf-8")
    settings: dict[str, Any] = {"points_file": tmp_path / "points.yaml", "stock_of_orders": {"/ec": "depot"}}
    async with running(store, tmp_path, **settings) as server:
        early = "2026-01-10T10:00:00+09:00"
        names = {"ginza": "試験銀座店", "yokohama": "試験横浜店"}
        counts = {"ginza": 5, "yokohama": 2}
        member = {"name": {"full": "試験 花子"}, "identifiers": [phone("090-5555-0911"), mail(MAIL, verified=True)]}
        await server.post(
            [
                *(event("store", "/erp", f"s-{code}", early, {"name": name, "kind": "SHOP"}, subject=code)
                  for code, name in names.items()),
                event("product", "/erp", "p-door", early, {"name": "試験の帽子", "price": "6000", "currency": "JPY"},
                      subject="SKU-DOOR"),
                *(event("inventory", "/wms", f"count-{code}", early,
                        {"kind": "COUNT", "sku": "SKU-DOOR", "store": code, "quantity": pieces})
                  for code, pieces in counts.items()),
                person(ACCOUNT, member),
                person("M-door", member, source="/pos"),
            ]
        )  # fmt: skip
        found = {code: (await server.ask(LEVEL, sku="SKU-DOOR", code=code))["data"] for code in names}
        hat: str = found["ginza"]["product"]["id"]
        yield Doors(server, hat, {code: each["store"]["id"] for code, each in found.items()})


async def test_bought_online_picked_up_in_one_store_and_half_returned_in_another(doors: Doors) -> None:
    # Given a coupon for everybody, and an order of two hats that was placed online with it
    await doors.done("couponPut", "door-coupon", "admin", code="DOORS-10", name="試験の10%引き", percent=10, forAll=True)
    using: dict[str, Any] = {
        "codes": ["DOORS-10"],
        "channel": "WEB",
        "currency": "JPY",
        "order": {"source": "/ec", "subject": NUMBER},
    }
    basket = [{"number": 1, "sku": "SKU-DOOR", "amount": "12000"}]
    customer = (await doors.server.ask(WHO, mail=MAIL))["data"]["customer"]["id"]
    await doors.done("couponRedeem", "door-coupon-used", "call_center", **using, lines=basket, customerId=customer)
    await doors.server.post([event("order", "/ec", "door-placed", an_hour_ago(), SOLD, subject=NUMBER)])
    order, _ = await doors.standing()
    assert order["state"] == "OPEN"

    # When she asks to pick it up in Ginza, the pieces there are hers at once
    about: dict[str, Any] = {"orderId": order["id"], "storeId": doors.stores["ginza"]}
    await doors.done("pickupRequest", "door-ask", "call_center", **about)
    ginza, yokohama = {"onHand": 5, "committed": 2, "available": 3}, {"onHand": 2, "committed": 0, "available": 2}
    await doors.until_followed(pending=108, ginza=ginza, yokohama=yokohama)

    # And Ginza sets them aside and hands them over for the code
    order, _ = await doors.standing()
    [waits] = order["fulfillments"]
    assert (waits["kind"], waits["state"], waits["store"]["code"]) == ("PICKUP", "REQUESTED", "ginza")
    own = {"fulfillmentId": waits["id"]}
    await doors.done("pickupReady", "door-ready", "store_staff", "ginza", **own)
    assert (await doors.standing())[0]["state"] == "OPEN"
    await doors.done("pickupHandOver", "door-over", "store_staff", "ginza", **own, code=waits["pickupCode"])
    ginza = {"onHand": 3, "committed": 0, "available": 3}
    await doors.until_followed(pending=108, ginza=ginza, yokohama=yokohama)
    order, _ = await doors.standing()
    assert (order["state"], order["fulfillments"][0]["state"]) == ("FULFILLED", "PICKED_UP")

    # And she brings one of the two back to Yokohama, and gets half of what she had paid
    about |= {"storeId": doors.stores["yokohama"], "lines": [{"line": 1, "quantity": 1, "amount": "5400"}]}
    await doors.done("orderReturn", "door-back", "call_center", **about, reason="試験の理由")

    # Then it lies in Yokohama and not in Ginza, and of the points half is left
    yokohama = {"onHand": 3, "committed": 0, "available": 3}
    await doors.until_followed(pending=54, ginza=ginza, yokohama=yokohama)
    order, customer = await doors.standing()
    assert order["state"] == "PARTLY_RETURNED"
    assert [(each["kind"], each["state"], each["store"]["code"]) for each in order["fulfillments"]] == [
        ("PICKUP", "PICKED_UP", "ginza")
    ]
    assert order["lines"]["edges"] == [{"node": {"quantity": 2.0, "returnedQuantity": 1.0}}]
    line = {"quantity": 1.0, "restocked": True, "amount": {"amount": "5400"}}
    assert order["returns"] == [{"store": {"code": "yokohama"}, "reason": "試験の理由", "lines": [line]}]
    assert order["returned"] == {"amount": "5400"}
    loyalty = customer["loyalty"]
    assert (loyalty["balance"], loyalty["debt"]) == (0, 0)
    [account] = loyalty["accounts"]
    entries = [edge["node"] for edge in account["entries"]["edges"]]
    assert [(each["kind"], each["pending"], each["order"]["number"]) for each in entries] == [
        ("REVERSE", -54, NUMBER),
        ("EARN", 108, NUMBER),
    ]

    # And the coupon stays used, once, for what it took off
    assert order["coupons"] == [
        {"state": "REDEEMED", "amount": {"amount": "1200"}, "coupon": {"code": "DOORS-10", "usedCount": 1}}
    ]

    # And it is one order on her timeline, with its return
    told = [edge["node"] for edge in customer["timeline"]["edges"]]
    assert [(each["kind"], each.get("number", each.get("orderNumber"))) for each in told] == [
        ("RETURN", NUMBER),
        ("ORDER", NUMBER),
    ]

    # And all of it stands on the page of the order
    page = await doors.server.client.get(f"/admin/orders/{order['id']}", headers={"accept-language": "ja"})
    assert page.status_code == 200
    for words in (
        NUMBER,
        "一部返品",
        "試験銀座店",
        "試験横浜店",
        "受け取り済み",
        "試験の理由",
        "試験の10%引き",
        "−¥1,200",
        "¥6,000",
    ):
        assert words in page.text, words
