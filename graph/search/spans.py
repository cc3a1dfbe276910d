"""A found value in pieces: which of them is what was typed, however either was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.search.folding import fold_signs, romaji

_MARKS = re.compile("[ﾞﾟ゛゜\u3099\u309a\u0300-\u036f]*")
Span = tuple[str, bool]
"""A piece of a value, and whether it was typed."""


def name_spans(values: Iterable[str | None], words: Sequence[str]) -> list[Span]:
    """Return the first of a name, its kana and the Latin form of that in which a word stands, in pieces.

    If none has any, the first value is the one piece. `words` are folded, as `Terms` has them.
    """
    known = [value for value in values if value]
    for value in (*known, *(romaji(value).title() for value in known)):
        pieces = _marked(value, words)
        if any(typed for _, typed in pieces):
            return pieces
    return [(known[0], False)] if known else []


def value_spans(value: str, *, exact: bool, first: int = 0, last: int = 0) -> list[Span]:
    """Return an identifier or number in pieces: all of it was typed, or so many of its first or last letters and digits."""
    places = [place for place, sign in enumerate(value) if sign.isalnum()]
    typed = set(places[:first]) | set(places[len(places) - last :])
    return _pieces(value, [exact or place in typed for place in range(len(value))])


def _marked(value: str, words: Sequence[str]) -> list[Span]:
    signs = fold_signs(value)
    text = "".join(folded for folded, _ in signs)
    typed = [False] * len(value)
    for word in words:
        at = text.find(word)
        if at >= 0:
            first, last = signs[at][1], signs[at + len(word) - 1][1]
            # A voicing mark or accent of its own belongs to the sign before it.
            marks = _MARKS.match(value, last + 1)
            last = marks.end() - 1 if marks else last
            typed[first : last + 1] = [True] * (last + 1 - first)
    return _pieces(value, typed)


def _pieces(value: str, typed: Sequence[bool]) -> list[Span]:
    pieces: list[Span] = []
    for sign, is_typed in zip(value, typed, strict=False):
        if pieces and pieces[-1][1] == is_typed:
            pieces[-1] = (pieces[-1][0] + sign, is_typed)
        else:
            pieces.append((sign, is_typed))
    return pieces
