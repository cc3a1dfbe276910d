"""What a customer means to buy, for their page: basket, products they looked at, offers and coupons, by one operation."""

from __future__ import annotations

from typing import Any

from admin.pages.customers.operations import NOBODY
from admin.parts.questions import Json, Questions

BUYING = """
query CustomerBuying($id: ID!, $language: Language!) {
  customer(by: {id: $id}) {
    id name kana
    basket {
      version
      lines { quantity changedAt channel store { id name code } product { id sku name } }
      handovers { id handedOverAt orderedAt }
    }
    seenProducts(first: 5) { totalCount edges { node { seenAt channel product { id sku name } } } }
    offers(first: 5) {
      totalCount
      edges {
        node {
          id state text madeAt channel madeBy until answeredAt answeredChannel answeredStore { id name code } note
          product { id sku name } coupon { id name }
        }
      }
    }
    coupons(first: 5) {
      totalCount
      edges {
        node {
          id code validTo rule sentence(language: $language) redemption { id redeemedAt }
          coupon { id code name kind percent amountOff { amount currency } endsAt withdrawn }
        }
      }
    }
  }
}
"""
"""Each list with the newest first; the lines of the basket as they were added."""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = ((BUYING, {"id": NOBODY, "language": "JA"}),)


async def buying_of(questions: Questions, customer: str, language: str) -> Json:
    """Return what a customer means to buy; nothing for who reads none."""
    if not questions.viewer.may_read("Offer"):
        return {}
    return (await questions.ask(BUYING, id=customer, language=language))["customer"] or {}
