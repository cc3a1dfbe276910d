"""The one order in which every writer locks: by label in this order, within a label by key.

A lock is a write (`REMOVE n.lock`) on the node. What is connected with what was found is discovered hop by hop, so a
later hop may go back in the order; two writers that meet there deadlock, and the one that restarts begins with all keys
known by then, in one pass through this order.
"""

from __future__ import annotations

from typing import Literal

Label = Literal[
    "Command", "Job", "WebhookEndpoint", "Receipt", "Touchpoint", "Order", "Identifier", "CompositeKey", "SourceRecord",
    "Consent", "Store", "Product", "InventoryLevel", "IncomingStock", "StockEntry", "Reservation", "StockRequest",
    "Customer", "MatchCandidate", "ThreadKey", "Thread", "Case", "CaseCounter", "Staff", "Promise", "Reply",
    "LoyaltyAccount", "Coupon", "IssuedCoupon", "CouponReservation", "CouponRedemption", "Offer",
    "Tombstone",
]  # fmt: skip

LOCK_ORDER: tuple[Label, ...] = (
    "Command",  # a repeat waits here for the first
    "Job",  # who works on one holds it, whatever else a step of it locks
    "WebhookEndpoint",  # with all its deliveries, which are written only by whoever holds it
    "Receipt",  # read only: the key is unique, so of two first times one fails and starts again
    "Touchpoint",
    "Order",  # read only, under the lock of its touchpoint: lines, fulfilments and returns, which are written under that too
    "Identifier",
    "CompositeKey",  # what a record is told makes it, so a record that changed may want one more
    "SourceRecord",
    "Consent",  # after the record and the contact point that it hangs on
    "Store",
    "Product",
    "InventoryLevel",  # before all that is written only by whoever holds it
    "IncomingStock",
    "StockEntry",
    "Reservation",
    "StockRequest",
    "Customer",
    "MatchCandidate",  # put off; whoever decides it holds the records that it is between
    "ThreadKey",  # what interactions have in common, which is known once they are
    "Thread",  # with its parts, which are put into threads only by whoever holds those
    "Case",  # after the interactions that it is made of; with all its history, which is written only by whoever holds it
    "CaseCounter",
    "Staff",  # after the cases that they are given
    "Promise",
    "Reply",
    "LoyaltyAccount",  # with its lots and entries, which are written only by whoever holds it
    "Coupon",  # where it bounds its uses in all; after the records of the customer whose uses are counted
    "IssuedCoupon",
    "CouponReservation",
    "CouponRedemption",
    "Offer",
    "Tombstone",  # read only, after what it is about is locked
)
