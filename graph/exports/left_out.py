"""Properties of a customer's nodes that an export leaves out, and why: the list that is handed out with it."""

from __future__ import annotations

from collections.abc import Mapping

TECHNICAL, DERIVED, OTHERS, ELSEWHERE = "TECHNICAL", "DERIVED", "OTHERS", "ELSEWHERE"
"""Keeps the program going; computed from what the export has; tells of other people; stands elsewhere in the export."""

LEFT_OUT: Mapping[str, Mapping[str, str]] = {
    "Customer": {
        "digest": TECHNICAL, "origins": ELSEWHERE, "search_names": DERIVED, "search_details": DERIVED,
    },
    "SourceRecord": {
        "key": DERIVED, "stamps": TECHNICAL, "names": DERIVED, "given_names": DERIVED, "home": DERIVED, "counts": DERIVED,
        "claims": ELSEWHERE, "identifiers": ELSEWHERE, "composites": DERIVED, "unproposed": TECHNICAL,
    },
    "Identifier": {
        "key": DERIVED, "suffix": DERIVED, "domain": DERIVED, "holders": OTHERS, "given_names": OTHERS, "contacts": TECHNICAL,
        "unattributed_after": TECHNICAL, "bounces": DERIVED, "reached_at": DERIVED,
    },
    "Touchpoint": {
        "key": DERIVED, "position": DERIVED, "record": TECHNICAL, "stamps": TECHNICAL, "default_channel": DERIVED,
        "channel_given": DERIVED, "via": ELSEWHERE, "at": ELSEWHERE, "is_question": DERIVED, "is_answer": DERIVED,
        "goes_on": DERIVED, "page_skus": DERIVED,
        "number_key": DERIVED, "number_suffix": DERIVED, "case_id": ELSEWHERE, "threaded": DERIVED, "apart": ELSEWHERE,
        "message_name": DERIVED,
        "replied_names": DERIVED, "referenced_names": DERIVED, "marker_names": DERIVED,
    },
    "OrderLine": {},
    "Fulfillment": {
        "place": DERIVED, "listed": TECHNICAL, "made": TECHNICAL, "told_at": TECHNICAL, "waits_at": DERIVED, "turn": DERIVED,
        "expires_from": TECHNICAL, "notice_due": DERIVED, "remind_at": DERIVED,
    },
    "Case": {
        "record": TECHNICAL, "version": TECHNICAL, "listed": DERIVED, "turn": DERIVED, "store_id": DERIVED, "unanswered": DERIVED,
        "bounced": DERIVED, "escalated": DERIVED, "asked": DERIVED, "due": DERIVED, "tables": TECHNICAL,
    },
    "CaseEvent": {"position": DERIVED, "similar": OTHERS},
    "Promise": {"record": TECHNICAL},
    "IssuedCoupon": {"record": TECHNICAL, "key": DERIVED, "period": TECHNICAL},
    "CouponView": {"record": TECHNICAL},
    "CouponReservation": {"record": TECHNICAL},
    "CouponRedemption": {"record": TECHNICAL, "turn": DERIVED, "code_key": DERIVED},
    "StockRequest": {"record": TECHNICAL, "position": DERIVED},
    "BasketLine": {"record": TECHNICAL},
    "BasketHandover": {"record": TECHNICAL, "lines": TECHNICAL, "turn": DERIVED},
    "ProductView": {"record": TECHNICAL, "turn": DERIVED},
    "Offer": {"record": TECHNICAL, "turn": DERIVED, "about": DERIVED},
    "Consent": {"stamp": ELSEWHERE},
    "LoyaltyAccount": {"due": TECHNICAL, "number": DERIVED},
    "PointLot": {},
    "PointEntry": {"key": TECHNICAL, "turn": DERIVED, "commanded": TECHNICAL, "other": OTHERS},
    "AuditEntry": {"id": TECHNICAL, "searched": TECHNICAL, "request": TECHNICAL, "file": TECHNICAL},
    "Job": {"resume": TECHNICAL, "request": TECHNICAL, "lease_until": TECHNICAL, "takes": TECHNICAL, "holder": TECHNICAL},
}  # fmt: skip
