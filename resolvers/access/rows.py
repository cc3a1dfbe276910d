"""Which things of a type somebody reads: conditions that the planner puts where their rows are found.

A clause marks the place before its LIMIT by the type and a name, such as `{Customer:c}`, so that a page is full although rows
were withheld; where it marks none, the condition stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import Enum
from typing import LiteralString, cast

from graph.touchpoints import TOUCHPOINTS

MARKED = ("Customer", "Touchpoint", "Job", "Case", "CaseEvent", "Fulfillment", "Coupon", "CouponRedemption")
MARK = re.compile(rf"\{{({'|'.join(MARKED)}):(\w+)\}}")
OF_VIEWER = "$p.viewer_"
"""Parameters of the statement that say who asks."""


class Rows(Enum):
    """`STORES`: customers who have dealt with the viewer's stores, and what they did; `SELF`: the viewer as a customer.

    `ASKED`: what the viewer has asked for; `APPROVING`: that, and what waits for somebody to approve it or was by them.
    `ESCALATED`: cases about which a team of the viewer was asked, whose they are and what those did, while a case is open.
    """

    ALL = "all"
    STORES = "their stores"
    SELF = "themselves"
    ASKED = "what they asked for"
    APPROVING = "what they asked for, or may approve"
    ESCALATED = "what their teams are asked about"


BY_NAME = frozenset({Rows.ASKED, Rows.APPROVING, Rows.ESCALATED})
"""Rows that depend on who somebody is, and not only on what they are."""

# (:Customer {stores}); (:SourceRecord {key})-[:RESOLVES_TO]->(:Customer)
OF_STORES: LiteralString = "any({code} IN {x}.stores WHERE {code} IN $p.viewer_stores)"
IS_SELF: LiteralString = "EXISTS {{ MATCH ({x})<-[:RESOLVES_TO]-(:SourceRecord {{key: $p.viewer_record}}) }}"
# (:Case)-[:ASKED]->(:Team {code})<-[:MEMBER_OF]-(:Staff {account}): the tie is there while the case is open
ASKED: LiteralString = "EXISTS {{ MATCH ({x})-[:ASKED]->(:Team)<-[:MEMBER_OF]-(:Staff {{account: $p.viewer_name}}) }}"
# (:SourceRecord {key}) = (:Case {record}), (:SourceRecord {key}) = (:Touchpoint {record, case_id})-[:IN_CASE]->(:Case): sought by
# the keys of the customer's records, so that neither what they did nor what else the teams are asked is walked
IS_ASKED_ABOUT: LiteralString = (
    "(EXISTS {{ MATCH ({x})<-[:RESOLVES_TO]-({holder}:SourceRecord) "
    "MATCH ({due}:Case) USING INDEX SEEK {due}:Case(record, id) WHERE {due}.record = {holder}.key AND {due}.id > '' AND ASKED }} "
    "OR EXISTS {{ MATCH ({x})<-[:RESOLVES_TO]-({holder}:SourceRecord) MATCH ({word}:Touchpoint) "
    "USING INDEX SEEK {word}:Touchpoint(record, case_id) WHERE {word}.record = {holder}.key AND {word}.case_id > '' "
    "MATCH ({word})-[:IN_CASE]->({due}:Case) WHERE ASKED }})"
).replace("ASKED", ASKED.replace("{x}", "{due}"))
CUSTOMER: Mapping[Rows, LiteralString] = {Rows.STORES: OF_STORES, Rows.SELF: IS_SELF, Rows.ESCALATED: IS_ASKED_ABOUT}
# (:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)
DID: LiteralString = "EXISTS {{ MATCH ({x})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }}"
HELD: LiteralString = "EXISTS {{ MATCH ({x})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }}"
LINE: LiteralString = (
    "EXISTS {{ MATCH ({x})<-[:HAS_LINE]-()<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }}"
)

# (:Fulfillment)<-[:HAS_FULFILLMENT]-(:Order)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
FULFILLED: LiteralString = (
    "EXISTS {{ MATCH ({x})<-[:HAS_FULFILLMENT]-()<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }}"
)


def by_customer(clause: LiteralString) -> Mapping[Rows, LiteralString]:
    """Return the condition for a thing that is read where its customer is."""
    return {rows: clause.replace("WHOM", condition.replace("{x}", "{who}")) for rows, condition in CUSTOMER.items()}


OF_CUSTOMER = by_customer(DID)
# What happened in a store is its own, also where nobody knows whose it is.
AT_STORES: LiteralString = "({x}.store_code IN $p.viewer_stores OR " + OF_CUSTOMER[Rows.STORES] + ")"
FULFILLMENT: Mapping[Rows, LiteralString] = {
    **by_customer(FULFILLED),
    Rows.STORES: "({x}.store_code IN $p.viewer_stores OR " + by_customer(FULFILLED)[Rows.STORES] + ")",
}
# What is in the case is read also where nobody knows whose it is.
IN_ASKED: LiteralString = (
    "(EXISTS {{ MATCH ({x})-[:IN_CASE]->({due}:Case) WHERE "
    + ASKED.replace("{x}", "{due}")
    + " }} OR "
    + OF_CUSTOMER[Rows.ESCALATED]
    + ")"
)
TOUCHPOINT: Mapping[Rows, LiteralString] = {**OF_CUSTOMER, Rows.STORES: AT_STORES, Rows.ESCALATED: IN_ASKED}
JOB: Mapping[Rows, LiteralString] = {
    Rows.ASKED: "{x}.asked_by = $p.viewer_name",
    Rows.APPROVING: "({x}.asked_by = $p.viewer_name OR {x}.state = 'WAITING' OR {x}.approved_by = $p.viewer_name)",
}
# (:Thread)<-[:IN_THREAD]-(:Touchpoint): who reads any of its interactions
THREAD: Mapping[Rows, LiteralString] = {
    rows: "EXISTS {{ MATCH ({x})<-[:IN_THREAD]-({part}:Touchpoint) WHERE " + which.replace("{x}", "{part}") + " }}"
    for rows, which in TOUCHPOINT.items()
}
# (:Case)<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), (:Case {record}) = (:SourceRecord {key})
CASE_OF: LiteralString = (
    "(EXISTS {{ MATCH ({x})<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }} "
    "OR EXISTS {{ MATCH (:SourceRecord {{key: {x}.record}})-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }})"
)
CASE_OF_CUSTOMER = by_customer(CASE_OF)
CASE: Mapping[Rows, LiteralString] = {
    **CASE_OF_CUSTOMER,
    Rows.STORES: "({x}.store_code IN $p.viewer_stores OR " + CASE_OF_CUSTOMER[Rows.STORES] + ")",
    # Of the same customer, other cases are none of theirs.
    Rows.ESCALATED: ASKED,
}
PROMISE_OF: LiteralString = (
    "(EXISTS {{ MATCH ({x})-[:FOR]->(:Case)<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({who}:Customer) "
    "WHERE WHOM }} OR EXISTS {{ MATCH (:SourceRecord {{key: {x}.record}})-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }})"
)
PROMISE_TO_CUSTOMER = by_customer(PROMISE_OF)
PROMISE: Mapping[Rows, LiteralString] = {
    **PROMISE_TO_CUSTOMER,
    Rows.ESCALATED: (
        "(EXISTS {{ MATCH ({x})-[:FOR]->({due}:Case) WHERE "
        + ASKED.replace("{x}", "{due}")
        + " }} OR "
        + PROMISE_TO_CUSTOMER[Rows.ESCALATED]
        + ")"
    ),
}
# (:LoyaltyAccount)<-[:HAS_ACCOUNT]-(:SourceRecord), (:PointEntry)<-[:HAS_ENTRY]-(:LoyaltyAccount)
ACCOUNT_OF: LiteralString = "EXISTS {{ MATCH ({x})<-[:HAS_ACCOUNT]-(:SourceRecord)-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }}"
POINTS_OF: LiteralString = (
    "EXISTS {{ MATCH ({x})<-[:HAS_ENTRY]-()<-[:HAS_ACCOUNT]-(:SourceRecord)-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }}"
)
# What was said with a customer, and how it stands; what the staff do among themselves is theirs.
CASE_EVENT: Mapping[Rows, LiteralString] = {
    Rows.STORES: "true",
    Rows.ESCALATED: "true",
    Rows.SELF: "{x}.kind IN ['OPENED', 'CUSTOMER_MESSAGE', 'REPLY', 'STATE_SET']",
}
# (:SourceRecord)-[:HAS_COUPON]->(:IssuedCoupon)-[:OF]->(:Coupon), (:SourceRecord)-[:REDEEMED]->(:CouponRedemption) the same
COUPON: Mapping[Rows, LiteralString] = {
    Rows.SELF: "EXISTS {{ MATCH (:SourceRecord {{key: $p.viewer_record}})-[:RESOLVES_TO]->({who}:Customer) "
    "MATCH ({who})<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_COUPON|REDEEMED]->()-[:OF]->({x}) }}",
}
HAS_COUPON: LiteralString = "EXISTS {{ MATCH ({x})<-[:HAS_COUPON]-(:SourceRecord)-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }}"
# (:CouponRedemption {record}), (:CouponReservation {record}), (:BasketHandover {record}), (:Offer {record})
OF_RECORD = by_customer("EXISTS {{ MATCH (:SourceRecord {{key: {x}.record}})-[:RESOLVES_TO]->({who}:Customer) WHERE WHOM }}")
AT_DOOR: Mapping[Rows, LiteralString] = {
    **OF_RECORD,
    Rows.STORES: "({x}.store_code IN $p.viewer_stores OR " + OF_RECORD[Rows.STORES] + ")",
}
# (:Fulfillment {store_code})-[:FULFILLS]->(:OrderLine): who hands goods over sees which, also where they may not see whose.
ORDER_LINE: Mapping[Rows, LiteralString] = {
    **by_customer(LINE),
    Rows.STORES: (
        "(EXISTS {{ MATCH ({x})<-[:FULFILLS]-({part}:Fulfillment) WHERE {part}.store_code IN $p.viewer_stores }} OR "
        + by_customer(LINE)[Rows.STORES]
        + ")"
    ),
}
CONDITIONS: Mapping[str, Mapping[Rows, LiteralString]] = {
    "Customer": CUSTOMER,
    "Touchpoint": TOUCHPOINT,
    "Identifier": by_customer(HELD),
    "OrderLine": ORDER_LINE,
    "Fulfillment": FULFILLMENT,
    "Thread": THREAD,
    "Job": JOB,
    "Case": CASE,
    "CaseEvent": CASE_EVENT,
    "Promise": PROMISE,
    "LoyaltyAccount": by_customer(ACCOUNT_OF),
    "PointEntry": by_customer(POINTS_OF),
    "Coupon": COUPON,
    "IssuedCoupon": by_customer(HAS_COUPON),
    "CouponRedemption": AT_DOOR,
    "CouponReservation": AT_DOOR,
    "BasketHandover": OF_RECORD,
    "Offer": OF_RECORD,
    "Store": {Rows.STORES: "{x}.code IN $p.viewer_stores"},
    "Reservation": {Rows.STORES: "{x}.store_code IN $p.viewer_stores"},
    "StockRequest": {Rows.STORES: "{x}.store_code IN $p.viewer_stores"},
}
ACTED_ON = frozenset({"Store", "Reservation", "StockRequest"})
"""Things that everybody who reads their type reads, and for which some act at their stores only."""
SCOPED: Mapping[str, str] = {
    **{name: name for name in CONDITIONS if name not in ACTED_ON},
    **{row.label: "Touchpoint" for row in TOUCHPOINTS.values()},
}
"""Type -> whose condition holds for it; things of other types are read by all who may read the type."""
EVERY: LiteralString = "true"


def condition(thing: str, rows: Collection[Rows], name: LiteralString = "n") -> LiteralString:
    """Return the condition about `{name}` by which things of any of these rows are read; none of them reads nothing."""
    if Rows.ALL in rows:
        return EVERY
    any_of: LiteralString = " OR ".join([CONDITIONS[thing][each] for each in sorted(rows, key=str)])
    return "(" + any_of.replace("{x}", "{" + name + "}") + ")" if rows else "false"


def marked(clause: str) -> bool:
    return MARK.search(clause) is not None


def spelt(fragment: LiteralString, rows_of: Mapping[str, Collection[Rows]]) -> LiteralString:
    """Return the fragment with a condition in place of each mark."""
    # Names of variables are the program's own, from its fragments.
    found = MARK.sub(lambda mark: condition(mark[1], rows_of[mark[1]], cast("LiteralString", mark[2])), fragment)
    return cast("LiteralString", found)
