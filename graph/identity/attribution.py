"""Whose an anonymous contact is: the one customer that alone holds its identifier at its time, or nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.identity.members import Holding
from graph.identity.normalising.nothing import Nothing
from graph.identity.strength import Strength

SOLE_HOLDER = "SOLE_HOLDER"
SEVERAL_HOLDERS = "SEVERAL_HOLDERS"
NOBODY_KNOWN = "NOBODY_KNOWN"
ASSIGNED = "ASSIGNED"
NOT_TOLD = (Nothing.WITHHELD, Nothing.PAY_PHONE, Nothing.NOT_SHOWN)
"""Why a contact came by no value at all, the plainest first; each is a rule of its own."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A record that holds an endpoint, with its customer and the time it was first seen; `named` is one that tells a name."""

    record: str
    customer: str
    first_seen: str
    holding: Holding
    named: bool = True


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An identifier that a contact came by; a blocked one has no holders here, and `nothing` says why it is no value."""

    key: str
    strength: Strength
    holders: tuple[Holder, ...]
    nothing: Nothing | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """`record` is the key of the source record, None when nobody (or more than one) is known."""

    record: str | None
    rule: str
    identifier: str | None = None


def attribute(endpoints: Iterable[Endpoint], moment: str) -> Attribution:
    """Ask the strongest endpoints that anybody holds; when these know one customer, take its earliest record.

    A record without a name may be an account of whoever else has the number: the customers of those with a name are asked.
    """
    asked = sorted(endpoints, key=lambda e: (e.strength, e.key))
    held = [(endpoint, [holder for holder in endpoint.holders if holder.holding.holds_at(moment)]) for endpoint in asked]
    held = [(endpoint, holders) for endpoint, holders in held if holders]
    if not held:
        return Attribution(None, _why_nobody({endpoint.nothing for endpoint in asked}))
    strongest = [(endpoint, holders) for endpoint, holders in held if endpoint.strength == held[0][0].strength]
    owners = [holder for _, holders in strongest for holder in holders]
    known = {holder.customer for holder in owners if holder.named} or {holder.customer for holder in owners}
    if len(known) > 1:
        return Attribution(None, SEVERAL_HOLDERS, strongest[0][0].key)
    earliest = min(
        (holder for holder in owners if holder.customer in known), key=lambda holder: (holder.first_seen, holder.record)
    )
    return Attribution(earliest.record, SOLE_HOLDER, strongest[0][0].key)


def _why_nobody(values: set[Nothing | None]) -> str:
    """Tell a contact whose endpoints are all no value from one by a value that nobody is known by."""
    told = None in values or not values
    return NOBODY_KNOWN if told else next((str(reason) for reason in NOT_TOLD if reason in values), NOBODY_KNOWN)
