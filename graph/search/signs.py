"""The signs of a text as people see them: one width, one composition, one blank between words, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

# Marks of direction, joiners, soft hyphens, byte order marks, fillers, variation selectors and the frame of a keycap.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
# What Unicode calls a dash, and the bars, waves and strokes that are typed for one.
_DASHES = re.compile(
    "[\u02d7\u058a\u05be\u1400\u1806\u2010-\u2015\u2043\u2053\u207b\u208b\u2212\u223c\u223d\u23af\u23e4\u2500\u2501\u2504\u2505"
    "\u2508\u2509\u254c\u254d\u2574\u2576\u2578\u257a\u2796\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0~\ufe31\ufe32\ufe58"
    "\ufe63\uff0d\U00010d6e\U00010ead丨ー]|(?<=\\d)一(?=\\d)"
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def visible(text: str) -> str:
    """Return a text in NFKC without invisible characters; every blank, tab and line break between words is one space."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", without_invisible(text))
    return " ".join(_CONTROL.sub(" ", text).split())


def without_invisible(text: str) -> str:
    """Return a text as it is written, without what nobody sees of it."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def hyphened(text: str) -> str:
    """Return a visible text with every dash as a hyphen, and what stands for one between digits."""
    return _DASHES.sub("-", text)
