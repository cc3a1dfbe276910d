"""The files that are handed out: JSON Lines as they were written or Parquet made of them, and what they are."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import duckdb
import orjson

from graph.datasets.standing import Standing, path_of
from graph.datasets.tables import OF_REMOVED, REMOVED, Column, Columns

JSONL, PARQUET = "JSONL", "PARQUET"
MANIFEST = "manifest.json"
MEMORY = "256MB"


def finish(folder: Path, standing: Standing, columns: Columns, form: str, manifest: Mapping[str, Any]) -> list[Path]:
    """Leave the files of an export in its folder, the manifest last, and return them.

    `manifest` is what is said of the export beside its tables.
    """
    standing.cut(folder)
    files = [path_of(folder, name) for name in standing.lengths]
    if form == PARQUET:
        files = [as_parquet(path, OF_REMOVED if path.stem == REMOVED else columns[path.stem]) for path in files]
    tables = {
        path.stem: {
            "file": path.name,
            "rows": standing.counts[path.stem],
            "columns": {each.name: each.type for each in (OF_REMOVED if path.stem == REMOVED else columns[path.stem])},
        }
        for path in files
    }
    told = folder / MANIFEST
    told.write_bytes(orjson.dumps({**manifest, "format": form, "tables": tables}, option=orjson.OPT_INDENT_2) + b"\n")
    return [*files, told]


def as_parquet(path: Path, columns: Sequence[Column]) -> Path:
    """Make a Parquet file of a file of lines, which goes then; the database reads and writes it in parts."""
    made = path.with_suffix(".parquet")
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "threads": 1,
        "temp_directory": str(path.parent),
    }
    with duckdb.connect(config=config) as database:
        types = {each.name: each.type for each in columns}
        database.read_json(str(path), format="newline_delimited", columns=types).write_parquet(str(made), compression="zstd")
    path.unlink()
    made.chmod(0o600)
    return made


def packed(package: Path, files: Sequence[Path]) -> None:
    """Put files into one zip, for its owner alone, whole on the disk before this returns."""
    with open(os.open(package, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:  # noqa: PTH123 (has a mode)
        with ZipFile(file, "w") as zipped:
            for each in files:
                zipped.write(each, each.name, ZIP_STORED if each.suffix == ".parquet" else ZIP_DEFLATED)
        file.flush()
        os.fsync(file.fileno())
