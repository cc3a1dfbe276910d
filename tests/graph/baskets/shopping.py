"""Baskets for the tests: people and products through the real intake, and commands on baskets."""

from __future__ import annotations

from itertools import count
from typing import Any

from graph.baskets.changing import Line, change_basket, hand_over
from graph.baskets.doors import Door
from graph.baskets.lines import merged
from graph.baskets.nodes import read_contents
from graph.baskets.records import READ_RECORDS, Whose
from graph.commands.command import Answer
from graph.keys import product_id, scoped, store_id
from graph.store import Store
from tests.graph.coupons.giving_out import author, customer, do, person
from tests.graph.orders.selling import SHOP, tell

WEB, AT_GINZA = Door("WEB"), Door("STORE", store_id("ginza"))
PEN, INK = product_id("PEN-1"), product_id("INK-1")
numbers = count()


def product(sku: str) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.product.v1", "source": "/master", "id": f"pr-{next(numbers)}"}
    return {**envelope, "subject": sku, "time": "2026-04-01T00:00:00Z", "data": {"name": f"試験品 {sku}"}}


def shop(code: str) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.store.v1", "source": "/master", "id": f"st-{next(numbers)}"}
    return {**envelope, "subject": code, "time": "2026-04-01T00:00:00Z", "data": {"name": code, "kind": "SHOP"}}


def key(code: str) -> str:
    return scoped(SHOP, code)


async def opened(store: Store, *codes: str) -> list[str]:
    """Have people of these codes and two products and a store there; return the ids of the customers."""
    await tell(store, product("PEN-1"), product("INK-1"), shop("ginza"), *(person(code) for code in codes))
    return [await customer(store, code) for code in codes]


async def basket_of(store: Store, customer: str) -> tuple[str, dict[str, int]]:
    """Return the version of a customer's basket and how many of each product are in it."""
    records = [record for _, record in await store.read(READ_RECORDS, {"customer": customer})]
    contents = await read_contents(store, records)
    return contents.version, merged(contents.pieces)


async def change(
    store: Store, customer: str, *lines: Line, version: str | None = None, record: str | None = None, door: Door = WEB
) -> Answer:
    return await do(store, change_basket(author(door.channel), Whose(customer, record), lines, version, door))


async def handed_over(store: Store, customer: str) -> str:
    """Hand over what is in the basket and return the id of the handover."""
    version, _ = await basket_of(store, customer)
    return (await do(store, hand_over(author("web"), Whose(customer), version, WEB)))["handover"]
