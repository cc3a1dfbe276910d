"""How kana and Latin letters sound, in one romanisation: ショウタ, Shota, Shohta and SYOUTA are one.

Each kana is what the Nihon-shiki says, with big kana for small ones (`siyo` for ショ and シヨ), since many systems know
no small kana; what Latin letters write is taken apart in the same way. Long vowels are short, as passports have them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CONSONANTS = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サシスセソ", "t": "タチツテト", "n": "ナニヌネノ", "h": "ハヒフヘホ",
    "m": "マミムメモ", "r": "ラリルレロ", "g": "ガギグゲゴ", "z": "ザジズゼゾ", "b": "バビブベボ", "p": "パピプペポ",
}  # fmt: skip
_SYLLABLES = {kana: consonant + vowel for consonant, row in _CONSONANTS.items() for kana, vowel in zip(row, "aiueo", strict=True)}
_LETTERS = _SYLLABLES | {"ダ": "da", "デ": "de", "ド": "do", "ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ン": "n"}

_LONG_H = re.compile(r"(?<=[aeiou])h(?![aeiouy])|(?<=o)h(?=y)")
_SINGLE_N = re.compile(r"m(?=[bmp])|nn(?![aiueoy])")
_DOUBLED = re.compile(r"([kstpgdbz])(?=\1)|[ct](?=ch)")
_SOFT = re.compile(r"(sh|ch|cy|dy|jy?|[kgsztbhpmr]y)(?=[aueo])")
_SIMPLE = re.compile(r"sh|ch|ts|dz|ds|j|d(?=[iu])|f(?=u)|f|v|l|c(?![hi])|wo")
_AS_SIMPLE = {
    "sh": "s", "ch": "t", "ts": "t", "dz": "z", "ds": "z", "j": "z", "d": "z", "v": "b", "l": "r", "c": "k", "wo": "o",
}  # fmt: skip
_LONG_VOWEL = re.compile(r"(?<=o)[ou]+|(?<=u)u+|(?<=i)i+|(?<=e)e+|(?<=a)a+")
_READABLE = re.compile(r"(?:ny[auo]|[bdghkmnprstwyz]?[aiueo]|n)+")
_HARD = {"sh": "s", "ch": "t", "cy": "t", "dy": "z", "j": "z", "jy": "z"}


@lru_cache(maxsize=50_000)
def sound(folded: str) -> str:
    """Return how a folded text without spaces sounds; empty where it is neither kana nor Latin letters alone."""
    if folded.isascii():
        return _shorten(_taken_apart(folded)) if folded.isalpha() else ""
    letters = [_LETTERS.get(sign) for sign in folded]
    return _shorten("".join(filter(None, letters))) if all(letters) else ""


def is_readable(sounding: str) -> bool:
    """Tell whether a sound can be Japanese, so that Latin letters may be compared with kana: Taro, and not Michael."""
    return _READABLE.fullmatch(sounding) is not None


def _shorten(letters: str) -> str:
    return _LONG_VOWEL.sub("", letters).replace("niy", "ny")


def _taken_apart(latin: str) -> str:
    text = _SINGLE_N.sub("n", _LONG_H.sub("", latin))
    text = _DOUBLED.sub("tu", text).replace("ee", "ei")  # as katakana spell it: エエ and エー are エイ there
    text = _SOFT.sub(_soft, text)
    return _SIMPLE.sub(_simple, text)


def _soft(found: re.Match[str]) -> str:
    hard = _HARD.get(found[0]) or found[0][0]
    return hard + ("i" if found.string[found.end()] == "e" else "iy")


def _simple(found: re.Match[str]) -> str:
    if found[0] == "f":
        return "h" if found.string[found.end() : found.end() + 1] == "u" else "hu"
    return _AS_SIMPLE[found[0]]
