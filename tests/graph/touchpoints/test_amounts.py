"""The amounts of an order and their currency: never one in the currency of another, whatever the order of arrival."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import orjson

from graph.events.newest import Stamps, take_newer
from graph.touchpoints.amounts import ASIDE, settled, told_amounts

Told = tuple[str, str | None, dict[str, int | None]]


def after(events: list[Told]) -> dict[str, Any]:
    """Return what an order holds after these events: (time, currency, amounts)."""
    properties: dict[str, Any] = {}
    stamps: Stamps = {}
    for time, currency, amounts in events:
        attributes = {"currency": {"currency": currency}} | {name: {name: units} for name, units in amounts.items()}
        known, won = told_amounts(properties), take_newer(stamps, attributes, time)
        properties |= {name: value for each in won for name, value in attributes[each].items()}
        properties |= settled(known, attributes, won, properties.get("currency"))
    return {name: value for name, value in properties.items() if value is not None}


def test_a_newer_currency_takes_the_amounts_of_the_former_one_with_it() -> None:
    first: Told = ("1", "JPY", {"total": 1500, "discount": 500})
    assert after([first, ("2", "USD", {"total": 1000})]) == {
        "currency": "USD",
        "total": 1000,
        ASIDE: orjson.dumps({"discount": [500, "JPY"]}).decode(),
    }
    assert after([first, ("2", "USD", {})])["currency"] == "USD"
    assert "total" not in after([first, ("2", "USD", {})])


def test_what_was_told_in_a_currency_counts_again_when_that_is_the_newest() -> None:
    told: list[Told] = [("1", "JPY", {"total": 1500}), ("2", "USD", {"shipping": 300}), ("3", "JPY", {})]
    assert after(told) == {"currency": "JPY", "total": 1500, ASIDE: orjson.dumps({"shipping": [300, "USD"]}).decode()}


def test_null_clears_an_amount_for_good() -> None:
    assert after([("1", "JPY", {"total": 1500}), ("2", "USD", {"total": None})]) == {"currency": "USD"}


def test_the_order_of_arrival_does_not_matter() -> None:
    told: list[Told] = [
        ("1", "JPY", {"total": 1500, "discount": 500, "fee": 330}),
        ("2", "USD", {"total": 1000, "fee": None}),
        ("3", "JPY", {"shipping": 600}),
        ("4", "USD", {"tax": 100}),
    ]
    assert len({orjson.dumps(after(list(order)), option=orjson.OPT_SORT_KEYS) for order in permutations(told)}) == 1
