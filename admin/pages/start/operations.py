"""The GraphQL operations of the start page."""

from __future__ import annotations

from typing import Any

from admin.parts.rows import INSTANT, INTERACTION_ROW, LISTS, ORDER_ROW

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

_TIME = {"from": INSTANT, "to": INSTANT, "weekBefore": INSTANT, "untilBefore": INSTANT}
FIRST_PLANNED: tuple[tuple[str, dict[str, Any]], ...] = ((START, {**_TIME, **LISTS, "unanswered": None}),)
