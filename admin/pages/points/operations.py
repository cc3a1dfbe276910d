"""The GraphQL operations of the page of a loyalty account."""

from __future__ import annotations

from typing import Any

from admin.pages.points.acting import OWNER

ACCOUNT = """
query LoyaltyAccountPage($id: ID!, $entries: String, $language: Language!) {
  loyaltyAccount(id: $id) {
    id source openedAt balance pending debt
    rank { name since until }
    customer { id name kana loyalty { balance accounts { id source balance } } }
    lots { granted remaining activeFrom expiresAt }
    entries(first: 50, after: $entries) {
      totalCount
      edges {
        node {
          id kind at points pending balance sentence(language: $language) actor reason
          order { id number }
          lots { points lot { expiresAt } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (ACCOUNT, {"id": "TG95YWx0eUFjY291bnQ6MA", "entries": None, "language": "JA"}),
    (OWNER, {"id": "TG95YWx0eUFjY291bnQ6MA"}),
)
