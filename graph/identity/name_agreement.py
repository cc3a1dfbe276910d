"""Whether two people can have one name: all that each was ever told to be called, compared in every script that both have."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from graph.identity.normalising.told_names import KANA, LATIN, WRITTEN
from graph.identity.slips import is_slip
from graph.search.sound import is_readable, sound

Names = frozenset[str]
"""Lines of `told_names.py`."""
_LONGEST_KNOWN = 100_000
_NEARLY_IN_LATIN = 0.8


class Agreement(IntEnum):
    """What two names say, the highest counts: where given names agree in any script, no other script speaks against it."""

    NOTHING = 0
    SURNAMES_DIFFER = 1
    SURNAMES_AGREE = 2
    GIVEN_NAMES_DIFFER = 3
    AGREE = 4


class Told(NamedTuple):
    """A name in one script: in `family` and `given`, either may be empty, or else in `words` whose order nobody knows."""

    script: str
    family: str
    given: str
    words: tuple[str, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        return self.words or (self.family, self.given)


@lru_cache(maxsize=_LONGEST_KNOWN)
def agreement(ones: Names, others: Names) -> Agreement:
    """Return what two sets of names say together; NOTHING where no script is known of both."""
    return max((_compare(one, other) for one, other in _comparable(ones, others)), default=Agreement.NOTHING)


@lru_cache(maxsize=_LONGEST_KNOWN)
def surnames_agree(ones: Names, others: Names) -> bool:
    """Tell whether any surname agrees, that of a name in one piece by its beginning."""
    return any(_same_surname(one, other) or _same_surname(other, one) for one, other in _comparable(ones, others))


@lru_cache(maxsize=_LONGEST_KNOWN)
def slip(ones: Names, others: Names) -> bool:
    """Tell whether two given names that differ are one but for a wrong kana, or are nearly alike in Latin letters."""
    pairs = [(one, other) for one, other in _comparable(ones, others) if _compare(one, other) is Agreement.GIVEN_NAMES_DIFFER]
    return bool(pairs) and all(_nearly(one, other) for one, other in pairs)


def given_names(names: Iterable[str]) -> frozenset[str]:
    """Return one form for each given name in each script, by which the people who give a value are counted.

    A name without parts is counted as a whole (`N*:検体真由`), among such names only.
    """
    found = [read_line(line) for line in names]
    whole = {f"{told.script}*:{' '.join(sorted(told.words))}" for told in found if told.words}
    return frozenset(whole | {f"{told.script}:{told.given}" for told in found if told.given})


@lru_cache(maxsize=_LONGEST_KNOWN)
def read_line(line: str) -> Told:
    """Return a name as its line says it."""
    script, _, text = line.partition(":")
    family, bar, given = text.partition("|")
    return Told(script, family, given, ()) if bar else Told(script, "", "", tuple(text.split()))


def _comparable(ones: Names, others: Names) -> Iterable[tuple[Told, Told]]:
    for one, other in product(map(read_line, ones), map(read_line, others)):
        if one.script == other.script:
            yield one, other
        elif {one.script, other.script} == {KANA, LATIN}:
            heard = _heard(one), _heard(other)
            if all(is_readable(part) for told in heard for part in told.parts if part):
                yield heard


def _heard(told: Told) -> Told:
    if told.script == LATIN:
        return told
    return Told(LATIN, sound(told.family), sound(told.given), tuple(sound(word) for word in told.words))


def _compare(one: Told, other: Told) -> Agreement:
    if one.words and other.words:
        return _both_loose(one.words, other.words)
    if one.words or other.words:
        return _one_loose(one, other) if one.words else _one_loose(other, one)
    if one.given and other.given:
        if one.given == other.given or (one.family and (one.family, one.given) == (other.given, other.family)):
            return Agreement.AGREE
        alone = (one.given == other.family and not one.family) or (other.given == one.family and not other.family)
        return Agreement.SURNAMES_AGREE if alone else Agreement.GIVEN_NAMES_DIFFER
    if one.family and other.family:
        alike = one.family in {other.family, other.given} or one.given == other.family
        return Agreement.SURNAMES_AGREE if alike else Agreement.SURNAMES_DIFFER
    return Agreement.NOTHING


def _one_loose(one: Told, other: Told) -> Agreement:
    """Compare a name without parts with one that has them."""
    if len(one.words) == 1:
        return _in_one_piece("".join(one.words), other.family, other.given)
    if not other.given:
        return Agreement.SURNAMES_AGREE if other.family in one.words else Agreement.SURNAMES_DIFFER
    # One word in common may be the surname of the one and the given name of the other.
    known = [part for part in other.parts if part]
    return Agreement.AGREE if set(known) <= set(one.words) else Agreement.GIVEN_NAMES_DIFFER


def _in_one_piece(whole: str, family: str, given: str) -> Agreement:
    """Compare a name in one piece, of which nobody knows where its parts are, with one in parts."""
    if not given:
        return Agreement.SURNAMES_AGREE if whole.startswith(family) else Agreement.SURNAMES_DIFFER
    # A middle name may stand between the two; vowels that meet between them are one long one where nobody parts them.
    if whole in (given, family + given, sound(family + given)) or (family and whole.startswith(given) and whole.endswith(family)):
        return Agreement.AGREE
    if family and whole.startswith(family):
        return Agreement.SURNAMES_AGREE if whole == family else Agreement.GIVEN_NAMES_DIFFER
    if len(given) > 1 and whole.endswith(given):
        return Agreement.AGREE
    return Agreement.GIVEN_NAMES_DIFFER if family else Agreement.NOTHING


def _both_loose(ones: tuple[str, ...], others: tuple[str, ...]) -> Agreement:
    whole, other = "".join(ones), "".join(others)
    if whole == other or sorted(ones) == sorted(others) or whole == "".join(reversed(others)):
        return Agreement.AGREE
    if len(ones) > 1 and len(others) > 1:
        return Agreement.GIVEN_NAMES_DIFFER
    short, long = sorted((whole, other), key=len)
    if long.startswith(short):
        return Agreement.SURNAMES_AGREE
    return Agreement.AGREE if len(short) > 1 and long.endswith(short) else Agreement.GIVEN_NAMES_DIFFER


def _same_surname(one: Told, other: Told) -> bool:
    if len(one.words) > 1 or len(other.words) > 1:
        return not set(one.parts).isdisjoint(filter(None, other.parts))
    if one.family:
        return one.family == other.family or any(word.startswith(one.family) for word in other.words)
    return False


def _nearly(one: Told, other: Told) -> bool:
    if not (one.given and other.given) or one.script == WRITTEN:
        return False
    if one.script == KANA:
        return is_slip(one.given, other.given)
    return JaroWinkler.similarity(one.given, other.given) >= _NEARLY_IN_LATIN
