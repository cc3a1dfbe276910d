"""The GraphQL operations of the look-up page."""

from __future__ import annotations

from typing import Any

from admin.parts.rows import ORDER_ROW

LOOKUP = (
    """
query LookUp($query: String!, $first: Int!) {
  lookUp(input: {query: $query, first: $first}) {
    candidateCount
    candidates {
      score
      reasons { kind exact matchedSpans { text typed } identifier { id kind value sharing customerCount } }
      customer {
        id name kana romaji birthDate address phone email
        metrics { orderCount lastSeen favouriteStore { id name code } }
      }
    }
    orders { order { ...OrderRow } }
  }
}
"""
    + ORDER_ROW
)

KEPT = """
query KeptOf($query: String!, $language: Language!) {
  lookUp(input: {query: $query, first: 0}) {
    identifiers { kind value state }
    contacts { id kind occurredAt channel summary(language: $language) }
  }
}
"""

FEW, MANY = 10, 50
"""Candidates that are shown at first, and on demand."""
OF_EACH_FORM = ("090-1000-0001", "0000", "試験", "090-1000-0001 試験", "shiken")
"""A text of each form: whatever is typed is planned by then."""
FIRST_PLANNED: tuple[tuple[str, dict[str, Any]], ...] = tuple((LOOKUP, {"query": typed, "first": FEW}) for typed in OF_EACH_FORM)
PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = tuple(
    (KEPT, {"query": typed, "language": "JA"}) for typed in OF_EACH_FORM
)
