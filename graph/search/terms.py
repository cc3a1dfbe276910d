"""What somebody may mean by what they type into the one box: every alternative that the text can stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.identity.normalising.titles import without_titles
from graph.search.details import details_in
from graph.search.folding import fold_name, fold_romaji, fold_signs
from graph.search.forms import BORN
from graph.search.numbers import (
    Beginning,
    Ending,
    Valued,
    beginnings,
    calls,
    domains,
    endings,
    identifiers,
    order_beginnings,
    order_keys,
)
from graph.search.queries import by_close_name, by_name, by_name_and_place, by_place
from graph.search.runs import Run, runs
from graph.search.signs import visible

LONGEST, MOST_PARTS = 200, 8
WHOLE: tuple[str, ...] = ("identifiers", "numbers")
PARTS = (*WHOLE, "endings", "beginnings", "order_beginnings", "domains")
TEXTS = ("names", "places", "close")
"""Alternatives that are sought together, so that few statements answer all that is typed."""
_HYPHEN = re.compile(r"(?<=[a-z])[-'’](?=[a-z])")
_KANA = re.compile(r"[\sァ-ヿ]+")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is sought, by alternative; one that is an empty list cannot be meant.

    `identifiers` and `beginnings` are values with the kinds they can be of, `numbers` order numbers as keys, `endings` their
    last four characters beside all. `names`, `places` and `close` are queries in Lucene's language. `words` are what was
    typed as a name, folded, for the spans of what is found; `kana` and `dated` say that it is a reading, or a date of birth
    alone.
    """

    identifiers: list[Valued] = field(default_factory=list[Valued])
    numbers: list[str] = field(default_factory=list[str])
    endings: list[Ending] = field(default_factory=list[Ending])
    beginnings: list[Beginning] = field(default_factory=list[Beginning])
    order_beginnings: list[str] = field(default_factory=list[str])
    domains: list[str] = field(default_factory=list[str])
    names: list[str] = field(default_factory=list[str])
    places: list[str] = field(default_factory=list[str])
    close: list[str] = field(default_factory=list[str])
    words: list[str] = field(default_factory=list[str])
    kana: bool = False
    dated: bool = False

    @property
    def form(self) -> tuple[str, ...]:
        """The names of the alternatives that are sought: texts of one form are sought by one statement."""

        def meant(names: tuple[str, ...]) -> bool:
            return any(getattr(self, name) for name in names)

        numbers = PARTS if meant(PARTS[len(WHOLE) :]) else WHOLE if meant(WHOLE) else ()
        return numbers + (TEXTS if meant(TEXTS) else ())

    def parameters(self) -> dict[str, object]:
        """Return what a statement that asks all alternatives of the form needs."""
        chosen: dict[str, object] = {name: getattr(self, name) for name in self.form}
        naming, placing = "KANA" if self.kana else "NAME", "BIRTH_DATE" if self.dated else "ADDRESS"
        return {**chosen, "words": self.words, "naming": naming, "placing": placing}


def terms(typed: str, *, details: bool = True) -> Terms:
    """Return what a text can mean; a blank one means nothing. Longer ones are cut at LONGEST characters.

    With `details` a date of birth, a postal code and parts of an address are sought, alone and beside a name. Words with
    digits are numbers and no names; what has an @ is an address or an account and no name.
    """
    plain = visible(typed[:LONGEST])
    if not plain:
        return Terms()
    numbers = order_keys(plain)
    told, rest = details_in(plain) if details else ([], plain)
    valued = identifiers(plain)
    parts, digits = ([], []) if "@" in plain else _parts(rest, called=calls(valued))
    several = details and len(parts) > 1
    return Terms(
        valued,
        numbers,
        endings(plain, valued),
        beginnings(plain, valued),
        order_beginnings(numbers, valued),
        domains(plain),
        [by_name_and_place(parts, told) if several else by_name(parts, told)] if parts else [],
        [by_place(parts, digits, told)] if details and _may_be_place(parts, digits, told) else [],
        [query for query in (by_close_name(parts, told),) if query] if parts else [],
        _words(parts),
        kana=bool(parts) and all(part.gapless and _KANA.fullmatch(part.text) for part in parts),
        dated=not parts and told != [] and told[0].startswith(BORN),
    )


_TOWNS = "都道府県市区町村郡島台丘"
_LABELS = frozenset({"tel", "phone", "fax", "mobile", "cell", "ext", "電話", "携帯", "自宅"})


def _may_be_place(parts: list[Run], digits: list[Run], told: list[str]) -> bool:
    """Tell whether people say an address so: with a house number, a postal code, or the word for a town in it."""
    if not all(part.gapless and len(part.text) > 1 for part in parts):
        return False
    return bool(told) or any(part.text[-1] in _TOWNS or digits for part in parts)


def _parts(text: str, *, called: bool) -> tuple[list[Run], list[Run]]:
    """Return the parts of a name, and numbers beside them; words that say what a number is are neither."""
    parts: list[Run] = []
    digits: list[Run] = []
    for word in fold_name(without_titles(text)).split():
        found = runs(_HYPHEN.sub("", word))
        with_digits = any(run.has_digit for run in found)
        for run in found:
            if run.has_digit:
                digits.append(run)
            elif (run.gapless or not with_digits) and not (called and run.text in _LABELS):
                parts.append(run)
    return parts[:MOST_PARTS], [] if called else digits[:MOST_PARTS]


def _words(parts: list[Run]) -> list[str]:
    """Return each part as spans are compared: in Latin letters with long vowels shortened where it is in those."""
    words = (word for part in parts for word in (part.text, fold_romaji(part.text)))
    return list(dict.fromkeys(bare for word in words if (bare := "".join(sign for sign, _ in fold_signs(word)))))
