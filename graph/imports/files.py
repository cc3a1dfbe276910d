"""Rows of CSV, JSON Lines and Parquet files, one after the other with their line numbers, in bounded memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import duckdb
import orjson

from graph.errors import InvalidInput

LONGEST_LINE = 1024 * 1024
PARQUET_ROWS_AT_ONCE = 2_048
FORMATS = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class Text:
    """How the CSV files of a source are written; Japanese systems often write cp932."""

    encoding: str = "utf-8-sig"
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: `line` counts from 1 (a Parquet file has no lines: its rows count), `problem` says why it cannot be read."""

    line: int
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    problem: str | None = None


def read_rows(path: Path, text: Text) -> Iterator[FileRow]:
    """Yield the rows of a file; the ending of its name says its format."""
    if path.suffix.lower() in (".csv", ".tsv"):
        return _csv_rows(path, text)
    return _parquet_rows(path) if path.suffix.lower() == ".parquet" else _json_rows(path)


def columns_of(path: Path, text: Text) -> list[str] | None:
    """Return the column names of a file in order, None for JSON Lines, whose rows each have their own."""
    if path.suffix.lower() in (".csv", ".tsv"):
        with path.open(encoding=text.encoding, errors="surrogateescape", newline="") as file:
            return _header(path, csv.reader(file, delimiter=_delimiter(path, text), strict=True))
    if path.suffix.lower() == ".parquet":
        with duckdb.connect() as database:
            return [str(row[0]) for row in database.execute(f"DESCRIBE {_parquet(path)}").fetchall()]
    return None


def count_rows(path: Path) -> int:
    """Return how many rows a file has, for a progress bar: exact for Parquet, lines without the header otherwise."""
    if path.suffix.lower() == ".parquet":
        with duckdb.connect() as database:
            (count,) = database.execute(f"SELECT count(*) {_parquet(path)}").fetchall()[0]
            return int(count)
    with path.open("rb") as file:
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    return lines - 1 if path.suffix.lower() in (".csv", ".tsv") else lines


def _parquet(path: Path) -> str:
    """Return the DuckDB statement that reads the whole file."""
    quoted = str(path).replace("'", "''")
    return f"FROM read_parquet('{quoted}')"


def _delimiter(path: Path, text: Text) -> str:
    return text.delimiter or ("\t" if path.suffix.lower() == ".tsv" else ",")


def _header(path: Path, reader: Iterator[list[str]]) -> list[str]:
    try:
        names = [name.strip() for name in next(reader, list[str]())]
    except csv.Error as problem:
        raise InvalidInput(f"The first line of {path.name} is no CSV header: {problem}.") from None
    if not any(names) or len(set(names)) < len(names):
        raise InvalidInput(f"The first line of {path.name} must name each column, each name once.")
    return names


def _csv_rows(path: Path, text: Text) -> Iterator[FileRow]:
    with path.open(encoding=text.encoding, errors="surrogateescape", newline="") as file:
        reader = csv.reader(file, delimiter=_delimiter(path, text), strict=True)
        names = _header(path, reader)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
                "".join(cells).encode()
            except StopIteration:
                return
            except csv.Error as problem:
                yield FileRow(line, problem=f"no CSV row: {problem}")
                continue
            except UnicodeEncodeError:
                yield FileRow(line, problem=f"not written in {text.encoding}")
                continue
            if len(cells) == len(names):
                yield FileRow(line, dict(zip(names, cells, strict=True)))
            elif cells:
                yield FileRow(line, problem=f"{len(cells)} cells, but the header names {len(names)}")


def _json_rows(path: Path) -> Iterator[FileRow]:
    with path.open("rb") as file:
        line = 0
        while written := file.readline(LONGEST_LINE):
            line += 1
            if len(written) == LONGEST_LINE and not written.endswith(b"\n"):
                while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield FileRow(line, problem=f"longer than {LONGEST_LINE} bytes")
            elif written.strip():
                yield _json_row(line, written)


def _json_row(line: int, written: bytes) -> FileRow:
    try:
        read: object = orjson.loads(written)
    except orjson.JSONDecodeError as problem:
        return FileRow(line, problem=f"no JSON: {problem.msg}")
    if not isinstance(read, dict):
        return FileRow(line, problem="a line must be one JSON object")
    return FileRow(line, dict(_flat(cast("dict[str, object]", read), "")))


def _flat(tree: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    """A nested value is a column with a dotted name: `customer.phone`."""
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(cast("dict[str, object]", value), f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _parquet_rows(path: Path) -> Iterator[FileRow]:
    with duckdb.connect() as database:
        database.execute("SET threads = 1")
        yield from query_rows(database, _parquet(path))


def query_rows(database: duckdb.DuckDBPyConnection, statement: str, line_column: str | None = None) -> Iterator[FileRow]:
    """Yield the rows of a DuckDB statement as they come; `line_column`, if named, holds the line of each."""
    found = database.execute(statement)
    names = [str(column[0]) for column in found.description]
    line = 0
    while rows := cast("Sequence[tuple[Any, ...]]", found.fetchmany(PARQUET_ROWS_AT_ONCE)):
        for cells in rows:
            line += 1
            values = dict(zip(names, cells, strict=True))
            yield FileRow(line if line_column is None else int(values.pop(line_column)), values)
