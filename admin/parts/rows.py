"""Fragments of GraphQL operations that several pages share, and variables that name nothing."""

from __future__ import annotations

ORDER_ROW = """
fragment OrderRow on Order {
  id number occurredAt status channel total { amount currency }
  store { id name code }
  customer { id name kana }
}
"""

INTERACTION_ROW = """
fragment InteractionRow on Touchpoint {
  id kind occurredAt channel summary(language: $language)
  store { id name code }
  customer { id name kana }
  identifiersUsed { id kind value sharing }
  products { sku name }
}
"""

INSTANT = "2000-01-01T00:00:00Z"
"""A time at which nothing happened."""
LISTS = {"orders": None, "interactions": None, "language": "JA"}
"""The first page of each list."""
