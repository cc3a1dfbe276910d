"""What keeps two source records apart although they share an identifier."""

from __future__ import annotations

from collections.abc import Iterable

from graph.identity.members import Member
from graph.identity.normalising.dates import is_real_birth_date

NOT_SAME = "NOT_SAME"
GIVEN_NAME = "GIVEN_NAME_DIFFERS"
BIRTH_DATE = "BIRTH_DATE_DIFFERS"
MANY_NAMES = "MANY_NAMES"
"""So many people have given the value that a person decides."""


def conflict(one: Member, other: Member) -> str | None:
    """Return why the two cannot be one person, or None."""
    if other.key in one.apart_from or one.key in other.apart_from:
        return NOT_SAME
    if given_names_differ(one.given_names, other.given_names):
        return GIVEN_NAME
    if is_real_birth_date(one.birth_date) and is_real_birth_date(other.birth_date) and one.birth_date != other.birth_date:
        return BIRTH_DATE
    return None


def given_names_differ(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether names in a script that both have agree in none: 裕介 and 祐介 read alike are no conflict."""
    names, others = frozenset(one), frozenset(other)
    comparable = {name[:2] for name in names} & {name[:2] for name in others}
    return bool(comparable) and names.isdisjoint(others)


def objection(ones: Iterable[Member], others: Iterable[Member], *, said_by_person: bool) -> str | None:
    """Return what keeps two clusters apart; against what a person said only a cannot-link of a person counts."""
    reason = conflict_between(ones, others)
    return None if said_by_person and reason != NOT_SAME else reason


def conflict_between(ones: Iterable[Member], others: Iterable[Member]) -> str | None:
    """Return the gravest reason that keeps any of these from any of those, or None."""
    against = list(others)
    reasons = {conflict(one, other) for one in ones for other in against}
    return next((reason for reason in (NOT_SAME, GIVEN_NAME, BIRTH_DATE) if reason in reasons), None)
