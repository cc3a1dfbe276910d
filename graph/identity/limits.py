"""How many values of a kind one customer can have: one account or card in a system, a handful of mobiles and mails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from graph.identity.members import Member
from graph.identity.strength import Strength

TOO_MANY_VALUES = "TOO_MANY_VALUES"
LIMITS = {Strength.EXCLUSIVE: 1, Strength.NEARLY: 5}

Values = Mapping[tuple[Strength, str], Set[str]]
"""(strength, kind and system) -> identifiers that are held now."""


def values_of(members: Iterable[Member], blocked: Set[str]) -> Values:
    """Return the limited values that these records hold without an end, by what they are limited within."""
    found: defaultdict[tuple[Strength, str], set[str]] = defaultdict(set)
    for member in members:
        for holding in member.holdings:
            if holding.strength in LIMITS and not holding.valid_to and holding.identifier not in blocked:
                found[holding.strength, _within(holding.strength, holding.identifier, member.key)].add(holding.identifier)
    return found


def exceeded(ours: Values, theirs: Values) -> bool:
    """Tell whether together they would have more than a customer can have; who has more already is not asked again."""
    for group in ours.keys() & theirs.keys():
        together = len(ours[group] | theirs[group])
        if together > max(LIMITS[group[0]], len(ours[group]), len(theirs[group])):
            return True
    return False


def _within(strength: Strength, identifier: str, record: str) -> str:
    """An account is one of its kind, scope and system; mobiles and mails are counted over all systems."""
    kind_and_scope = identifier.split(":", 2)[:2]
    return kind_and_scope[0] if strength is Strength.NEARLY else ":".join((*kind_and_scope, record.split(":", 1)[0]))
