"""What a cell of a CSV file says, as Excel and databases write it."""

from __future__ import annotations

import re

FORMULA_OF_TEXT = re.compile(r'=\s*"(.*)"', re.DOTALL)
# Excel's mark of text before what it would take for a number or a formula.
MARKED_TEXT = re.compile(r"'(?=[^'\s]*[0-9])[^'\s]+|'[-+()0-9 ]*[0-9]")


def said(cell: str, null: frozenset[str]) -> str:
    """Return what a cell says: without outer blanks, Excel's marks of text, and the words for nothing."""
    bare = cell.strip()
    if bare in null:
        return ""
    if not bare.startswith(("=", "'")):
        return bare
    if formula := FORMULA_OF_TEXT.fullmatch(bare):
        return formula[1].replace('""', '"').strip()
    return bare[1:] if MARKED_TEXT.fullmatch(bare) else bare
