"""CSV as spreadsheets open it: RFC 4180 in UTF-8 with a mark, and no cell that a spreadsheet would compute."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a header and a line for each row; a name that a row lacks is an empty cell."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, lineterminator="\r\n")
        lines.writerow(columns)
        lines.writerows([cell(row.get(name)) for name in columns] for row in rows)


def cell(value: Any) -> str:
    """Return a value as text: several are parted by `; `, what is nested is JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):  # pyright: ignore[reportUnknownVariableType]
        return defused("; ".join(value))  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode() if value else ""
    return defused(value) if isinstance(value, str) else str(value)


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: one that begins like one, in any width, gets an apostrophe."""
    begins = unicodedata.normalize("NFKC", text[:1] + text.strip()[:1])
    return f"'{text}" if begins.startswith(FORMULA) or begins[1:].startswith(FORMULA) else text
