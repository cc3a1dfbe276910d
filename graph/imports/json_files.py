"""JSON files: an object a line, or an array of objects; nested values are columns with dotted names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import TextIO, cast

import orjson

from graph.imports.encodings import UNREAD, opened
from graph.imports.rows import LONGEST_LINE, FileRow

JSON_ENCODINGS = ("utf-8-sig", "utf-16")
READ_AT_ONCE = 1 << 16
BETWEEN = " \t\r\n,[]"
"""What may stand between the objects of an array."""

ENVELOPE = re.compile(r'\s*\{\s*"[^"]*"\s*:\s*\[(?=\s*\{)')
"""An answer of an API: the objects are the list that it begins with, what follows (counts, the next page) is no row."""


def json_rows(path: Path) -> Iterator[FileRow]:
    """Yield the objects of a file; what is in `.json`, or begins with a bracket, is read without regard to lines."""
    with opened(path, JSON_ENCODINGS) as file:
        begins = file.read(READ_AT_ONCE).lstrip()[:1]
        file.seek(0)
        yield from _objects(file) if path.suffix.lower() == ".json" or begins == "[" else _lines(file)


def _lines(file: TextIO) -> Iterator[FileRow]:
    line = 0
    while written := file.readline(LONGEST_LINE):
        line += 1
        if len(written) == LONGEST_LINE and not written.endswith("\n"):
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith("\n"):
                pass
            yield FileRow(line, problem=f"longer than {LONGEST_LINE} characters")
        elif UNREAD in written:
            yield FileRow(line, problem="not written in utf-8")
        elif written.strip():
            yield _read(line, written)


def _read(line: int, written: str) -> FileRow:
    try:
        return _row(line, orjson.loads(written))
    except orjson.JSONDecodeError as problem:
        return FileRow(line, problem=f"no JSON: {problem.msg}")


def _objects(file: TextIO) -> Iterator[FileRow]:
    """Read one object after the other, so that memory stays bounded by the longest."""
    decoder, buffer, line = JSONDecoder(), file.read(READ_AT_ONCE), 1
    if envelope := ENVELOPE.match(buffer):
        line += buffer.count("\n", 0, envelope.end())
        buffer = buffer[envelope.end() :]
    while True:
        kept = buffer.lstrip(BETWEEN)
        line += buffer.count("\n", 0, len(buffer) - len(kept))
        buffer = kept
        if envelope and buffer.startswith("}"):
            return
        try:
            value, end = decoder.raw_decode(buffer)
        except JSONDecodeError as problem:
            more = file.read(READ_AT_ONCE) if len(buffer) < LONGEST_LINE else ""
            if not more and buffer:
                yield FileRow(line, problem=f"no JSON, and nothing from here to the end of the file is read: {problem.msg}")
            if not more:
                return
            buffer += more
            continue
        if envelope and isinstance(value, str):
            return
        yield FileRow(line, problem="not written in utf-8") if UNREAD in buffer[:end] else _row(line, value)
        line += buffer.count("\n", 0, end)
        buffer = buffer[end:]


def _row(line: int, read: object) -> FileRow:
    if not isinstance(read, dict):
        return FileRow(line, problem="a row must be one JSON object")
    return FileRow(line, dict(_flat(cast("dict[str, object]", read), "")))


def _flat(tree: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    """A nested value is a column with a dotted name: `customer.phone`."""
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(cast("dict[str, object]", value), f"{prefix}{name}.")
        else:
            yield prefix + unicodedata.normalize("NFC", name), value
