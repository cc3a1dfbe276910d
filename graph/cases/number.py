"""The number of a case as it is said and written: `C-1042`."""

from __future__ import annotations

PREFIX = "C-"


def shown_number(number: int) -> str:
    return f"{PREFIX}{number}"
