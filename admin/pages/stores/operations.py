"""The GraphQL operations of the store pages."""

from __future__ import annotations

from typing import Any

from admin.parts.rows import INTERACTION_ROW, LISTS, ORDER_ROW

STORES = """
query StoresPage($stores: String) {
  stores(first: 100, after: $stores) {
    edges { node { id code name kana kind address phone openingHours } }
    pageInfo { hasNextPage endCursor }
  }
}
"""

STORE = (
    """
query StorePage($id: ID!, $orders: String, $interactions: String, $regulars: String, $language: Language!) {
  store(by: {id: $id}) {
    id code name kana kind address phone openingHours timeZone
    orders(first: 10, after: $orders) { edges { node { ...OrderRow } } pageInfo { hasNextPage endCursor } }
    interactions(first: 10, after: $interactions) { edges { node { ...InteractionRow } } pageInfo { hasNextPage endCursor } }
    regularCustomers(first: 8, after: $regulars) {
      totalCount
      edges { node { id name kana metrics { orderCount lastSeen } } }
      pageInfo { hasNextPage endCursor }
    }
    bestSellers { orders quantity product { id sku name } }
  }
}
"""
    + ORDER_ROW
    + INTERACTION_ROW
)

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (STORES, {"stores": None}),
    (STORE, {"id": "U3RvcmU6MA", **LISTS, "regulars": None}),
)
