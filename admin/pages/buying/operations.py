"""The operations of the page on which a basket is changed, and offers are made and answered."""

from __future__ import annotations

from typing import Any

PRODUCT = "query ProductOfBuying($value: String!) { found: product(by: {sku: $value}) { id } }"
COUPON = "query CouponOfBuying($value: String!) { found: coupon(by: {code: $value}) { id } }"
STORE = "query StoreOfBuying($value: String!) { found: store(by: {code: $value}) { id } }"
DECLINED_BEFORE = "declinedBefore { id state until answeredAt answeredChannel answeredStore { id name code } }"
"""What is asked of an offer that is made."""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = tuple((document, {"value": "-"}) for document in (PRODUCT, COUPON, STORE))
