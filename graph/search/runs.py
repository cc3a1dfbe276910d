"""Text in runs: signs of scripts that are written without gaps stand apart from words of letters and digits."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import NamedTuple

_GAPLESS = re.compile(
    "[\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)


class Run(NamedTuple):
    """`gapless` runs are of kanji, kana or Hangul, the others words of letters, their marks and digits."""

    text: str
    gapless: bool

    @property
    def has_digit(self) -> bool:
        return not self.gapless and any(map(str.isdigit, self.text))


def runs(text: str) -> list[Run]:
    """Return the runs of a folded text in order; a space or any other sign parts two of them."""
    return [Run("".join(signs), kind == "gapless") for kind, signs in groupby(text, _kind) if kind]


def _kind(sign: str) -> str:
    if _GAPLESS.match(sign):
        return "gapless"
    # Marks belong to their letter: Thai and Arabic write vowels with them.
    return "word" if unicodedata.category(sign)[0] in "LMN" else ""


def pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring signs and the last sign: what is contained in a text is a phrase of its pairs."""
    return [*(text[place : place + 2] for place in range(len(text) - 1)), text[-1]]
