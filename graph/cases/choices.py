"""A choice of who gets a case, as its history keeps it: the reasons, and the best of those who were looked at."""

from __future__ import annotations

from typing import Any

import orjson

from graph.cases.assignment import Choice

MOST_CANDIDATES = 20
"""So many of those who were looked at are kept, the best first."""


def stored(choice: Choice) -> str:
    """Return a choice as JSON: `why`, `of` (how many were looked at), `candidates` with staff, score, reasons and obstacles."""
    candidates = [
        {
            "staff": one.staff,
            "score": one.score,
            "reasons": [list(each) for each in one.reasons],
            "obstacles": list(one.obstacles),
        }
        for one in choice.candidates[:MOST_CANDIDATES]
    ]
    return orjson.dumps({"why": list(choice.why), "of": len(choice.candidates), "candidates": candidates}).decode()


def read_choice(text: str) -> dict[str, Any]:
    """Return what `stored` has made."""
    return orjson.loads(text)
