"""The GraphQL operations of the pages of coupons."""

from __future__ import annotations

from typing import Any

TERMS = """
fragment CouponTerms on Coupon {
  id code name kind percent amountOff { amount currency } minimum { amount currency } startsAt endsAt forAll withdrawn
  shownCount issuedCount usedCount
}
"""
COUPONS = (
    """
query CouponsPage($coupons: String) {
  coupons(first: 50, after: $coupons) { totalCount edges { node { ...CouponTerms } } pageInfo { hasNextPage endCursor } }
}
"""
    + TERMS
)
COUPON = (
    """
query CouponPage($id: ID!, $uses: String) {
  coupon(by: {id: $id}) {
    ...CouponTerms
    ruleIssuedCount issueRule { kind rank stores { id name code } products categories validDays }
    products categories stores { id name code } channels usesPerCustomer uses combinable reversedCount heldCount
    redemptions(first: 20, after: $uses) {
      totalCount
      edges {
        node {
          id state redeemedAt channel amount { amount currency } reversedAt reason
          store { id name code } order { id number } customer { id name kana }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
    + TERMS
)

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (COUPONS, {"coupons": None}),
    (COUPON, {"id": "Q291cG9uOjA", "uses": None}),
)
