"""Whose an anonymous contact is: the one customer that alone holds its identifier at its time, or nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.identity.members import Holding
from graph.identity.strength import Strength

SOLE_HOLDER = "SOLE_HOLDER"
SEVERAL_HOLDERS = "SEVERAL_HOLDERS"
NOBODY_KNOWN = "NOBODY_KNOWN"
ASSIGNED = "ASSIGNED"


@dataclass(frozen=True, slots=True)
class Holder:
    """A record that holds an endpoint, with its customer and the time it was first seen."""

    record: str
    customer: str
    first_seen: str
    holding: Holding


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An identifier that a contact came by; a blocked one has no holders here."""

    key: str
    strength: Strength
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """`record` is the key of the source record, None when nobody (or more than one) is known."""

    record: str | None
    rule: str
    identifier: str | None = None


def attribute(endpoints: Iterable[Endpoint], moment: str) -> Attribution:
    """Ask the strongest endpoints that anybody holds; when these know one customer, take its earliest record."""
    held = [
        (endpoint, [holder for holder in endpoint.holders if holder.holding.holds_at(moment)])
        for endpoint in sorted(endpoints, key=lambda e: (e.strength, e.key))
    ]
    held = [(endpoint, holders) for endpoint, holders in held if holders]
    if not held:
        return Attribution(None, NOBODY_KNOWN)
    strongest = [(endpoint, holders) for endpoint, holders in held if endpoint.strength == held[0][0].strength]
    owners = [holder for _, holders in strongest for holder in holders]
    if len({holder.customer for holder in owners}) > 1:
        return Attribution(None, SEVERAL_HOLDERS, strongest[0][0].key)
    earliest = min(owners, key=lambda holder: (holder.first_seen, holder.record))
    return Attribution(earliest.record, SOLE_HOLDER, strongest[0][0].key)
