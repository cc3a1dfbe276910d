"""The GraphQL operations of the page of calls."""

from __future__ import annotations

from typing import Any

from admin.parts.rows import INSTANT, ORDER_ROW
from admin.parts.stock import STOCK_ROW

CALLS = (
    """
query OngoingCalls($queue: String, $staff: String, $language: Language!, $now: DateTime!) {
  ongoingCalls(queue: $queue, staff: $staff, first: 20) {
    edges {
      node {
        id occurredAt topic language staff
        ... on Call { queue outcome menuPath startedFromUrl }
        attribution { rule }
        identifiersUsed { id kind value sharing state customerCount }
        products { id sku name }
        possibleCustomers {
          reasons
          customer {
            id version name kana romaji language birthDate
            mayContact(channel: PHONE, purpose: MARKETING, asOf: $now) { allowed }
            cases(listed: OPEN, first: 3) { edges { node { id number subject state priority dueAt unanswered } } }
            promises(first: 3) { edges { node { id text dueAt state } } }
            orders(first: 1) { edges { node { ...OrderRow } } }
            timeline(filter: {kinds: [CALL, STORE_VISIT, CHAT_THREAD, EMAIL]}, first: 2) {
              edges { node { id kind channel occurredAt staff summary(language: $language) store { id name code } } }
            }
          }
        }
      }
    }
    pageInfo { hasNextPage }
  }
}
"""
    + ORDER_ROW
)
STOCK = (
    """
query CallStock($queue: String, $staff: String) {
  ongoingCalls(queue: $queue, staff: $staff, first: 20) { edges { node { products { id availability { ...StockRow } } } } }
}
"""
    + STOCK_ROW
)
ASSIGN = """
mutation CallerConfirmed($input: TouchpointAssignInput!) {
  touchpointAssign(input: $input) { customer { id } userErrors { code message } }
}
"""
_NOBODY = {"queue": None, "staff": None, "language": "JA", "now": INSTANT}
PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = ((CALLS, _NOBODY), (STOCK, {"queue": None, "staff": None}))
