"""What keeps two source records apart although they share an identifier."""

from __future__ import annotations

from collections.abc import Iterable, Set

from graph.identity.members import Member
from graph.identity.name_agreement import Agreement, agreement, slip, surnames_agree
from graph.identity.normalising.dates import is_real_birth_date
from graph.identity.slips import is_slip_of_date
from graph.identity.strength import Strength

NOT_SAME = "NOT_SAME"
GIVEN_NAME = "GIVEN_NAME_DIFFERS"
SURNAME = "SURNAME_DIFFERS"
BIRTH_DATE = "BIRTH_DATE_DIFFERS"
NOTHING_TO_COMPARE = "NOTHING_TO_COMPARE"
"""Both tell names, in scripts that say nothing of each other; or one is an account that tells none."""
MANY_NAMES = "MANY_NAMES"
"""So many people have given the value that a person decides."""
_TWO_VALUES = 2
_GRAVITY = (NOT_SAME, GIVEN_NAME, SURNAME, BIRTH_DATE)


def conflict(one: Member, other: Member, *, how: Strength = Strength.NEARLY) -> str | None:
    """Return why the two cannot be one person, or None.

    Where an exclusive identifier says that they are, a slip in the given name or in the birth date is none if the rest agrees.
    """
    if other.key in one.apart_from or one.key in other.apart_from:
        return NOT_SAME
    names = agreement(one.names, other.names)
    lenient = how is Strength.EXCLUSIVE
    if names is Agreement.GIVEN_NAMES_DIFFER and not (lenient and _is_slip_of_name(one, other)):
        return GIVEN_NAME
    if names is Agreement.SURNAMES_DIFFER:
        return SURNAME
    if _both_born(one, other) and one.birth_date != other.birth_date:
        slipped = lenient and names is Agreement.AGREE and is_slip_of_date(one.birth_date or "", other.birth_date or "")
        return None if slipped else BIRTH_DATE
    return None


def objection(ones: Iterable[Member], others: Iterable[Member], how: Strength, blocked: Set[str] = frozenset()) -> str | None:
    """Return what keeps two clusters apart that an identifier of this strength ties; `blocked` ones say nothing of anybody.

    Against what a person said only a cannot-link of a person counts.
    """
    ours, theirs = list(ones), list(others)
    reasons = {conflict(one, other, how=how) for one in ours for other in theirs}
    if how is Strength.PERSON:
        return NOT_SAME if NOT_SAME in reasons else None
    reason = next((reason for reason in _GRAVITY if reason in reasons), None)
    if reason is None and how is Strength.NEARLY and _nothing_to_compare(ours, theirs, blocked):
        return NOTHING_TO_COMPARE
    return reason


def one_person(one: Member, other: Member) -> bool:
    """Tell whether two are called the same and nothing speaks against one person."""
    return agreement(one.names, other.names) is Agreement.AGREE and conflict(one, other) is None


def something_agrees(one: Member, other: Member, but: str) -> bool:
    """Tell whether anything but the identifier `but` speaks for one person, or for one family.

    What is looked at: the names or the surname, the birth date, the home, or another identifier by which both could be linked.
    """
    if agreement(one.names, other.names) is Agreement.AGREE or surnames_agree(one.names, other.names):
        return True
    if (_both_born(one, other) and one.birth_date == other.birth_date) or (one.home is not None and one.home == other.home):
        return True
    return not _links(one, but).isdisjoint(_links(other, but))


def _links(member: Member, but: str) -> set[str]:
    linking = (Strength.EXCLUSIVE, Strength.NEARLY)
    return {holding.identifier for holding in member.holdings if holding.strength in linking and holding.identifier != but}


def _both_born(one: Member, other: Member) -> bool:
    return is_real_birth_date(one.birth_date) and is_real_birth_date(other.birth_date)


def _is_slip_of_name(one: Member, other: Member) -> bool:
    return _both_born(one, other) and one.birth_date == other.birth_date and slip(one.names, other.names)


def _nothing_to_compare(ours: list[Member], theirs: list[Member], blocked: Set[str]) -> bool:
    """Tell whether nothing but a mobile or mail says that two clusters are one person rather than one household.

    Where both tell names, these must say something of each other: a birth date alone may be a twin's. An account that tells
    none is joined by a birth date or by a second value; who tells nothing but a number is whoever has the number.
    """
    nameless = [side for side in (ours, theirs) if not any(member.names for member in side)]
    if not nameless:
        return not any(agreement(one.names, other.names) for one in ours for other in theirs)
    if not any(_has_account(member) for side in nameless for member in side):
        return False
    if any(_both_born(one, other) and one.birth_date == other.birth_date for one in ours for other in theirs):
        return False
    held = [{key for member in side for key in _links(member, but="")} - blocked for side in (ours, theirs)]
    return len(held[0] & held[1]) < _TWO_VALUES


def _has_account(member: Member) -> bool:
    return any(holding.strength is Strength.EXCLUSIVE for holding in member.holdings)
