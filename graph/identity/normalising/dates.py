"""Birth dates as sources write them: ISO, year-month-day notations, instants and Japanese eras."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from graph.identity.normalising.numerals import kanji_number
from graph.search.signs import hyphened, visible

EARLIEST_YEAR = 1900
DEFAULTS = frozenset({"1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01", "9999-12-31"})
"""Dates that programs write when they know none: the zeros of spreadsheets, of C and of far futures."""
TOKYO = ZoneInfo("Asia/Tokyo")

# First and last day of each era; the day of a change belongs to both.
_ERAS = {
    "明治": (1868, date(1873, 1, 1), date(1912, 7, 30)),
    "大正": (1912, date(1912, 7, 30), date(1926, 12, 25)),
    "昭和": (1926, date(1926, 12, 25), date(1989, 1, 7)),
    "平成": (1989, date(1989, 1, 8), date(2019, 4, 30)),
    "令和": (2019, date(2019, 5, 1), date.max),
}
_LETTERS = {
    "M": "明治",
    "T": "大正",
    "S": "昭和",
    "H": "平成",
    "R": "令和",
    "明": "明治",
    "大": "大正",
    "昭": "昭和",
    "平": "平成",
    "令": "令和",
}
_PART = r"(?P<month>\d{1,2})\s*(?:[-/.]|月)\s*(?P<day>\d{1,2})\s*日?"
_ERA = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和|[MTSHR明大昭平令])\s*\.?\s*(?P<year>\d{{1,2}}|元)\s*(?:[-/.]|年)\s*{_PART}", re.IGNORECASE
)
_YEAR = re.compile(rf"(?:西暦\s*)?(?P<year>\d{{4}})\s*(?:[-/.]|年)\s*{_PART}")
_BOTH = re.compile(r"(?P<year>\d{4})\s*年?\s*[(\[]\s*(?P<era>[^\d\s]{1,2}\s*(?:\d{1,2}|元))\s*年?\s*[)\]]\s*(?P<rest>年?.*)")
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:[01]\d|2[0-3])?(?:[0-5]\d){0,2}")
_INSTANT = re.compile(
    r"(?P<at>\d{4}[-/]\d{1,2}[-/]\d{1,2}[T ]\s*\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*(?P<offset>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)",
    re.IGNORECASE,
)
_KANJI_NUMBER = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日])")
_WEEKDAY = re.compile(
    r"\s*(?:[(\[]\s*(?:[日月火水木金土](?:曜日?)?|(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*)\s*[)\]]|[日月火水木金土]曜日?)",
    re.IGNORECASE,
)
_BORN = re.compile(r"^(?:生年月日|誕生日)\s*:?\s*|\s*(?:生まれ|生れ|うまれ|生|誕生)$")
_TIME = re.compile(r"(?:T|\s+)\d{1,2}(?::\d\d){1,2}(?:[.,]\d+)?\s*$|\s+\d{1,2}時\d{1,2}分(?:\d{1,2}秒)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where and when a birth date is told: an instant is a day in `zone`, and nobody is born after `today`."""

    zone: tzinfo
    today: date

    @classmethod
    def at(cls, moment: datetime, zone: tzinfo = TOKYO) -> Calendar:
        return cls(zone, moment.astimezone(zone).date())


def read_birth_date(text: str, calendar: Calendar) -> str | None:
    """Return the ISO date in a text, from 1900 to today.

    None when it cannot be read without guessing (two-digit years, for one), or is no day on which anybody was born.
    """
    plain = _KANJI_NUMBER.sub(_arabic, hyphened(visible(text)))
    if found := _INSTANT.fullmatch(plain):
        day = _day_of_instant(found, calendar.zone)
    else:
        day = _day_of(_TIME.sub("", _WEEKDAY.sub("", _BORN.sub("", plain))).strip())
    return day.isoformat() if day and day.year >= EARLIEST_YEAR and day <= calendar.today else None


def is_real_birth_date(iso: str | None) -> bool:
    """Tell whether a birth date is evidence: it could be read and is no default of a program."""
    return iso is not None and iso not in DEFAULTS


def _day_of(plain: str) -> date | None:
    if found := _ERA.fullmatch(plain):
        return _day_of_era(found)
    if found := _YEAR.fullmatch(plain) or _DIGITS.fullmatch(plain):
        return _day(int(found["year"]), found)
    if found := _BOTH.fullmatch(plain):
        # Told twice, 1988年(昭和63年)8月8日, it must be one day.
        rest = found["rest"].removeprefix("年").strip()
        one, other = _day_of(f"{found['year']}年{rest}"), _day_of(f"{found['era']}年{rest}")
        return one if one == other else None
    return None


def _day_of_instant(found: re.Match[str], zone: tzinfo) -> date | None:
    """Return the day in the zone: midnight of Tokyo is told as 15:00 UTC of the day before."""
    year, month, rest = re.split("[-/]", found["at"], maxsplit=2)
    day, time = re.split(r"[T ]\s*", rest, maxsplit=1, flags=re.IGNORECASE)
    time = time if time[2] == ":" else f"0{time}"
    offset = found["offset"].upper()
    offset = "+00:00" if offset in ("Z", "UTC", "GMT") else offset
    try:
        moment = datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{time.replace(',', '.')}{offset}")
        return moment.astimezone(zone).date() if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _day_of_era(found: re.Match[str]) -> date | None:
    """Return the day, unless the era had ended by then, or not begun: 昭和64年1月8日 was no day."""
    zero, first, last = _ERAS[_LETTERS.get(found["era"].upper(), found["era"])]
    year = 1 if found["year"] == "元" else int(found["year"])
    day = _day(zero + year - 1, found) if year else None
    return day if day and first <= day <= last else None


def _day(year: int, found: re.Match[str]) -> date | None:
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _arabic(found: re.Match[str]) -> str:
    return str(kanji_number(found[0]))
