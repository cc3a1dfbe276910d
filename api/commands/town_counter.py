"""The counters of the demo town: its points and stock without any setting, and what no event tells - coupons, what is held."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from api.commands.event_sending import send_events
from api.commands.town_asking import TownAsking
from api.process.settings import Settings
from demo.stories import endings
from demo.stories.at_the_counter import FOR_ALL, LAST_PIECES

POINTS = Path(__file__).parents[2] / "demo" / "points.yaml"
STOCK = {"/ec": "depot", "/app": "depot"}
"""The web shop and the app have their stock here; tills tell of theirs by counts."""
FOR_ONE = "BIRTHDAY-15"
COUPONS = (
    {"code": FOR_ALL, "name": "はじめての10%引き", "percent": 10, "minimum": "5000", "forAll": True, "usesPerCustomer": 2},
    {"code": FOR_ONE, "name": "お誕生日の15%引き", "percent": 15},
    {"code": "SHOES-1000", "name": "スニーカー1,000円引き", "amountOff": "1000", "categories": ["スニーカー"], "forAll": True},
)
HAS_COUPONS, HAS_POINTS = "090-1234-9028", "090-1234-0001"
"""Characters of the stories, by their mobile numbers (docs/demo-town.md)."""
SPENT = {"090-1234-9026": -120, "090-1234-9027": -1091}
"""Characters, and what they have spent before their stories end."""
MOST_LOOKS, BETWEEN_LOOKS = 120, 0.5
CUSTOMER = "query ($phone: String!) { customer(by: {phone: $phone}) { id coupons { totalCount } } }"
ENTRIES = (
    "query ($phone: String!) { customer(by: {phone: $phone}) { loyalty { accounts { entries { edges { node { points } } } } } } }"
)
COUPON = "query ($code: String!) { coupon(by: {code: $code}) { id } }"
PLACE = "query ($sku: String!, $code: String!) { product(by: {sku: $sku}) { id } store(by: {code: $code}) { id } }"


def of_town(settings: Settings) -> Settings:
    """Return the settings with the town's own programme of points and its stock, where the company has set none."""
    points = settings.points_file or POINTS
    return settings.model_copy(update={"points_file": points, "stock_of_orders": settings.stock_of_orders or STOCK})


class TownCounter:
    def __init__(self, town: TownAsking) -> None:
        self._town = town

    async def open(self) -> None:
        """Set up the coupons, before the orders come that name them."""
        for coupon in COUPONS:
            await self._town.do("couponPut", f"coupon-{coupon['code']}", currency="JPY", **coupon)

    async def serve(self, last_day: date) -> None:
        """Tell what happened at the counters, and how the stories end, unless it has been told."""
        customer = (await self._town.ask(CUSTOMER, phone=HAS_COUPONS))["customer"]
        if customer["coupons"]["totalCount"]:
            return
        await self._hold_a_piece()
        await self._points_as_an_apology()
        await self._have_spent()
        await send_events(self._town.door, list(endings(last_day)), lambda _: None)
        await self._coupons(customer["id"])

    async def _hold_a_piece(self) -> None:
        place = await self._town.ask(PLACE, sku=LAST_PIECES, code="yokohama")
        about = {"productId": place["product"]["id"], "storeId": place["store"]["id"]}
        await self._town.do("stockReserve", "held", **about, quantity=1, owner="LINE-STORY-1", minutes=24 * 60)

    async def _points_as_an_apology(self) -> None:
        customer = (await self._town.ask(CUSTOMER, phone=HAS_POINTS))["customer"]["id"]
        await self._town.do("pointsAdjust", "apology", customerId=customer, points=300, reason="お届けが遅れたお詫び")

    async def _have_spent(self) -> None:
        """Give orders time to use their points, which follow by themselves; by a company's own programme they may use none."""
        waiting = dict(SPENT)
        for _ in range(MOST_LOOKS):
            for phone, points in list(waiting.items()):
                accounts = (await self._town.ask(ENTRIES, phone=phone))["customer"]["loyalty"]["accounts"]
                if points in [edge["node"]["points"] for each in accounts for edge in each["entries"]["edges"]]:
                    del waiting[phone]
            if not waiting:
                return
            await asyncio.sleep(BETWEEN_LOOKS)

    async def _coupons(self, customer: str) -> None:
        """She has used one of her coupons online, and has another."""
        birthday = (await self._town.ask(COUPON, code=FOR_ONE))["coupon"]["id"]
        used = (await self._town.do("couponIssue", "birthday-used", couponId=birthday, customerId=customer))["issuedCoupon"]
        lines = [{"number": 1, "sku": "SKU-055", "amount": "3900"}]
        about = {"customerId": customer, "codes": [used["code"]], "channel": "WEB", "currency": "JPY", "lines": lines}
        await self._town.do("couponRedeem", "birthday-redeemed", **about)
        await self._town.do("couponIssue", "birthday", couponId=birthday, customerId=customer, validTo=self._town.later(days=20))
