"""What a coupon gives, and on what: the terms under which it is given out."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

VALUE, PERCENT = KINDS = ("VALUE", "PERCENT")
HUNDRED = 100
EVERYWHERE: frozenset[str] = frozenset()
LISTS = ("products", "categories", "stores", "channels")
PLAIN = (
    "kind", "value", "currency", "minimum", "starts", "ends", "uses_per_customer", "uses", "combinable", "for_all", "withdrawn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terms:
    """`value` is whole percent, or minor units of `currency`; `minimum` minor units of the currency of the basket.

    An empty set of products, categories, stores or channels sets no bound; an item counts that is one of the products or of
    one of the categories. `starts` and `ends` are UTC text, the end is not within. `uses` and `uses_per_customer` None: any
    number. `for_all`: whoever has the code uses it; else it is issued to customers, and each issue is used once.
    """

    kind: str
    value: int
    currency: str | None = None
    minimum: int = 0
    products: frozenset[str] = EVERYWHERE
    categories: frozenset[str] = EVERYWHERE
    stores: frozenset[str] = EVERYWHERE
    channels: frozenset[str] = EVERYWHERE
    starts: str | None = None
    ends: str | None = None
    uses_per_customer: int | None = None
    uses: int | None = None
    combinable: bool = False
    for_all: bool = False
    withdrawn: bool = False

    @classmethod
    def of(cls, told: dict[str, Any]) -> Terms:
        """Return the terms that the properties of a `(:Coupon)` tell."""
        lists: dict[str, Any] = {name: frozenset(told.get(name) or ()) for name in LISTS}
        plain: dict[str, Any] = {name: told[name] for name in PLAIN if name in told}
        return cls(**plain, **lists)


def code_key(code: str) -> str:
    """Return a code as it is compared, however it is typed: in capitals of single width, without dashes and spaces."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", code).upper()))
