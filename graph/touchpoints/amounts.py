"""The amounts of an order and their currency, which are one thing: no amount is ever read in the currency of another.

Each attribute is the newest that was told of it. One that was told in another currency than the newest is not the order's
any more; it is kept aside, so that the order of arrival does not matter when the currency changes once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from graph.events.amounts import CHARGES
from graph.events.facts import Attributes

CURRENCY, ASIDE = "currency", "amounts_aside"
LOADED = (*CHARGES, CURRENCY, ASIDE)
"""The properties that tell amounts."""

Told = dict[str, tuple[int, str | None]]
"""Name of an amount -> minor units and the currency in which it was told."""


def told_amounts(properties: Mapping[str, Any]) -> Told:
    """Return every amount that an order holds, those aside included."""
    aside: dict[str, list[Any]] = orjson.loads(properties.get(ASIDE) or "{}")
    own = {name: (units, properties.get(CURRENCY)) for name in CHARGES if (units := properties.get(name)) is not None}
    return {name: (units, currency) for name, (units, currency) in aside.items()} | own


def settled(known: Told, attributes: Attributes, won: Iterable[str], currency: str | None) -> dict[str, Any]:
    """Return the properties of all amounts; `won` are the attributes of which an event is the newest."""
    told_in: Any = attributes.get(CURRENCY, {}).get(CURRENCY)
    told = dict(known)
    for name in set(won) & set(CHARGES):
        units: Any = attributes[name][name]
        told.pop(name, None)
        if units is not None:
            told[name] = (units, told_in)
    aside = {name: pair for name, pair in sorted(told.items()) if pair[1] != currency}
    own = {name: told[name][0] if name in told and name not in aside else None for name in CHARGES}
    return {**own, ASIDE: orjson.dumps(aside).decode() if aside else None}
