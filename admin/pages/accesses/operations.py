"""The GraphQL operation of the page of who has looked at a customer."""

from __future__ import annotations

from typing import Any

from admin.pages.customers.operations import NOBODY

ACCESSES = """
query CustomerAccesses($id: ID!, $accesses: String) {
  customer(by: {id: $id}) {
    id name kana
    accesses(first: 50, after: $accesses) {
      edges { node { at subject roles purpose tags } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = ((ACCESSES, {"id": NOBODY, "accesses": None}),)
