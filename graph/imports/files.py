"""Rows of CSV, JSON and Parquet files, one after the other with their line numbers, in bounded memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from graph.imports.csv_files import csv_columns, csv_rows
from graph.imports.json_files import json_rows
from graph.imports.parquet_files import parquet_columns, parquet_count, parquet_rows
from graph.imports.rows import FileRow, Text

CSV = (".csv", ".tsv", ".txt")
JSON = (".json", ".jsonl", ".ndjson")
PARQUET = ".parquet"
FORMATS = (*CSV, *JSON, PARQUET)


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Tell whether a file name fits one of the patterns, whatever its case and however a disk composes its letters."""
    return any(fnmatchcase(_plain(name), _plain(pattern)) for pattern in patterns)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def read_rows(path: Path, text: Text) -> Iterator[FileRow]:
    """Yield the rows of a file; the ending of its name says its format."""
    ending = path.suffix.lower()
    if ending in CSV:
        return csv_rows(path, text)
    return parquet_rows(path) if ending == PARQUET else json_rows(path)


def columns_of(path: Path, text: Text) -> list[str] | None:
    """Return the column names of a file in order, None for JSON, whose rows each have their own."""
    ending = path.suffix.lower()
    if ending in CSV:
        return csv_columns(path, text)
    return parquet_columns(path) if ending == PARQUET else None


def count_rows(path: Path) -> int:
    """Return how many rows a file has, for a progress bar: exact for Parquet, about the number of lines otherwise."""
    if path.suffix.lower() == PARQUET:
        return parquet_count(path)
    with path.open("rb") as file:
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    return lines - 1 if path.suffix.lower() in CSV else lines
