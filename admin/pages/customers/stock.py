"""Stock for the customer page: of the products that somebody asked about lately, at their store and near it."""

from __future__ import annotations

from typing import Any

from admin.pages.customers.operations import NOBODY
from admin.parts.questions import Json, Questions
from admin.parts.stock import STOCK_ROW

STOCK = (
    """
query CustomerStock($id: ID!, $store: ID) {
  customer(by: {id: $id}) {
    timeline(first: 5) { edges { node { kind products { id sku name availability(storeId: $store) { ...StockRow } } } } }
  }
}
"""
    + STOCK_ROW
)
MOST = 3
"""Products that are shown."""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = ((STOCK, {"id": NOBODY, "store": None}),)


async def stock_for(questions: Questions, customer: Json) -> list[Json]:
    """Return products of the newest interactions with their stock, each once; none where nobody asked about any.

    `customer` is as the page asked for it; what was ordered is no question any more.
    """
    shown: list[Json] = customer.get("timeline", {}).get("edges", [])
    if not any(edge["node"].get("products") for edge in shown):
        return []
    store: Json = customer.get("metrics", {}).get("favouriteStore") or {}
    found: Json = (await questions.ask(STOCK, id=customer["id"], store=store.get("id")))["customer"] or {}
    edges: list[Json] = found.get("timeline", {}).get("edges", [])
    products: dict[str, Json] = {}
    for node in (edge["node"] for edge in edges if edge["node"]["kind"] != "ORDER"):
        products |= {each["id"]: each for each in node.get("products", [])}
    return list(products.values())[:MOST]
