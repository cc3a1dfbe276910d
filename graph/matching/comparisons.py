"""How two prepared rows are compared: for each declared field its levels, the most alike first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.matching.conditions import Condition, Row, alike, crossed, in_common, missing, same, slips, within
from graph.matching.fields import Declared

MISSING, ELSE = "MISSING", "ELSE"


@dataclass(frozen=True, slots=True)
class Level:
    """`frequency` is the column whose values weigh the more the rarer they are."""

    name: str
    condition: Condition
    frequency: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`levels` in order; MISSING stands before them, where `missing` holds, and ELSE behind them."""

    name: str
    missing: Condition
    levels: tuple[Level, ...]

    def level(self, one: Row, two: Row) -> str:
        """Return the name of the first level whose condition holds."""
        if self.missing.holds(one, two):
            return MISSING
        return next((level.name for level in self.levels if level.condition.holds(one, two)), ELSE)


def comparisons(declared: Declared) -> tuple[Comparison, ...]:
    """Return the comparisons of what is declared."""
    found: list[Comparison] = []
    given = declared.has("given_name", "full_name", "given_kana")
    surname = declared.has("surname", "full_name", "surname_kana")
    if given:
        found.append(_name("given", "surname" if surname else None, whole=declared.has("full_name")))
    if declared.has("home"):
        found.append(_household())
    elif surname:
        found.append(_name("surname", "given" if given else None))
    found += [make() for kind, make in _MAKERS if declared.has(kind)]
    return tuple(found)


def _name(part: str, other: str | None, *, whole: bool = False) -> Comparison:
    read = f"{part}_read"
    wholes = ("whole", "whole_read") if whole else ()
    levels = [Level("SAME", same(part), part), Level("READS_ALIKE", same(read), read)]
    if whole:
        levels.append(Level("WHOLE", same("whole") | same("whole_read")))
    if other:
        levels.append(Level("SWAPPED", crossed(read, f"{other}_read")))
    levels += [
        Level("SLIP", slips(read, 1)),
        Level("CLOSE", alike(read, 0.9) | slips(read, 2)),
        Level("NEAR", alike(read, 0.8)),
    ]
    return Comparison(part.upper(), missing(part, read, *wholes), tuple(levels))


def _household() -> Comparison:
    """Surname, home and landline as one: given apart, three agreements of those who live together would count thrice."""
    there = same("home") | same("landline")
    levels = (
        Level("HOME_AND_SURNAME", there & (same("surname") | same("surname_read"))),
        Level("HOME_WITHOUT_SURNAME", there & missing("surname", "surname_read")),
        Level("HOME", there),
        Level("SURNAME", same("surname"), "surname"),
        Level("SURNAME_READS_ALIKE", same("surname_read"), "surname_read"),
        Level("SURNAME_SLIP", slips("surname_read", 1)),
    )
    return Comparison("HOUSEHOLD", missing("surname", "surname_read") & missing("home", "landline"), levels)


def _birth_date() -> Comparison:
    levels = (
        Level("SAME", same("born")),
        Level("SLIP", slips("born", 1)),
        Level("TWO_SLIPS", slips("born", 2)),
        Level("WITHIN_A_MONTH", within("born_day", 31)),
        Level("WITHIN_A_YEAR", within("born_day", 366)),
        Level("WITHIN_TEN_YEARS", within("born_day", 3660)),
    )
    return Comparison("BIRTH_DATE", missing("born"), levels)


def _mail() -> Comparison:
    levels = (
        Level("SAME", in_common("mails")),
        Level("SLIP", slips("mail", 1)),
        Level("SAME_USER", same("mail_user")),
        Level("CLOSE", slips("mail", 3)),
        Level("NEAR", alike("mail", 0.9)),
    )
    return Comparison("MAIL", missing("mail"), levels)


def _reached(name: str, column: str) -> Comparison:
    levels = (Level("SAME", in_common(f"{column}s")), Level("SLIP", slips(column, 1)), Level("CLOSE", slips(column, 2)))
    return Comparison(name, missing(column), levels)


def _address() -> Comparison:
    levels = (
        Level("SAME", same("home") | same("address")),
        Level("FOUR_WORDS", in_common("tokens", 4)),
        Level("THREE_WORDS", in_common("tokens", 3)),
        Level("TWO_WORDS", in_common("tokens", 2)),
        Level("ONE_WORD", in_common("tokens", 1)),
    )
    return Comparison("ADDRESS", missing("address"), levels)


def _short(name: str, column: str) -> Comparison:
    return Comparison(name, missing(column), (Level("SAME", same(column)), Level("SLIP", slips(column, 1))))


def _worded(name: str, column: str) -> Comparison:
    read = f"{column}_read"
    levels = (
        Level("SAME", same(column), column),
        Level("SLIP", slips(read, 1)),
        Level("CLOSE", alike(read, 0.9) | slips(read, 2)),
        Level("NEAR", alike(read, 0.8)),
    )
    return Comparison(name, missing(column), levels)


def _equal(name: str, column: str) -> Comparison:
    return Comparison(name, missing(column), (Level("SAME", same(column), column),))


_MAKERS = (
    ("birth_date", _birth_date),
    ("gender", lambda: _equal("GENDER", "gender")),
    ("email", _mail),
    ("phone", lambda: _reached("PHONE", "phone")),
    ("number", lambda: _reached("NUMBER", "number")),
    ("address", _address),
    ("postcode", lambda: _short("POSTCODE", "postcode")),
    ("place", lambda: _worded("PLACE", "place")),
    ("category", lambda: _equal("CATEGORY", "category")),
    ("text", lambda: _worded("TEXT", "text")),
)


def names(of: Sequence[Comparison]) -> tuple[str, ...]:
    """Return the names of comparisons, in their order."""
    return tuple(each.name for each in of)
