"""The GraphQL operations of the start page and of the pages of orders, stores and products."""

from __future__ import annotations

from typing import Any

ORDER_ROW = """
fragment OrderRow on Order {
  id number at status channel total { amount currency }
  store { id name code }
  customer { id name kana }
}
"""

INTERACTION_ROW = """
fragment InteractionRow on Touchpoint {
  id kind at channel summary(language: $language)
  store { id name code }
  customer { id name kana }
  via { id kind value sharing }
}
"""

START = (
    """
query StartPage($from: DateTime!, $to: DateTime!, $weekBefore: DateTime!, $untilBefore: DateTime!, $orders: String,
    $interactions: String, $unanswered: String, $language: Language!) {
  day: activity(from: $from, to: $to) {
    counts { channel kind count }
    stores { orders sales { amount currency } store { id name code } }
    orders(first: 8, after: $orders) { edges { node { ...OrderRow } } pageInfo { hasNextPage endCursor } }
    interactions(first: 12, after: $interactions) { edges { node { ...InteractionRow } } pageInfo { hasNextPage endCursor } }
    unanswered(first: 5, after: $unanswered) {
      totalCount edges { node { ...InteractionRow } } pageInfo { hasNextPage endCursor }
    }
    previous
  }
  before: activity(from: $weekBefore, to: $untilBefore) {
    counts { channel kind count }
    stores { sales { amount currency } }
  }
}
"""
    + ORDER_ROW
    + INTERACTION_ROW
)

ORDER_PAGE = (
    """
query OrderPage($id: ID!, $lines: String, $interactions: String, $language: Language!) {
  order(by: {id: $id}) {
    id number at status channel source staff subject text topic reference
    total { amount currency } discount { amount currency } shipping { amount currency } tax { amount currency }
    pointsUsed couponCodes fulfillments
    store { id name code }
    customer { id name kana phone email }
    attribution { rule bare sentence(language: $language) }
    via { id kind value sharing }
    lines(first: 50, after: $lines) {
      edges {
        node {
          id number sku name quantity
          unitPrice { amount currency } amount { amount currency } discount { amount currency } tax { amount currency }
          product { id name }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
    interactions(first: 10, after: $interactions) {
      edges { node { ...InteractionRow } } pageInfo { hasNextPage endCursor }
    }
  }
}
"""
    + INTERACTION_ROW
)

STORES = """
query StoresPage($stores: String) {
  stores(first: 100, after: $stores) {
    edges { node { id code name kana kind address phone hours } }
    pageInfo { hasNextPage endCursor }
  }
}
"""

STORE = (
    """
query StorePage($id: ID!, $orders: String, $interactions: String, $regulars: String, $language: Language!) {
  store(by: {id: $id}) {
    id code name kana kind address phone hours timeZone
    orders(first: 10, after: $orders) { edges { node { ...OrderRow } } pageInfo { hasNextPage endCursor } }
    interactions(first: 10, after: $interactions) { edges { node { ...InteractionRow } } pageInfo { hasNextPage endCursor } }
    regulars(first: 8, after: $regulars) {
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

PRODUCT = (
    """
query ProductPage($id: ID!, $orders: String, $interactions: String, $language: Language!) {
  product(by: {id: $id}) {
    id sku name brand categories jan notes imageUrl price { amount currency }
    orders(first: 10, after: $orders) { edges { node { ...OrderRow } } pageInfo { hasNextPage endCursor } }
    interactions(first: 10, after: $interactions) { edges { node { ...InteractionRow } } pageInfo { hasNextPage endCursor } }
  }
}
"""
    + ORDER_ROW
    + INTERACTION_ROW
)

_INSTANT = "2000-01-01T00:00:00Z"
_TIME = {"from": _INSTANT, "to": _INSTANT, "weekBefore": _INSTANT, "untilBefore": _INSTANT}
_LISTS = {"orders": None, "interactions": None, "language": "JA"}

PLANNED_AT_START: tuple[tuple[str, dict[str, Any]], ...] = (
    (START, {**_TIME, **_LISTS, "unanswered": None}),
    (ORDER_PAGE, {"id": "T3JkZXI6MA", "lines": None, "interactions": None, "language": "JA"}),
    (STORES, {"stores": None}),
    (STORE, {"id": "U3RvcmU6MA", **_LISTS, "regulars": None}),
    (PRODUCT, {"id": "UHJvZHVjdDow", **_LISTS}),
)
"""As in `documents.py`; the ids are those of nothing."""
