"""Birth dates as sources write them: ISO, year-month-day notations and Japanese eras."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from graph.identity.normalising.numerals import kanji_number

EARLIEST_YEAR = 1850
DEFAULTS = frozenset({"1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01", "9999-12-31"})
"""Dates that programs write when they know none: the zeros of spreadsheets, of C and of far futures."""

# First and last day of each era; the day of a change belongs to both. Before 1873 months were lunar: no guess is made.
_ERAS = {
    "明治": (1868, date(1873, 1, 1), date(1912, 7, 30)),
    "大正": (1912, date(1912, 7, 30), date(1926, 12, 25)),
    "昭和": (1926, date(1926, 12, 25), date(1989, 1, 7)),
    "平成": (1989, date(1989, 1, 8), date(2019, 4, 30)),
    "令和": (2019, date(2019, 5, 1), date.max),
}
_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_PART = r"(?P<month>\d{1,2})\s*(?:[-/.]|月)\s*(?P<day>\d{1,2})\s*日?"
_ERA = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和|[MTSHR])\s*\.?\s*(?P<year>\d{{1,2}}|元)\s*(?:[-/.]|年)\s*{_PART}", re.IGNORECASE
)
_YEAR = re.compile(rf"(?P<year>\d{{4}})\s*(?:[-/.]|年)\s*{_PART}(?:[T ]\d\d:\d\d.*)?")
_KANJI_NUMBER = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日])")
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")


def read_birth_date(text: str) -> str | None:
    """Return the ISO date in a text; None when it cannot be read without guessing (two-digit years, for one)."""
    plain = _KANJI_NUMBER.sub(_arabic, unicodedata.normalize("NFKC", text).strip())
    if found := _ERA.fullmatch(plain):
        return _iso_of_era(found)
    if (found := _YEAR.fullmatch(plain) or _DIGITS.fullmatch(plain)) and int(found["year"]) >= EARLIEST_YEAR:
        day = _day(int(found["year"]), found)
        return day.isoformat() if day else None
    return None


def is_real_birth_date(iso: str | None) -> bool:
    """Tell whether a birth date is evidence: it could be read and is no default of a program."""
    return iso is not None and iso not in DEFAULTS


def _iso_of_era(found: re.Match[str]) -> str | None:
    """Return the ISO date, unless the era had ended by then, or not begun: 昭和64年1月8日 was no day."""
    zero, first, last = _ERAS[_LETTERS.get(found["era"].upper(), found["era"])]
    year = 1 if found["year"] == "元" else int(found["year"])
    day = _day(zero + year - 1, found) if year else None
    return day.isoformat() if day and first <= day <= last else None


def _day(year: int, found: re.Match[str]) -> date | None:
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _arabic(found: re.Match[str]) -> str:
    return str(kanji_number(found[0]))
