"""A Japanese name without a gap, parted by the surnames and the readings of given names that there are.

The lists are read when the first such name comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cache
from importlib.resources import files

import jaconv

from graph.search.folding import fold_name, sounding
from graph.search.kana import spell

LONGEST = 16
"""Signs of a name that is looked at; a longer text is no name."""
LONGEST_SURNAME, LONGEST_GIVEN = 8, 3
"""In kana, and in kanji."""
COMMON = 50_000
"""Bearers of a surname of one sign: a rare one is more often the beginning of a longer one that no list has."""


def split_gapless(name: str) -> tuple[str | None, str | None]:
    """Return (family, given), in kanji by the longest surname, in kana where one way alone is known; else (None, None)."""
    if not 1 < len(name) <= LONGEST:
        return None, None
    places = [place for place in range(1, min(len(name), LONGEST_SURNAME + 1)) if _folded(name[:place]) in _surnames()]
    if sounding(name):
        places = [place for place in places if _folded(name[place:]) in _given_readings()]
        if len(places) > 1:
            return None, None
    else:
        places = [place for place in places if len(name) - place <= LONGEST_GIVEN]
    return (name[: places[-1]], name[places[-1] :]) if places else (None, None)


def is_surname(latin: str) -> bool:
    """Tell whether a word in Latin letters sounds like a Japanese surname."""
    return sounding(latin) in _surname_sounds()


def _folded(text: str) -> str:
    return fold_name(text).replace(" ", "")


@cache
def _surnames() -> Set[str]:
    known = [row for row in _rows("last_name_org") if len(row[0]) > 1 or int(row[1]) >= COMMON]
    return {_folded(text) for row in known for text in (row[0], row[2])}


@cache
def _surname_sounds() -> Set[str]:
    return {sounding(row[2]) for row in _rows("last_name_org")}


@cache
def _given_readings() -> Set[str]:
    readings = [row[0] for name in ("first_name_man_org", "first_name_woman_org") for row in _rows(name)]
    return set(spell(jaconv.hira2kata("\n".join(readings))).splitlines())


def _rows(name: str) -> Iterable[list[str]]:
    text = (files("japanese_personal_name_dataset") / "dataset" / f"{name}.csv").read_text("utf-8")
    return (line.split(",", 3) for line in text.splitlines())
