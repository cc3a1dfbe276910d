"""The mutations by which coupons are set up, issued, and noted as shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.coupons.defining import Definition, put_coupon
from graph.coupons.issuing import MOST_SHOWN, Issue, issue_coupon, mark_shown
from graph.coupons.rules import IssueRule
from graph.coupons.terms import PERCENT, VALUE, Terms
from graph.errors import InvalidInput
from graph.events.newest import utc_text
from graph.money import minor_digits
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.coupons.coupon import COUPONS, Coupon
from resolvers.coupons.inputs import CODE_LENGTH, WORD_LENGTH, minor_units
from resolvers.coupons.issued import ISSUES, IssuedCoupon
from resolvers.coupons.words import CouponIssueRuleKind
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel

MOST_NAMED = 500


@strawberry.input(description="When a coupon is issued without anybody doing it, to each customer once.")
class CouponIssueRuleInput:
    kind: CouponIssueRuleKind = strawberry.field(description="What has to happen, or to hold.")
    rank: str | None = strawberry.field(default=None, description="Name of the rank that must be reached; for `RANK`.")
    store_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Stores of which one must be visited, for `VISIT`; none: any."
    )
    products: list[str] = strawberry.field(default_factory=list, description="SKUs of which one must be looked at, for `SEEN`.")
    categories: list[str] = strawberry.field(
        default_factory=list, description="Categories of which a product must be looked at, for `SEEN`."
    )
    valid_days: int | None = strawberry.field(
        default=None, description="Days for which each issue can be used after its day; as long as the coupon if omitted."
    )


@strawberry.input(description="A coupon as it is to be: what it was before is replaced.")
class CouponPutInput(CommandInput):
    code: str = strawberry.field(description=f"Code, 1 to {CODE_LENGTH} characters, compared without case, dashes and spaces.")
    name: str = strawberry.field(description=f"Name that customers read, 1 to {WORD_LENGTH} characters.")
    version: int | None = strawberry.field(
        default=None, description="Number that `Coupon.version` gave; if it has grown since, nothing is done. 0 for a new one."
    )
    percent: int | None = strawberry.field(default=None, description="Percentage that it takes off, 1 to 100; or `amountOff`.")
    amount_off: str | None = strawberry.field(default=None, description="Decimal amount that it takes off; or `percent`.")
    currency: str | None = strawberry.field(
        default=None, description="ISO 4217 currency; needed with an amount or a minimum. It can be used in that one only."
    )
    minimum: str | None = strawberry.field(
        default=None, description="Decimal amount that the items it is for must come to before any coupon."
    )
    products: list[str] = strawberry.field(default_factory=list, description="SKUs of the products that it is for.")
    categories: list[str] = strawberry.field(
        default_factory=list, description="Categories that it is for, besides the products; without both, it is for all."
    )
    store_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Stores in which it can be used; none: all."
    )
    channels: list[Channel] = strawberry.field(default_factory=list, description="Channels at which it can be used; none: all.")
    starts_at: DateTime | None = strawberry.field(default=None, description="Time from which it can be used.")
    ends_at: DateTime | None = strawberry.field(default=None, description="Time from which it cannot be used any more.")
    uses_per_customer: int | None = strawberry.field(
        default=None, description="How often one customer can use it, over all doors."
    )
    uses: int | None = strawberry.field(default=None, description="How often it can be used in all.")
    combinable: bool = strawberry.field(default=False, description="Whether it can be used together with others that can.")
    for_all: bool = strawberry.field(
        default=False, description="Whether whoever has its code can use it; otherwise it is issued."
    )
    withdrawn: bool = strawberry.field(default=False, description="Whether it cannot be used any more, whatever its dates.")
    rule: CouponIssueRuleInput | None = strawberry.field(
        default=None, description="Rule by which it is issued without anybody doing it; null for none."
    )


@planned("What `couponPut` did: the coupon.")
class CouponPutPayload(CommandPayload):
    coupon: Coupon | None = referred("coupon", COUPONS, Tag.PUBLIC, "The coupon; null when it was refused.")


@strawberry.input(description="Coupon that a customer is given.")
class CouponIssueInput(CommandInput):
    coupon_id: strawberry.ID = strawberry.field(description="Global id of the coupon, whose code is not for all.")
    customer_id: strawberry.ID = strawberry.field(description="Global id of the customer.")
    record_id: strawberry.ID | None = strawberry.field(
        default=None, description="Global id of the source record of theirs that it hangs on; their earliest if omitted."
    )
    valid_to: DateTime | None = strawberry.field(default=None, description="Time from which this issue is not valid any more.")


@planned("What `couponIssue` did: the coupon that the customer has now.")
class CouponIssuePayload(CommandPayload):
    issued_coupon: IssuedCoupon | None = referred("issued", ISSUES, Tag.PUBLIC, "The issue; null when it was refused.")


@strawberry.input(description="Coupons that a customer was shown, for example on a page or by an app.")
class CouponMarkShownInput(CommandInput):
    customer_id: strawberry.ID = strawberry.field(description="Global id of the customer.")
    coupon_ids: list[strawberry.ID] = strawberry.field(description=f"Global ids of the coupons, 1 to {MOST_SHOWN}.")
    channel: Channel = strawberry.field(description="Channel at which they were shown.")


@planned("What `couponMarkShown` did: the coupons; the first time that each was shown is kept.")
class CouponMarkShownPayload(CommandPayload):
    coupons: list[Coupon] = referred("coupons", COUPONS, Tag.PUBLIC, "The coupons, in no particular order; none when refused.")


def putting(author: Author, given: InputValue) -> Command:
    code = given["code"].text("refusal.NAME_LENGTH", least=1, most=CODE_LENGTH)
    name = given["name"].text("refusal.NAME_LENGTH", least=1, most=WORD_LENGTH)
    stores = [each.raw_id("Store") for each in given["storeIds"].each()]
    rule, visited = ruled(given["rule"])
    return put_coupon(author, Definition(code, name, terms(given), stores, rule, visited, given["version"].value))


def ruled(given: InputValue) -> tuple[IssueRule | None, list[str]]:
    """Return the rule of an input, and the ids of the stores that it is about."""
    if not given.given:
        return None, []
    rank = given["rank"].text("refusal.NAME_LENGTH", least=1, most=WORD_LENGTH) if given["rank"].given else None
    products, categories = _words(given["products"]), _words(given["categories"])
    rule = IssueRule(str(given["kind"].value), rank, products=products, categories=categories, days=given["validDays"].value)
    return rule, [each.raw_id("Store") for each in given["storeIds"].each()]


def terms(given: InputValue) -> Terms:
    """Return the terms of an input, without their stores; raise InvalidInput for what cannot be read."""
    percent, amount, currency = given["percent"], given["amountOff"], given["currency"]
    if percent.given == amount.given:
        raise InvalidInput(Sentence("refusal.COUPON_KIND"), "/percent")
    if (amount.given or given["minimum"].given) and not _is_currency(currency.value):
        raise InvalidInput(Sentence("refusal.COUPON_CURRENCY"), "/currency")
    return Terms(
        PERCENT if percent.given else VALUE,
        percent.value if percent.given else minor_units(amount, currency),
        currency.value,
        minor_units(given["minimum"], currency) if given["minimum"].given else 0,
        _words(given["products"]),
        _words(given["categories"]),
        channels=frozenset(str(each.value) for each in given["channels"].each()),
        starts=_time(given["startsAt"]),
        ends=_time(given["endsAt"]),
        **{name: given[member].value for name, member in PLAIN.items()},
    )


PLAIN = {
    "uses_per_customer": "usesPerCustomer",
    "uses": "uses",
    "combinable": "combinable",
    "for_all": "forAll",
    "withdrawn": "withdrawn",
}


def _is_currency(code: str | None) -> bool:
    try:
        return code is not None and minor_digits(code) >= 0
    except ValueError:
        return False


def _words(given: InputValue) -> frozenset[str]:
    each = [one.text("refusal.NAME_LENGTH", least=1, most=WORD_LENGTH) for one in given.each()]
    if len(each) > MOST_NAMED:
        raise InvalidInput(Sentence("refusal.COUPON_NAMED", most=MOST_NAMED), given.pointer)
    return frozenset(each)


def _time(given: InputValue) -> str | None:
    moment: datetime | None = given.value
    return None if moment is None else utc_text(moment.astimezone(UTC))


def issuing(author: Author, given: InputValue) -> Command:
    record = given["recordId"].raw_id("SourceRecord") if given["recordId"].given else None
    coupon, customer = given["couponId"].raw_id("Coupon"), given["customerId"].raw_id("Customer")
    return issue_coupon(author, Issue(coupon, customer, record, _time(given["validTo"])))


def showing(author: Author, given: InputValue) -> Command:
    coupons = [each.raw_id("Coupon") for each in given["couponIds"].each()]
    return mark_shown(author, given["customerId"].raw_id("Customer"), coupons, str(given["channel"].value))


def whose(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("Customer", given["customerId"])]


def answered(_: InputValue, answer: Answer) -> Object:
    return dict(answer)


NONE: dict[str, Any] = {"coupons": []}
MUTATIONS = (
    Mutation("couponPut", CouponPutInput, CouponPutPayload, "Set up a coupon, or change its terms.", putting, answered),
    Mutation(
        "couponIssue",
        CouponIssueInput,
        CouponIssuePayload,
        "Issue a coupon to a customer, under a code of its own that is used once.",
        issuing,
        answered,
        whose=whose,
    ),
    Mutation(
        "couponMarkShown",
        CouponMarkShownInput,
        CouponMarkShownPayload,
        "Note that coupons were shown to a customer.",
        showing,
        answered,
        refused=NONE,
        whose=whose,
    ),
)
