"""CSV files as programs and Excel write them: where the header stands, what a cell says, which lines belong to a row."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from graph.errors import InvalidInput
from graph.imports.encodings import UNREAD, encoding_of, opened, shown
from graph.imports.rows import LONGEST_LINE, FileRow, Text

HEADER_WITHIN = 30
"""Lines among which the header is sought; titles, dates of the export and blanks stand before it."""
NARROWEST_SWALLOWED = 4
"""Columns from which on a line within quotes that has as many cells as the header is taken for a row of its own."""
SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
FORMULA_OF_TEXT = re.compile(r'=\s*"(.*)"', re.DOTALL)
# Excel's mark of text before what it would take for a number or a formula.
MARKED_TEXT = re.compile(r"'(?=[^'\s]*[0-9])[^'\s]+|'[-+()0-9 ]*[0-9]")
csv.field_size_limit(LONGEST_LINE)


class Lines:
    """The lines of a file one after the other; those that were taken in vain can be given back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._file)
        self.taken.append(line)
        self.number += 1
        return line

    def begin(self) -> int:
        """Forget what was taken; return the number of the line that comes."""
        self.taken.clear()
        return self.number + 1

    def give_back(self, keep: int) -> None:
        """Give back all that was taken but the first lines."""
        rest = self.taken[keep:]
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)


def csv_columns(path: Path, text: Text) -> list[str]:
    """Return the names of the columns that have one; a name that stands twice is `name (1)`, `name (2)`."""
    with opened(path, text.encodings) as file:
        names, _ = _header(path, Lines(file), text)
        return [name for name in names if name]


def csv_rows(path: Path, text: Text) -> Iterator[FileRow]:
    """Yield the rows behind the header. Of what cannot be read only the first line is lost: the next one begins anew."""
    encoding = shown(encoding_of(path, text.encodings))
    with opened(path, text.encodings) as file:
        lines = Lines(file)
        names, delimiter = _header(path, lines, text)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            line = lines.begin()
            try:
                cells = next(reader)
                problem = _problem(cells, names, lines.taken, delimiter, encoding)
            except StopIteration:
                return
            except csv.Error as error:
                cells, problem = [], f"no CSV row: {error}"
            if problem is not None:
                lines.give_back(1)
                yield FileRow(line, problem=problem)
            elif any(cells) and any(cell.strip() for cell in cells):
                yield FileRow(line, {name: _said(cell, text) for name, cell in zip(names, cells, strict=False) if name})


def _problem(cells: Sequence[str], names: Sequence[str], taken: Sequence[str], delimiter: str, encoding: str) -> str | None:
    count = len(names)
    if UNREAD in "".join(cells):
        return f"not written in {encoding}"
    if len(cells) != count and any(cell.strip() for cell in (cells if len(cells) < count else cells[count:])):
        return f"{len(cells)} cells, but the header names {count}"
    if len(taken) > 1 and count >= NARROWEST_SWALLOWED:
        alone = [len(next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), list[str]())) for line in taken]
        if alone[0] == count and count in alone[1:]:
            return "a quotation mark opens that no one closes in its line, and the next line looks like a row"
    return None


def _said(cell: str, text: Text) -> str:
    """Return what a cell says: without outer blanks, Excel's marks of text, and the words for nothing."""
    bare = cell.strip()
    if bare in text.null:
        return ""
    if bare.startswith("=") and (formula := FORMULA_OF_TEXT.fullmatch(bare)):
        return formula[1].replace('""', '"').strip()
    return bare[1:] if bare.startswith("'") and MARKED_TEXT.fullmatch(bare) else bare


def _header(path: Path, lines: Lines, text: Text) -> tuple[list[str], str]:
    """Return the names of the columns and the delimiter; `lines` then stand behind the header.

    The header is the line that names most of what the mapping reads, read with the delimiter by which it does.
    """
    for _ in islice(lines, text.skip):
        pass
    lines.begin()
    beginning = list(islice(lines, HEADER_WITHIN))
    stated = SEPARATOR_LINE.fullmatch(beginning[0]) if beginning else None
    given = text.delimiter or (stated[1] if stated else None)
    usual = "\t,;" if path.suffix.lower() == ".tsv" else ",\t;"
    best: tuple[int, list[str], str, int] | None = None
    for delimiter in given or usual:
        for names, behind in _records(beginning[1:] if stated else beginning, delimiter, text):
            found = len(text.columns.intersection(names))
            # An unusual delimiter counts only where it shows columns that are wanted.
            if found > (best[0] if best else 0 if delimiter != usual[0] and not given else -1):
                best = (found, names, delimiter, behind + bool(stated))
    if best is None:
        raise InvalidInput(f"{path.name} has no line that names its columns.")
    lines.give_back(best[3])
    return best[1], best[2]


def _records(beginning: Sequence[str], delimiter: str, text: Text) -> Iterator[tuple[list[str], int]]:
    """Yield what may be the header with the number of lines up to its end; what is no CSV there ends the search."""
    reader = csv.reader(iter(beginning), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _named(cells, text.columns), reader.line_num
    except csv.Error:
        return


def _named(cells: Sequence[str], wanted: frozenset[str]) -> list[str]:
    """Name the columns as the mapping does, whatever their width and case; what stands twice gets its number behind."""
    plain = [_said(unicodedata.normalize("NFC", cell), Text()) for cell in cells]
    folded = [_folded(name) for name in plain]
    by_fold = {_folded(name): name for name in wanted}
    often, exactly, seen = Counter(folded), Counter(plain), Counter[str]()
    names: list[str] = []
    for name, fold in zip(plain, folded, strict=True):
        seen[fold] += 1
        if not name or (name in wanted and exactly[name] == 1):
            names.append(name)
        elif often[fold] == 1:
            names.append(by_fold.get(fold, name))
        else:
            numbered = f"{name} ({seen[fold]})"
            names.append(by_fold.get(_folded(numbered), numbered))
    return names


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
