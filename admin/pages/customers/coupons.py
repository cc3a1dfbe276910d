"""The card of the customer page with the coupons that they have: what it asks, as those who read any coupon of a customer."""

from __future__ import annotations

from typing import Any

from admin.pages.customers.operations import NOBODY
from admin.parts.questions import Json, Questions

COUPONS = """
query CustomerCoupons($id: ID!) {
  customer(by: {id: $id}) {
    coupons(first: 5) {
      totalCount
      edges {
        node {
          id code validTo redemption { redeemedAt } coupon { id name kind percent amountOff { amount currency } endsAt withdrawn }
        }
      }
    }
  }
}
"""
"""What the customer was given, the newest first."""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = ((COUPONS, {"id": NOBODY}),)


async def given_to(questions: Questions, customer: str) -> Json:
    """Return the coupons that a customer was given; nothing for who reads none."""
    if not questions.viewer.may_read("IssuedCoupon"):
        return {}
    return (await questions.ask(COUPONS, id=customer))["customer"] or {}
