"""The GraphQL operations of the product page."""

from __future__ import annotations

from typing import Any

from admin.parts.rows import INTERACTION_ROW, LISTS, ORDER_ROW
from admin.parts.stock import STOCK_ROW

PRODUCT = (
    """
query ProductPage($id: ID!, $orders: String, $interactions: String, $language: Language!, $store: ID) {
  product(by: {id: $id}) {
    id sku name brand categories barcode notes imageUrl price { amount currency }
    availability(storeId: $store) {
      ...StockRow
      here { reservations { id owner quantity expiresAt } }
      alternatives { available product { id sku name price { amount currency } } }
    }
    orders(first: 10, after: $orders) {
      edges { node { ...OrderRow lines(first: 50) { edges { node { sku amount { amount currency } } } } } }
      pageInfo { hasNextPage endCursor }
    }
    interactions(first: 10, after: $interactions) { edges { node { ...InteractionRow } } pageInfo { hasNextPage endCursor } }
  }
  stores(first: 100) { edges { node { id name code } } }
}
"""
    + ORDER_ROW
    + INTERACTION_ROW
    + STOCK_ROW
)

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = ((PRODUCT, {"id": "UHJvZHVjdDow", "store": None, **LISTS}),)
