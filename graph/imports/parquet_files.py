"""Rows of Parquet files and of DuckDB's statements, streamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import duckdb

from graph.imports.rows import FileRow

ROWS_AT_ONCE = 2_048


def parquet_columns(path: Path) -> list[str]:
    with duckdb.connect() as database:
        return [str(row[0]) for row in database.execute(f"DESCRIBE {_whole(path)}").fetchall()]


def parquet_count(path: Path) -> int:
    with duckdb.connect() as database:
        (count,) = database.execute(f"SELECT count(*) {_whole(path)}").fetchall()[0]
        return int(count)


def parquet_rows(path: Path) -> Iterator[FileRow]:
    with duckdb.connect() as database:
        database.execute("SET threads = 1")
        yield from query_rows(database, _whole(path))


def query_rows(database: duckdb.DuckDBPyConnection, statement: str, line_column: str | None = None) -> Iterator[FileRow]:
    """Yield the rows of a DuckDB statement as they come; `line_column`, if named, holds the line of each."""
    found = database.execute(statement)
    names = [str(column[0]) for column in found.description]
    line = 0
    while rows := cast("Sequence[tuple[Any, ...]]", found.fetchmany(ROWS_AT_ONCE)):
        for cells in rows:
            line += 1
            values = dict(zip(names, cells, strict=True))
            yield FileRow(line if line_column is None else int(values.pop(line_column)), values)


def _whole(path: Path) -> str:
    """Return the DuckDB statement that reads the whole file."""
    quoted = str(path).replace("'", "''")
    return f"FROM read_parquet('{quoted}')"
