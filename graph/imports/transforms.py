"""What becomes of one cell: text, exact amounts, numbers and instants. Pure functions; ValueError says what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from math import isnan
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def present(cell: object) -> object:
    """Return the cell without outer spaces, or None where nothing stands in it (blank text, NaN)."""
    if isinstance(cell, str):
        return cell.strip() or None
    return None if isinstance(cell, float) and isnan(cell) else cell


def text(cell: object) -> object:
    """Return a cell as an event writes it: numbers and times as text; truth values, lists and text as they are."""
    if cell is None or isinstance(cell, str | bool | list):
        return cast("object", cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def amount(cells: Iterable[object], places: int) -> str | None:
    """Return the sum of the cells, each first rounded half up to `places` digits, as exact text; None without any."""
    unit = Decimal(1).scaleb(-places)
    found = [decimal(cell).quantize(unit, ROUND_HALF_UP) for cell in cells if cell is not None]
    return format(sum(found, Decimal(0)).quantize(unit), "f") if found else None


def decimal(cell: object) -> Decimal:
    """Read an amount: a number, or text with commas between thousands and a yen or dollar sign before it."""
    written = str(cell).lstrip("¥￥$\\").replace(",", "")
    try:
        read = Decimal(written)
    except InvalidOperation:
        raise ValueError("an amount is not a number") from None
    if not read.is_finite():
        raise ValueError("an amount is not a number")
    return read


def number(cell: object) -> int | float | None:
    """Read a number that is not money; a whole one comes back as an integer."""
    if cell is None or (isinstance(cell, int) and not isinstance(cell, bool)):
        return cell
    read = decimal(cell)
    return int(read) if read == read.to_integral_value() else float(read)


def instant(cell: object, pattern: str | None, zone: tzinfo) -> str | None:
    """Read a time as ISO 8601 text with an offset; a time without one is of `zone`, a date is its first moment there.

    `pattern` is that of `strptime`; without one the cell is ISO 8601 or a timestamp of the file itself.
    """
    if cell is None:
        return None
    read = cell if isinstance(cell, date) else _parse(str(cell), pattern)
    moment = read if isinstance(read, datetime) else datetime.combine(read, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()


def _parse(written: str, pattern: str | None) -> datetime:
    try:
        # A time without an offset gets its zone in `instant`.
        return datetime.fromisoformat(written) if pattern is None else datetime.strptime(written, pattern)  # noqa: DTZ007
    except ValueError:
        raise ValueError(f"a time is not as {'ISO 8601 says' if pattern is None else f'the format {pattern} says'}") from None


def time_zone(name: str) -> ZoneInfo:
    """Return the time zone of that name; ValueError where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}; a name is like Asia/Tokyo or UTC") from None
