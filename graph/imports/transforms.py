"""What becomes of one cell: text, exact amounts, numbers and instants. Pure functions; ValueError says what cannot be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from math import isnan
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

NO_NUMBER = "an amount is not a number"
MINUS = str.maketrans("−‐‑–—", "-----")
NEGATIVE = "-△▲"
AMOUNT = re.compile(
    r"(?P<sign>[-+△▲]?)\s*(?P<yen>(?:[¥$\\€£]|JPY|USD|EUR)?)\s*(?P<inner>[-+△▲]?)\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*"
    r"(?P<unit>(?:円|JPY|USD|EUR)?)也?(?P<closed>[-ー]?)"
)
PAST_MIDNIGHT = re.compile(r"(?<![0-9:])(?:2[4-9]|3[0-9]|4[0-7])(?=\s*[:時]\s*[0-9]{2})")
_TIME_OF_DAY = r"(?P<h>[0-9]{1,2})\s*[:時]\s*(?P<min>[0-9]{1,2})\s*分?(?:\s*:?\s*(?P<s>[0-9]{1,2})(?:[.,](?P<f>[0-9]+))?\s*秒?)?"
_ZONE = r"\s*(?P<zone>Z|UTC|GMT|JST|[+-][0-9]{2}(?::?[0-9]{2})?)?"
FROM_THE_YEAR = re.compile(
    rf"(?P<y>[0-9]{{4}})\s*[-/.年]\s*(?P<m>[0-9]{{1,2}})\s*[-/.月]\s*(?P<d>[0-9]{{1,2}})\s*日?(?:[T\s]\s*{_TIME_OF_DAY}{_ZONE})?"
)
RUN_TOGETHER = re.compile(
    rf"(?P<y>[0-9]{{4}})(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})(?:T?(?P<h>[0-9]{{2}})(?P<min>[0-9]{{2}})(?P<s>[0-9]{{2}})?(?P<f>){_ZONE})?"
)


def present(cell: object) -> object:
    """Return the cell without outer spaces, or None where nothing stands in it (blank text, NaN, an empty list)."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, list):
        return cast("object", cell) or None
    return None if isinstance(cell, float) and isnan(cell) else cell


def text(cell: object) -> object:
    """Return a cell as an event writes it: numbers and times as text; truth values, lists and text as they are."""
    if cell is None or isinstance(cell, str | bool | list):
        return cast("object", cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def amount(cells: Iterable[object], places: int, times: Decimal = Decimal(1)) -> str | None:
    """Return the sum of the cells, each times `times` and rounded half up to `places` digits, as exact text; None without any."""
    unit = Decimal(1).scaleb(-places)
    found = [(decimal(cell) * times).quantize(unit, ROUND_HALF_UP) for cell in cells if cell is not None]
    return format(sum(found, Decimal(0)).quantize(unit), "f") if found else None


def decimal(cell: object) -> Decimal:
    """Read an amount: a number, or text as bookkeepers write it (`1,980円`, `¥1,980-`, `△500`, `(500)`, of any width)."""
    if isinstance(cell, str):
        return _written_decimal(cell)
    read = Decimal(str(cell)) if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) else None
    if read is None or not read.is_finite():
        raise ValueError(NO_NUMBER)
    return read


def _written_decimal(cell: str) -> Decimal:
    if cell.isascii() and cell.isdigit():
        return Decimal(cell)
    written = unicodedata.normalize("NFKC", cell).translate(MINUS).strip()
    bracketed = written.startswith("(") and written.endswith(")")
    found = AMOUNT.fullmatch(written[1:-1] if bracketed else written)
    if found is None or bool(found["sign"]) + bool(found["inner"]) + bracketed > 1:
        raise ValueError(NO_NUMBER)
    # The stroke behind a price closes it (`¥1,980-`); behind a bare number it may be a minus.
    if found["closed"] and not (found["yen"] or found["unit"]):
        raise ValueError(NO_NUMBER)
    read = Decimal(found["digits"].replace(",", ""))
    return -read if bracketed or (found["sign"] or found["inner"] or "+") in NEGATIVE else read


def number(cell: object) -> int | float | None:
    """Read a number that is not money; a whole one comes back as an integer."""
    if cell is None or (isinstance(cell, int) and not isinstance(cell, bool)):
        return cell
    read = decimal(cell)
    return int(read) if read == read.to_integral_value() else float(read)


def instant(cell: object, patterns: Sequence[str], zone: tzinfo) -> str | None:
    """Read a time as ISO 8601 text with an offset; a time without one is of `zone`, a date is its first moment there.

    The patterns are those of `strptime`, tried in turn; without one the cell is a time of the file itself, ISO 8601, or
    written from the year on (`2026/4/1 9:05`, `2026年4月1日`, `20260401090500`). Hours go on past midnight: 25:30 is 1:30
    of the next day.
    """
    if cell is None:
        return None
    read = cell if isinstance(cell, date) else _moment(str(cell), patterns)
    moment = read if isinstance(read, datetime) else datetime.combine(read, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()


def _moment(cell: str, patterns: Sequence[str]) -> datetime:
    try:
        # Nearly every cell is as it should be.
        return _read(cell, patterns[0] if patterns else None)
    except ValueError:
        return _moment_read_closely(cell, patterns)


def _read(written: str, pattern: str | None) -> datetime:
    # A time without an offset gets its zone in `instant`.
    return datetime.fromisoformat(written) if pattern is None else datetime.strptime(written, pattern)  # noqa: DTZ007


def _moment_read_closely(cell: str, patterns: Sequence[str]) -> datetime:
    written, days = unicodedata.normalize("NFKC", cell), 0
    if late := PAST_MIDNIGHT.search(written):
        days, hour = divmod(int(late[0]), 24)
        written = f"{written[: late.start()]}{hour:02}{written[late.end() :]}"
    for pattern in patterns or (None,):
        try:
            read = _from_the_year(written) if pattern is None else _read(written, pattern)
            return read + timedelta(days=days)
        except ValueError:
            continue
    raise ValueError(f"a time is not as {'the format ' + ' or '.join(patterns) if patterns else 'ISO 8601'} says")


def _from_the_year(written: str) -> datetime:
    found = FROM_THE_YEAR.fullmatch(written) or RUN_TOGETHER.fullmatch(written)
    if found is None:
        return datetime.fromisoformat(written)
    year, month, day, hour, minute, second = (int(found[name] or 0) for name in ("y", "m", "d", "h", "min", "s"))
    fraction = (found["f"] or "")[:6].ljust(6, "0")
    return datetime(year, month, day, hour, minute, second, int(fraction), tzinfo=_offset(found["zone"]))


def _offset(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    if written[0] not in "+-":
        return timezone(timedelta(hours=9)) if written == "JST" else UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(ahead if written[0] == "+" else -ahead)


def time_zone(name: str) -> ZoneInfo:
    """Return the time zone of that name; ValueError where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}; a name is like Asia/Tokyo or UTC") from None
