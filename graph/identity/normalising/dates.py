"""Birth dates as sources write them: ISO, year-month-day notations and Japanese eras."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

EARLIEST_YEAR = 1850
DEFAULTS = frozenset({"1900-01-01", "1970-01-01"})
"""Dates that programs write when they know none."""

_ERAS = {"明治": (1868, 45), "大正": (1912, 15), "昭和": (1926, 64), "平成": (1989, 31), "令和": (2019, 99)}
_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_PART = r"(?P<month>\d{1,2})\s*(?:[-/.]|月)\s*(?P<day>\d{1,2})\s*日?"
_ERA = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和|[MTSHR])\s*\.?\s*(?P<year>\d{{1,2}}|元)\s*(?:[-/.]|年)\s*{_PART}", re.IGNORECASE
)
_YEAR = re.compile(rf"(?P<year>\d{{4}})\s*(?:[-/.]|年)\s*{_PART}(?:[T ]\d\d:\d\d.*)?")
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")


def read_birth_date(text: str) -> str | None:
    """Return the ISO date in a text; None when it cannot be read without guessing (two-digit years, for one)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _ERA.fullmatch(plain):
        return _iso(_era_year(found["era"], found["year"]), found)
    if found := _YEAR.fullmatch(plain) or _DIGITS.fullmatch(plain):
        return _iso(int(found["year"]), found)
    return None


def is_real_birth_date(iso: str | None) -> bool:
    """Tell whether a birth date is evidence: it could be read and is no default of a program."""
    return iso is not None and iso not in DEFAULTS


def _era_year(era: str, year: str) -> int | None:
    first, longest = _ERAS[_LETTERS.get(era.upper(), era)]
    number = 1 if year == "元" else int(year)
    return first + number - 1 if 1 <= number <= longest else None


def _iso(year: int | None, found: re.Match[str]) -> str | None:
    if year is None or year < EARLIEST_YEAR:
        return None
    try:
        return date(year, int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return None
