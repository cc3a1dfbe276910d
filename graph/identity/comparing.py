"""Two source records compared field by field: how far they agree in each, as one of a few named levels.

What one of them does not tell is UNKNOWN, and speaks neither for one person nor against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.identity.profile import Naming, Profile, Values
from graph.identity.slips import is_slip, is_slip_of_date

UNKNOWN, SAME, CLOSE, DIFFERENT = "UNKNOWN", "SAME", "CLOSE", "DIFFERENT"
READS_ALIKE, SAME_YEAR, SAME_LOCAL_PART = "READS_ALIKE", "SAME_YEAR", "SAME_LOCAL_PART"
HOME_AND_SURNAME, HOME, SURNAME = "HOME_AND_SURNAME", "HOME", "SURNAME"
LEVELS: Mapping[str, tuple[str, ...]] = {
    "GIVEN_NAME": (SAME, READS_ALIKE, CLOSE, DIFFERENT),
    "HOUSEHOLD": (HOME_AND_SURNAME, HOME, SURNAME, DIFFERENT),
    "BIRTH_DATE": (SAME, CLOSE, SAME_YEAR, DIFFERENT),
    "GENDER": (SAME, DIFFERENT),
    "MOBILE": (SAME, CLOSE, DIFFERENT),
    "MAIL": (SAME, CLOSE, SAME_LOCAL_PART, DIFFERENT),
    "ACCOUNT": (SAME, DIFFERENT),
}
"""Field -> its levels, the most alike first; besides, each can be UNKNOWN."""


def compare(one: Profile, other: Profile) -> dict[str, str]:
    """Return the level of each of `FIELDS`, the same for both orders of the two."""
    return {
        "GIVEN_NAME": _names(one.given, other.given),
        "HOUSEHOLD": _households(one, other),
        "BIRTH_DATE": _birth_dates(one.birth_date, other.birth_date),
        "GENDER": _equal(one.gender, other.gender),
        "MOBILE": _reached(one.mobiles, other.mobiles),
        "MAIL": _mails(one.mails, other.mails),
        "ACCOUNT": _accounts(one, other),
    }


def _names(one: Naming, other: Naming) -> str:
    if not one.written.isdisjoint(other.written):
        return SAME
    if one.read and other.read:
        if not one.read.isdisjoint(other.read):
            return READS_ALIKE
        # One wrong kana is two wrong letters; in Latin letters only those can be compared who have no kana.
        nearly = _nearly(one.kana, other.kana) if one.kana and other.kana else _nearly(one.read, other.read)
        return CLOSE if nearly else DIFFERENT
    return DIFFERENT if one.written and other.written else UNKNOWN


def _households(one: Profile, other: Profile) -> str:
    """Surname, home and what families share, as one: given apart, three agreements of one household would count thrice."""
    surname = _names(one.surname, other.surname)
    # 渡部 and 渡辺 read alike and are two families; a reading decides where one of them was not written in kanji.
    alike = surname == SAME or (surname == READS_ALIKE and not (one.surname.written and other.surname.written))
    if (one.home is not None and one.home == other.home) or not one.family.isdisjoint(other.family):
        return HOME_AND_SURNAME if alike else HOME
    if alike:
        return SURNAME
    known = surname != UNKNOWN or (one.home and other.home) or (one.family and other.family)
    return DIFFERENT if known else UNKNOWN


def _birth_dates(one: str | None, other: str | None) -> str:
    """Compare ISO dates; close are those with one slip of a finger, or with day and month exchanged."""
    if one is None or other is None:
        return UNKNOWN
    if one == other:
        return SAME
    if is_slip_of_date(one, other):
        return CLOSE
    return SAME_YEAR if one[:4] == other[:4] else DIFFERENT


def _equal(one: str | None, other: str | None) -> str:
    if one is None or other is None:
        return UNKNOWN
    return SAME if one == other else DIFFERENT


def _reached(one: Values, other: Values) -> str:
    """Compare values of which a person has several over time; one that they held at different times tells nothing."""
    if not one or not other:
        return UNKNOWN
    common = one.keys() & other.keys()
    if common:
        return SAME if any(one[value].overlaps(other[value]) for value in common) else UNKNOWN
    return CLOSE if _nearly(one, other) else DIFFERENT


def _mails(one: Values, other: Values) -> str:
    level = _reached(one, other)
    if level == DIFFERENT and not _local_parts(one).isdisjoint(_local_parts(other)):
        return SAME_LOCAL_PART
    return level


def _local_parts(mails: Values) -> set[str]:
    return {mail.rpartition("@")[0] for mail in mails}


def _accounts(one: Profile, other: Profile) -> str:
    """Compare numbers that are one person's alone: they agree in any, or differ within one system, or tell nothing."""
    if not one.accounts.keys().isdisjoint(other.accounts):
        return _reached(one.accounts, other.accounts)
    return UNKNOWN if one.systems.isdisjoint(other.systems) else DIFFERENT


def _nearly(ones: Iterable[str], others: Iterable[str]) -> bool:
    return any(is_slip(one, other) for one in ones for other in others)
