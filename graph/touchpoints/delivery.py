"""What a contact by mail says of the addresses that it names: mail comes back from them for good, or they are in use."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.events.facts import Claim, Touchpoint
from graph.resolution.people import People

BY_MAIL = frozenset({"EMAIL", "NEWSLETTER"})
_FOR_GOOD = re.compile(r"FAILED\s+5\.")
"""A status of class 5 (RFC 3463); one of class 4 may come to an end by itself."""


def bounced(touchpoint: Touchpoint) -> bool:
    """Tell whether mail to the addresses came back for good, as this one event says it."""
    return touchpoint.kind in BY_MAIL and _FOR_GOOD.match(_status(touchpoint)) is not None


def reached(touchpoint: Touchpoint) -> bool:
    """Tell whether the addresses are in use, as this one event says it: somebody wrote from there, or mail was delivered."""
    wrote = touchpoint.kind == "EMAIL" and _told(touchpoint, "direction") == "INBOUND"
    return wrote or (touchpoint.kind in BY_MAIL and _status(touchpoint).startswith("DELIVERED"))


def note_delivery(touchpoint: Touchpoint, claims: Iterable[Claim], time: str, people: People) -> None:
    """Keep on each address that an event names what it says of it, as of the time of the event."""
    back, there = bounced(touchpoint), reached(touchpoint)
    for identifier in (people.identifiers[claim.key] for claim in claims if claim.kind == "EMAIL"):
        if there:
            identifier.reach(time)
        elif back:
            identifier.bounce(time)


def _status(touchpoint: Touchpoint) -> str:
    return str(_told(touchpoint, "delivery_status") or "").strip().upper()


def _told(touchpoint: Touchpoint, name: str) -> object:
    return next((values[name] for values in touchpoint.attributes.values() if name in values), None)
