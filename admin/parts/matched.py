"""Which part of a found value is what somebody typed, however it was written."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

LAST = 4


def matched_parts(values: Sequence[str | None], typed: str, kind: str) -> list[tuple[str, bool]]:
    """Return the first of the values that has in it what was typed, in pieces, each with whether it is that.

    If none has, the first value is the one piece. `kind` is that of the reason: of LAST_DIGITS the end is meant.
    """
    known = [value for value in values if value]
    if kind == "LAST_DIGITS":
        return _marked(known[0], len(known[0]) - LAST, len(known[0]))
    words = sorted(_folded(typed)[0].split(), key=len, reverse=True)
    for value in known:
        folded, places = _folded(value)
        for word in words:
            at = folded.find(word)
            if at >= 0:
                return _marked(value, places[at], places[at + len(word) - 1] + 1)
    return [(known[0], False)] if known else []


def _marked(value: str, begin: int, end: int) -> list[tuple[str, bool]]:
    pieces = [(value[:begin], False), (value[begin:end], True), (value[end:], False)]
    return [(text, marked) for text, marked in pieces if text]


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text in one width, case and kana, and for each of its signs the place in the original."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for each in unicodedata.normalize("NFKC", sign).casefold():
            kana = chr(ord(each) + 0x60) if "ぁ" <= each <= "ゖ" else each
            signs.append(kana)
            places.append(place)
    return "".join(signs), places
