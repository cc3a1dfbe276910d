"""The header of a CSV file: the line that names most of the columns that are wanted, and what it calls them."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from graph.errors import InvalidInput
from graph.imports.csv_cells import said
from graph.imports.rows import NULL_WORDS, Text

HEADER_WITHIN = 30
"""Lines among which the header is sought; titles, dates of the export and blanks stand before it."""
CODES_EXPLAINED = re.compile(r" ?\([^()]*\d ?[:=][^()]*\)$")
"""What a name has behind it where the export says there what its codes mean: `(0:拒否, 1:許可)`."""
SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)


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


def read_header(path: Path, lines: Lines, text: Text) -> tuple[list[str], str]:
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
    """Name the columns as the mapping does, whatever their width, case and codes; what stands twice gets its number behind."""
    plain = [said(unicodedata.normalize("NFC", cell), NULL_WORDS) for cell in cells]
    by_fold = {_folded(name): name for name in wanted}
    folded = _without_codes([_folded(name) for name in plain], by_fold.keys())
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


def _without_codes(names: Sequence[str], wanted: Collection[str]) -> list[str]:
    """Cut what explains the codes of a column, where the name without it is wanted and no other column has it."""
    bare = [CODES_EXPLAINED.sub("", name) for name in names]
    return [short if short in wanted and short not in names else name for name, short in zip(names, bare, strict=True)]


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
