"""Rows of a data set whose people are known: its files, the columns that a mapping declares, and the column of the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import InvalidInput
from graph.imports.files import CSV, PARQUET, columns_of, read_rows
from graph.imports.rows import Text
from graph.matching.fields import Declared

_TEXT = Text(encodings=("utf-8-sig", "cp932"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """`rows` with their `sources` (by column, else by file) and the person whose each is; `unread` could not be read."""

    rows: Sequence[Mapping[str, Any]]
    sources: Sequence[str]
    people: Sequence[str]
    unread: int


def read_labelled(files: Iterable[Path], truth: str, declared: Declared) -> Labelled:
    """Return all rows of the files; one whose truth is empty is a person of its own. Raises InvalidInput."""
    rows: list[Mapping[str, Any]] = []
    sources: list[str] = []
    people: list[str] = []
    unread, lacking = 0, set(declared.named)
    for place, path in enumerate(files):
        columns = _columns(path)
        if truth not in columns:
            raise InvalidInput(f"{path.name} has no column {truth}, which is to tell whose its rows are.")
        lacking -= set(columns)
        for row in read_rows(path, _TEXT):
            if row.problem is not None:
                unread += 1
                continue
            rows.append({name: value for name, value in row.values.items() if name in declared.named})
            told, source = row.values.get(truth), row.values.get(declared.source or "")
            people.append(f"alone {len(rows)}" if told in (None, "") else str(told))
            sources.append(str(source) if source not in (None, "") else f"file {place}")
    if lacking:
        raise InvalidInput(f"No file has what the mapping names: {', '.join(sorted(lacking))}.")
    if len(rows) < 2:
        raise InvalidInput("The files have fewer than two rows that can be read.")
    return Labelled(rows, sources, people, unread)


def _columns(path: Path) -> list[str]:
    if path.suffix.lower() not in (*CSV, PARQUET):
        raise InvalidInput(f"{path.name} is no CSV or Parquet file by the ending of its name.")
    try:
        return columns_of(path, _TEXT) or []
    except OSError:
        raise InvalidInput(f"{path.name} cannot be read.") from None
