"""What is asked about coupons at a door: their codes and the basket that they are for."""

from __future__ import annotations

import strawberry

from graph.coupons.asking import Asked
from graph.coupons.refusals import Line
from graph.coupons.terms import code_key
from graph.errors import InvalidInput
from graph.keys import scoped, touchpoint_id
from graph.money import to_minor
from graph.words import Sentence
from resolvers.engine.input_value import InputValue
from resolvers.values.words import Channel

MOST_CODES, MOST_LINES, CODE_LENGTH, WORD_LENGTH = 10, 500, 64, 200
IN_STORE = "STORE"


@strawberry.input(description="Line of a basket, for coupons.")
class CouponLineInput:
    number: int = strawberry.field(description="Number of the line, each once.")
    amount: str = strawberry.field(
        description="Decimal amount of the line after other discounts, in the main unit of the currency; negative gives back."
    )
    sku: str | None = strawberry.field(default=None, description="SKU of the product; null if it has none.")


@strawberry.input(description="Order as its source tells it in events.")
class OrderReferenceInput:
    source: str = strawberry.field(description="`source` of its events.")
    subject: str = strawberry.field(description="`subject` of its events.")


@strawberry.input
class CouponBasketInput:
    codes: list[str] = strawberry.field(description=f"Codes of the coupons, 1 to {MOST_CODES}, in any order and case.")
    lines: list[CouponLineInput] = strawberry.field(description=f"Lines of the basket, 1 to {MOST_LINES}, in any order.")
    currency: str = strawberry.field(description="ISO 4217 currency of the amounts, for example `JPY`.")
    channel: Channel = strawberry.field(description="Channel at which the customer buys.")
    store_id: strawberry.ID | None = strawberry.field(
        default=None, description="Global id of the store in which they are; needed where the channel is `STORE`."
    )
    customer_id: strawberry.ID | None = strawberry.field(
        default=None, description="Global id of the customer; needed where a coupon has a number of uses for each customer."
    )


def asked(given: InputValue) -> Asked:
    """Return what is asked; raise InvalidInput with the path to what cannot be read."""
    if given["channel"].value == IN_STORE and not given["storeId"].given:
        raise InvalidInput(Sentence("refusal.COUPON_STORE"), "/storeId")
    codes = given["codes"].each()
    if not 1 <= len(codes) <= MOST_CODES:
        raise InvalidInput(Sentence("refusal.COUPON_COUNT", most=MOST_CODES), "/codes")
    typed = [each.text("refusal.TEXT_LENGTH", most=CODE_LENGTH) for each in codes]
    return Asked(
        list({code_key(code): code for code in typed}.values()),
        _lines(given),
        given["currency"].value,
        str(given["channel"].value),
        store=given["storeId"].raw_id("Store") if given["storeId"].given else None,
        customer=given["customerId"].raw_id("Customer") if given["customerId"].given else None,
        order=_order(given["order"]),
        reservations=[each.raw_id("CouponReservation") for each in given["reservationIds"].each()],
    )


def minor_units(given: InputValue, currency: InputValue) -> int:
    """Return an amount in minor units; raise InvalidInput for what is no amount of the currency."""
    try:
        return to_minor(given.value, currency.value)
    except (ValueError, ArithmeticError):
        raise InvalidInput(Sentence("refusal.COUPON_AMOUNT"), given.pointer) from None


def whose(given: InputValue) -> list[tuple[str, InputValue]]:
    things = {"Customer": given["customerId"], "Store": given["storeId"]}
    return [(thing, own_id) for thing, own_id in things.items() if own_id.given]


def _lines(given: InputValue) -> list[Line]:
    lines = given["lines"].each()
    if not 1 <= len(lines) <= MOST_LINES or len({each["number"].value for each in lines}) < len(lines):
        raise InvalidInput(Sentence("refusal.COUPON_LINES", most=MOST_LINES), "/lines")
    return [
        Line(
            each["number"].value,
            minor_units(each["amount"], given["currency"]),
            each["sku"].text("refusal.TEXT_LENGTH", most=WORD_LENGTH) or None,
        )
        for each in lines
    ]


def _order(given: InputValue) -> str | None:
    if not given.given:
        return None
    source, subject = (given[name].text("refusal.TEXT_LENGTH", least=1, most=WORD_LENGTH) for name in ("source", "subject"))
    return touchpoint_id(scoped(source, subject))
