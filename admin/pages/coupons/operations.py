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
WHO_USES = """
query WhoUsesACoupon($id: ID!) {
  customer(by: {id: $id}) { id name kana coupons(first: 20) { edges { node { code redemption { id } coupon { name } } } } }
}
"""
QUOTE = """
query CouponAtTheCounter($input: CouponQuoteInput!) {
  couponQuote(input: $input) { currency discount coupons { code discount refusal message } }
}
"""
SOMETHING = {"codes": ["0"], "channel": "PHONE", "currency": "JPY", "lines": [{"number": 1, "amount": "1"}]}

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (COUPONS, {"coupons": None}),
    (COUPON, {"id": "Q291cG9uOjA", "uses": None}),
    (WHO_USES, {"id": "Q3VzdG9tZXI6MA"}),
    (QUOTE, {"input": SOMETHING}),
)
