"""Whether a coupon may be used for a basket, and if not, why: the first of the reasons, in one order at every door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.coupons.terms import Terms

REFUSALS = (
    "NO_SUCH_COUPON",
    "WITHDRAWN",
    "NOT_YET_VALID",
    "EXPIRED",
    "ALREADY_USED",
    "RESERVED",
    "USED_UP",
    "CUSTOMER_UNKNOWN",
    "OF_ANOTHER_CUSTOMER",
    "USED_BY_CUSTOMER",
    "WRONG_CHANNEL",
    "WRONG_STORE",
    "WRONG_CURRENCY",
    "NO_ITEM",
    "BELOW_MINIMUM",
    "NOT_COMBINABLE",
    "NOTHING_LEFT",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a basket. `amount` is minor units after other discounts; on a line that gives back, it is negative."""

    number: int
    amount: int
    sku: str | None = None
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Basket:
    """What somebody is about to buy, at which door and when (UTC text). `store` is a code, None where it is in no store."""

    lines: Sequence[Line]
    currency: str
    channel: str
    at: str
    store: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a coupon stands for whoever asks. Uses count what is held by somebody else too.

    `ends` is the end of this issue, UTC text. `own`: whether it was issued to the customer, None where no customer is told.
    `used` and `held` tell of this issue. `uses_by_customer` is None where no customer is told.
    """

    terms: Terms
    ends: str | None = None
    own: bool | None = None
    used: bool = False
    held: bool = False
    uses: int = 0
    uses_by_customer: int | None = None


def refusal(standing: Standing, basket: Basket) -> str | None:
    """Return why a coupon cannot be used by itself for this basket, None where it can."""
    return _by_time(standing, basket.at) or _by_use(standing) or _by_basket(standing.terms, basket)


def fits(terms: Terms, line: Line) -> bool:
    """Tell whether a coupon is for what is on a line."""
    anything = not terms.products and not terms.categories
    return line.amount > 0 and (anything or line.sku in terms.products or not terms.categories.isdisjoint(line.categories))


def _by_time(standing: Standing, at: str) -> str | None:
    terms = standing.terms
    if terms.withdrawn:
        return "WITHDRAWN"
    if terms.starts is not None and at < terms.starts:
        return "NOT_YET_VALID"
    return "EXPIRED" if any(end is not None and at >= end for end in (terms.ends, standing.ends)) else None


def _by_use(standing: Standing) -> str | None:
    terms = standing.terms
    if standing.used:
        return "ALREADY_USED"
    if standing.held:
        return "RESERVED"
    if terms.uses is not None and standing.uses >= terms.uses:
        return "USED_UP"
    if standing.own is False and not terms.for_all:
        return "OF_ANOTHER_CUSTOMER"
    return _by_customer(standing)


def _by_customer(standing: Standing) -> str | None:
    most, uses = standing.terms.uses_per_customer, standing.uses_by_customer
    if most is None:
        return None
    return "CUSTOMER_UNKNOWN" if uses is None else "USED_BY_CUSTOMER" if uses >= most else None


def _by_basket(terms: Terms, basket: Basket) -> str | None:
    if terms.channels and basket.channel not in terms.channels:
        return "WRONG_CHANNEL"
    if terms.stores and basket.store not in terms.stores:
        return "WRONG_STORE"
    if terms.currency is not None and basket.currency != terms.currency:
        return "WRONG_CURRENCY"
    amounts = [line.amount for line in basket.lines if fits(terms, line)]
    if not amounts:
        return "NO_ITEM"
    return "BELOW_MINIMUM" if sum(amounts) < terms.minimum else None
