"""The GraphQL operations of the order page."""

from __future__ import annotations

from typing import Any

from admin.parts.rows import INTERACTION_ROW

ORDER_PAGE = (
    """
query OrderPage($id: ID!, $lines: String, $interactions: String, $language: Language!) {
  order(by: {id: $id}) {
    id number occurredAt status state channel source staff subject text topic reference
    total { amount currency } discount { amount currency } shipping { amount currency } tax { amount currency }
    fee { amount currency } refunded { amount currency } pointsUsed couponCodes
    points { earned pending redeemed rules }
    coupons { id state amount { amount currency } coupon { id name code } issued { code } }
    fulfillments {
      id kind state since expiresAt slotAt checked callCustomer
      notices { kind state at channel reason }
      method status storeCode carrier plannedFor readyAt shippedAt deliveredAt attributes
      steps { state at by source rule reason } lines { quantity line { id } } store { id name code }
    }
    returns {
      id occurredAt reason staff store { id name code }
      lines { quantity restocked amount { amount currency } line { id name sku } }
    }
    returned { amount currency }
    store { id name code }
    customer { id name kana phone email }
    attribution { rule anonymous sentence(language: $language) }
    identifiersUsed { id kind value sharing }
    lines(first: 50, after: $lines) {
      edges {
        node {
          id number sku name quantity returnedQuantity
          unitPrice { amount currency } amount { amount currency }
          paid { amount currency } discount { amount currency } tax { amount currency }
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

STORE = "query StoreOfFulfillment($code: String!) { store(by: {code: $code}) { id code name } }"

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (ORDER_PAGE, {"id": "T3JkZXI6MA", "lines": None, "interactions": None, "language": "JA"}),
    (STORE, {"code": "0"}),
)
