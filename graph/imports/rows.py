"""A row of a file, and how the text files of a source are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_LINE = 1024 * 1024
NULL_WORDS = frozenset({"NULL", "null", "(NULL)", "(null)", "\\N", "#N/A"})
"""What programs write where there is nothing. `Null` is a surname."""


@dataclass(frozen=True, slots=True)
class Text:
    """How the text files of a source are written; `encodings` are those that a file may have, the usual one first."""

    encodings: tuple[str, ...] = ("utf-8-sig",)
    delimiter: str | None = None
    skip: int = 0
    """Lines before the header that are passed over unread."""
    null: frozenset[str] = NULL_WORDS
    columns: frozenset[str] = frozenset()
    """The columns that the mapping reads: the header is the line that names most of them."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: `line` counts from 1 (a Parquet file has no lines: its rows count), `problem` says why it cannot be read."""

    line: int
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    problem: str | None = None
