"""Issuing a coupon to a customer, and noting that one was shown to them. Both hang on a source record, which no merge moves."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from graph.commands.command import Answer, Author, Command
from graph.coupons.nodes import Coupons
from graph.errors import Conflict, InvalidInput, NotFound
from graph.keys import opaque
from graph.words import Sentence
from graph.writes.unit import Unit

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for one another when they are read out."""
CODE_LENGTH = 12
MOST_SHOWN = 100

# (:Customer)-[:REDIRECTS_TO*0..]->(:Customer)<-[:RESOLVES_TO]-(:SourceRecord)
READ_RECORDS: LiteralString = """
MATCH (:Customer {id: $p.customer})-[:REDIRECTS_TO*0..]->(:Customer)<-[:RESOLVES_TO]-(r:SourceRecord)
RETURN r.id, r.key ORDER BY r.first_seen, r.key
"""
READ_KNOWN: LiteralString = "UNWIND $p.ids AS id OPTIONAL MATCH (c:Coupon {id: id}) RETURN c.id"


@dataclass(frozen=True, slots=True)
class Issue:
    """`coupon`, `customer` and `record` are ids; without a record it hangs on the customer's earliest. `ends` is UTC text."""

    coupon: str
    customer: str
    record: str | None = None
    ends: str | None = None


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def spelled(code: str) -> str:
    """Return a code as it is shown."""
    return "-".join(code[place : place + 4] for place in range(0, CODE_LENGTH, 4))


def issue_coupon(author: Author, issue: Issue) -> Command:
    """Return the command that issues a coupon under a code of its own; its answer is `issued`, by id.

    Raises Conflict for a coupon whose code is for all, that is withdrawn, or that is over.
    """
    code = new_code()  # the same when the transaction runs again

    async def execute(unit: Unit, own_id: str) -> Answer:
        unit.want("Coupon", (issue.coupon,))
        await unit.lock()
        coupon = unit.of(Coupons).known.get(issue.coupon)
        if coupon is None:
            raise NotFound(Sentence("refusal.NO_SUCH_COUPON"), "/couponId")
        if coupon["for_all"]:
            raise Conflict(Sentence("refusal.COUPON_FOR_ALL"), "/couponId")
        if coupon["withdrawn"] or (coupon.get("ends") or "~") <= unit.now:
            raise Conflict(Sentence("refusal.COUPON_OVER"), "/couponId")
        if issue.ends is not None and issue.ends <= unit.now:
            raise InvalidInput(Sentence("refusal.RUN_OUT"), "/validTo")
        record = await _record(unit, issue.customer, issue.record)
        unit.of(Coupons).put(
            "IssuedCoupon",
            own_id,
            f"Customer:{issue.customer}",
            coupon=issue.coupon,
            record=record,
            key=code,
            code=spelled(code),
            ends=issue.ends,
            at=unit.now,
            by=author.actor,
        )
        return {"issued": own_id}

    asked = [issue.coupon, issue.customer, issue.record, issue.ends]
    return Command(author, "COUPON_ISSUE", asked, (Coupons,), execute)


def mark_shown(author: Author, customer: str, coupons: Sequence[str], channel: str) -> Command:
    """Return the command that notes that these coupons, by id, were shown to a customer; its answer is `coupons`, by id.

    Of each customer's record the first time is kept.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        if not 1 <= len(coupons) <= MOST_SHOWN:
            raise InvalidInput(Sentence("refusal.COUPON_COUNT", most=MOST_SHOWN), "/couponIds")
        known = [own_id for (own_id,) in await unit.transaction.run(READ_KNOWN, {"ids": list(coupons)})]
        if None in known:
            raise NotFound(Sentence("refusal.NO_SUCH_COUPON"), f"/couponIds/{known.index(None)}")
        record = await _record(unit, customer, None)
        for each in dict.fromkeys(coupons):
            own_id = opaque("CouponView", each, record)
            unit.of(Coupons).view(own_id, coupon=each, record=record, at=unit.now, channel=channel)
        return {"coupons": list(dict.fromkeys(coupons))}

    return Command(author, "COUPON_MARK_SHOWN", [customer, list(coupons), channel], (Coupons,), execute)


async def _record(unit: Unit, customer: str, chosen: str | None) -> str:
    """Return the key of the customer's record that is chosen by its id, or of their earliest."""
    records = await unit.transaction.run(READ_RECORDS, {"customer": customer})
    if not records:
        raise NotFound(Sentence("refusal.NO_SUCH_CUSTOMER"), "/customerId")
    found = [key for own_id, key in records if chosen in (None, own_id)]
    if not found:
        raise NotFound(Sentence("refusal.NO_SUCH_RECORD"), "/recordId")
    unit.want("SourceRecord", found[:1])
    await unit.lock()
    return found[0]
