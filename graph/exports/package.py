"""The zip that is handed out: one JSON document, a table for each section, and pages to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

import orjson

from graph.exports.gathering import Gathered
from graph.exports.left_out import LEFT_OUT
from graph.exports.sections import OF_EMPLOYEES, SECTIONS
from graph.exports.tables import write_table

Head: TypeAlias = Mapping[str, Any]
"""What stands before the sections: `exported_at`, `customer` (opaque id), `left_out`, `withheld`."""
Page: TypeAlias = Callable[[Head, Gathered], Iterator[str]]
"""Makes a page to read, in pieces."""
Pages: TypeAlias = Mapping[str, Page]
"""File name -> its page."""


def head_of(customer: str, exported_at: str, *, own: bool) -> Head:
    """Return what an export says of itself; `left_out` and `withheld` name what is held and not in it, with the reason."""
    withheld = {name: sorted(columns) for name, columns in OF_EMPLOYEES.items()} if own else {}
    left_out = {label: dict(reasons) for label, reasons in LEFT_OUT.items() if reasons}
    return {"customer": customer, "exported_at": exported_at, "left_out": left_out, "withheld": withheld}


def write_package(path: Path, head: Head, gathered: Gathered, pages: Pages) -> None:
    """Write the zip, for its owner alone, whole on the disk before this returns."""
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:  # noqa: PTH123 (it has a mode from its first byte on)
        _write(file, head, gathered, pages)
        file.flush()
        os.fsync(file.fileno())


def _write(file: BinaryIO, head: Head, gathered: Gathered, pages: Pages) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        with package.open("data.json", "w", force_zip64=True) as document:
            for piece in _json(head, gathered):
                document.write(piece)
        for section in SECTIONS:
            table = gathered.folder / f"{section.name}.csv"
            write_table(table, gathered.columns[section.name], gathered.rows(section.name))
            package.write(table, f"csv/{section.name}.csv")
        for name, page in pages.items():
            with package.open(name, "w", force_zip64=True) as document:
                for piece in page(head, gathered):
                    document.write(piece.encode())


def _json(head: Head, gathered: Gathered) -> Iterator[bytes]:
    """Yield one JSON object: the members of the head, then each section as a list of rows with all columns."""
    yield orjson.dumps(dict(head), option=orjson.OPT_INDENT_2).removesuffix(b"\n}")
    for section in SECTIONS:
        yield b",\n  " + orjson.dumps(section.name) + b": ["
        nothing = dict.fromkeys(gathered.columns[section.name])
        for number, row in enumerate(gathered.rows(section.name)):
            yield (b",\n    " if number else b"\n    ") + orjson.dumps({**nothing, **row})
        yield b"\n  ]"
    yield b"\n}\n"
