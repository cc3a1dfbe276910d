"""Money: decimal text and a currency, from the integer minor units of the graph."""

from __future__ import annotations

from typing import Any, LiteralString

from graph.money import from_minor
from resolvers.access.tags import Tag
from resolvers.engine.planner import part, planned, prop


def decimal_text(units_and_currency: list[Any]) -> str:
    """Return the amount as text; `[19800, "JPY"]` is "19800", `[1250, "USD"]` is "12.50"."""
    units, currency = units_and_currency
    return from_minor(units, currency)


def currency_code(units_and_currency: list[Any]) -> str:
    return units_and_currency[1]


@planned("Amount of money with its currency.")
class Money:
    amount: str = prop(
        "{money}",
        Tag.PUBLIC,
        "Decimal amount in the currency's main unit, for example `19800` (JPY) or `12.50` (USD).",
        form=decimal_text,
    )
    currency: str = prop("{money}", Tag.PUBLIC, "ISO 4217 currency code, for example `JPY`.", form=currency_code)


def money(property_name: LiteralString, tag: Tag, description: str) -> Any:
    """Return a Money field from a property in minor units on a node that has `currency`."""
    units: LiteralString = "{v}." + property_name
    # One value for amount, currency and presence: it is read and sent once.
    pair: LiteralString = "CASE WHEN " + units + " IS NOT NULL THEN [" + units + ", {v}.currency] END"
    return part(tag, description, presence=pair, names={"money": pair})
