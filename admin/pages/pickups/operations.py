"""The GraphQL operations of the page of pick-ups."""

from __future__ import annotations

from typing import Any

from admin.parts.acting import SHOPS

SHELF = """
query Shelf($id: ID!, $pickups: String) {
  store(by: {id: $id}) {
    id code name pickupDays
    pickups(first: 50, after: $pickups) {
      totalCount
      edges {
        node {
          id state since expiresAt slotAt callCustomer
          notices { kind state at channel reason }
          lines { quantity line { id name sku product { name } } }
          order { id number customer { id name kana phone } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
READY = "mutation PickupReady($input: PickupReadyInput!) { pickupReady(input: $input) { userErrors { message } } }"
CANCEL = "mutation PickupCancel($input: PickupCancelInput!) { pickupCancel(input: $input) { userErrors { message } } }"
HAND_OVER = "mutation PickupHandOver($input: PickupHandOverInput!) { pickupHandOver(input: $input) { userErrors { message } } }"

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (SHOPS, {}),
    (SHELF, {"id": "U3RvcmU6MA", "pickups": None}),
)
