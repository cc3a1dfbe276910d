"""Sorting, distinct keys and lookups over whole files: DuckDB with bounded memory that spills into a folder."""

# ruff: noqa: S608 - DuckDB takes no parameters for names of files and columns; they are quoted here.

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from types import TracebackType

import duckdb
import orjson

from graph.errors import InvalidInput
from graph.imports import transforms
from graph.imports.files import PARQUET, columns_of, read_rows
from graph.imports.parquet_files import query_rows
from graph.imports.rows import LONGEST_LINE, FileRow, Text
from graph.imports.rules import Rule

MEMORY = ("32MB", "96MB", "288MB", "864MB")
"""Tried one after the other: sorting spills and needs little, a lookup in a long file needs more."""
LONGEST_STAGED = 4 * LONGEST_LINE
"""Bytes of a staged row, and of DuckDB's buffer for them, which it would otherwise let grow with the file."""
LINE = "@line"
ENCODED = "\x00"
"""Begins a staged cell that is no text: the JSON of a truth value or a list follows."""


class Workbench:
    """Text files are read by our own readers and staged as plain CSV, so that lines and rejects are the same everywhere."""

    def __init__(self, folder: Path, text: Text) -> None:
        self._folder = folder
        self._text = text
        self._tables: dict[Path, str] = {}
        self._columns: dict[Path, frozenset[str]] = {}
        self._database = duckdb.connect()
        for setting in ("threads = 1", "preserve_insertion_order = false", f"temp_directory = {_literal(str(folder))}"):
            self._database.execute(f"SET {setting}")

    def __enter__(self) -> Workbench:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._database.close()

    def stage(self, path: Path) -> Iterator[FileRow]:
        """Make a file known as a table; yields the rows that cannot be read."""
        if path in self._tables:
            return
        names = columns_of(path, self._text) or sorted({name for row in read_rows(path, self._text) for name in row.values})
        self._columns[path] = frozenset(names)
        if path.suffix.lower() == PARQUET:
            read = f"read_parquet({_literal(str(path))}, file_row_number = true)"
            self._tables[path] = f"(SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS {_name(LINE)} FROM {read})"
            return
        staged = self._folder / f"staged-{len(self._tables)}.csv"
        with staged.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            for row in read_rows(path, self._text):
                if row.problem is None:
                    writer.writerow([row.line, *(_encoded(row.values.get(name)) for name in names)])
                else:
                    yield row
        columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in names)
        # The end of lines is stated: left to find it, DuckDB takes the first break, which may stand in a cell.
        self._tables[path] = (
            f"read_csv({_literal(str(staged))}, auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', "
            "new_line = '\\n', "
            f"max_line_size = {LONGEST_STAGED}, buffer_size = {LONGEST_STAGED}, "
            f"columns = {{{_literal(LINE)}: 'BIGINT', {columns}}})"
        )

    def rows(self, rule: Rule, files: Sequence[Path], lookups: Mapping[str, Sequence[Path]]) -> Iterator[FileRow]:
        """Yield the rows of staged files as the rule asks: distinct keys in order, or groups together, or as they stand."""
        source = self._distinct(rule.distinct, files) if rule.distinct else self._all(files)
        joins = [self._join(name, rule, paths) for name, paths in lookups.items()]
        found = [(name, each) for name, paths in lookups.items() for each in rule.lookup_columns(name) if self._has(paths, each)]
        named = [f"{_name(name)}.{_name(column)} AS {_name(f'{name}.{column}')}" for name, column in found]
        order = rule.distinct or (*rule.group_by, LINE)
        statement = f"SELECT {', '.join(['s.*', *named])} FROM {source} s {' '.join(joins)} ORDER BY {_list('s', order)}"
        for row in self._in_little_memory(statement, None if rule.distinct else LINE):
            yield FileRow(row.line, {name: _decoded(cell) for name, cell in row.values.items()})

    def _in_little_memory(self, statement: str, line_column: str | None) -> Iterator[FileRow]:
        """Run a statement with the least memory in which it comes to its first row; all the work is done by then."""
        for memory in MEMORY:
            self._database.execute(f"SET memory_limit = '{memory}'")
            try:
                rows = query_rows(self._database, statement, line_column)
                return chain(list(islice(rows, 1)), rows)
            except duckdb.OutOfMemoryException:
                continue
        raise InvalidInput(f"Sorting or looking up rows needs more than {MEMORY[-1]}; split the files.")

    def _has(self, files: Iterable[Path], column: str) -> bool:
        return any(column in self._columns[path] for path in files)

    def _all(self, files: Iterable[Path]) -> str:
        return "(" + " UNION ALL BY NAME ".join(f"SELECT * FROM {self._tables[path]}" for path in files) + ")"

    def _distinct(self, columns: Sequence[str], files: Iterable[Path]) -> str:
        """Keys are compared as text, since a CSV file and a Parquet file may write the same key in two types."""
        keys = ", ".join(f"CAST({_name(column)} AS VARCHAR) AS {_name(column)}" for column in columns)
        union = " UNION ALL ".join(f"SELECT {keys} FROM {self._tables[path]}" for path in files)
        return f"(SELECT DISTINCT * FROM ({union}))"

    def _join(self, name: str, rule: Rule, files: Iterable[Path]) -> str:
        lookup = rule.lookups[name]
        key = f"CAST({_name(lookup.key)} AS VARCHAR)"
        first = f"(SELECT DISTINCT ON ({key}) * FROM {self._all(files)} ORDER BY {key}, {_name(LINE)})"
        on = f"CAST(s.{_name(lookup.column or lookup.key)} AS VARCHAR) = CAST({_name(name)}.{_name(lookup.key)} AS VARCHAR)"
        return f"LEFT JOIN {first} {_name(name)} ON {on}"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _list(table: str, names: Iterable[str]) -> str:
    return ", ".join(f"{table}.{_name(name)}" for name in names)


def _encoded(cell: object) -> object:
    if isinstance(cell, bool | list):
        return ENCODED + orjson.dumps(cell).decode()
    return transforms.text(cell)


def _decoded(cell: object) -> object:
    return orjson.loads(cell[1:]) if isinstance(cell, str) and cell.startswith(ENCODED) else cell
