"""The GraphQL operations of the pages of who has looked at one customer, and at all."""

from __future__ import annotations

from typing import Any

from admin.pages.customers.operations import NOBODY

ACCESSES = """
query CustomerAccesses($id: ID!, $accesses: String) {
  customer(by: {id: $id}) {
    id name kana
    accesses(first: 50, after: $accesses) {
      edges { node { accessedAt subject roles purpose tags } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""

ALL_ACCESSES = """
query AllAccesses($subject: String, $accesses: String) {
  accesses(subject: $subject, first: 50, after: $accesses) {
    edges { node { accessedAt subject roles purpose tags customers { id name kana } } }
    pageInfo { hasNextPage endCursor }
  }
}
"""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (ACCESSES, {"id": NOBODY, "accesses": None}),
    (ALL_ACCESSES, {"subject": None, "accesses": None}),
    (ALL_ACCESSES, {"subject": "nobody", "accesses": None}),
)
