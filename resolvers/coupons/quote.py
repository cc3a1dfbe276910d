"""What coupons take off a basket: asked beforehand, with the same answer that using them gives, at every door."""

from __future__ import annotations

from datetime import UTC, datetime

import strawberry

from graph.coupons.asking import find
from graph.coupons.quote import Quoted
from graph.events.newest import utc_text
from graph.money import from_minor
from graph.words import CATALOGUE
from resolvers.access.tags import Tag
from resolvers.coupons.inputs import CouponBasketInput, asked, whose
from resolvers.coupons.words import CouponRefusal
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import check_rows
from resolvers.engine.planner import Argument, entry, planned
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Call, Computed, Entries, Object


@planned("What a coupon takes off a line of the basket.")
class QuotedLine:
    number: int = entry("number", Tag.PUBLIC, "Number of the line.")
    discount: str = entry("discount", Tag.PUBLIC, "Decimal amount taken off, in the currency of the basket.")


@planned("What one coupon takes off the basket, or why nothing.")
class QuotedCoupon:
    code: str = entry("code", Tag.PUBLIC, "Code as it is compared: capitals and digits without dashes.")
    discount: str = entry("discount", Tag.PUBLIC, "Decimal amount taken off in all, in the currency of the basket.")
    lines: list[QuotedLine] = read(Entries("lines", list), Tag.PUBLIC, "What it takes off each line, by line number.")
    refusal: CouponRefusal | None = entry("refusal", Tag.PUBLIC, "Why it cannot be used; null where it can.")
    message: str | None = entry("message", Tag.PUBLIC, "The refusal in words, in the language of `Accept-Language`.")


@planned("What coupons take off a basket at a door, as they stand now.")
class CouponQuote:
    currency: str = entry("currency", Tag.PUBLIC, "ISO 4217 currency of the basket.")
    discount: str = entry("discount", Tag.PUBLIC, "Decimal amount that all coupons take off together.")
    coupons: list[QuotedCoupon] = read(
        Entries("coupons", list),
        Tag.PUBLIC,
        "Each coupon that was asked for, by code. Percentages are taken before amounts, each of what is left, and rounded down "
        "once; of coupons that cannot be combined the one that takes off most is used.",
    )


@strawberry.input(description="Codes, and the basket that they are for.")
class CouponQuoteInput(CouponBasketInput):
    pass


async def compute(call: Call) -> Object:
    given = InputValue(call.given["input"])
    question = asked(given)
    await check_rows(call, "CouponQuote", whose(given))
    found = await find(call.store, question, utc_text(datetime.now(UTC)))
    coupons = [as_entry(each, question.currency, call.viewer.language) for each in found.quoted]
    whole = from_minor(sum(each.amount for each in found.quoted), question.currency)
    return await call.read({"currency": question.currency, "discount": whole, "coupons": coupons}, call.store)


def as_entry(quoted: Quoted, currency: str, language: str) -> Object:
    lines = [{"number": number, "discount": from_minor(each, currency)} for number, each in sorted(quoted.lines.items())]
    words = CATALOGUE.messages(language).gettext(f"coupon.{quoted.refusal}") if quoted.refusal else None
    told = {"code": quoted.code, "discount": from_minor(quoted.amount, currency), "lines": lines}
    return {**told, "refusal": quoted.refusal, "message": words}


coupon_quote = read(
    Computed(compute),
    Tag.PUBLIC,
    "What coupons take off a basket, and why one cannot be used. Nothing is held or used by asking.",
    {"input": Argument(CouponQuoteInput, "Codes, and the basket that they are for.")},
)
