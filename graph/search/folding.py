"""Names in one form, for guards, households, scores and the look-up: the one place that says which spellings are one name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import jaconv

from graph.search.kana import spell, with_bars
from graph.search.kanji import COMMON_FORMS
from graph.search.signs import visible
from graph.search.sound import sound

_VOICING = str.maketrans({"゛": "\u3099", "゜": "\u309a"})
_SEPARATORS = re.compile("[・·•‧∙⋅=゠、，,_/]+")
_MARKS = re.compile("[\u0300-\u036f]+")
_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ø": "o", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n", "ß": "ss", "ς": "σ"}
)
_APOSTROPHES = "'’‘ʼʻ`´′"
_SILENT = re.compile(rf"[-‐‑‒–—―−{_APOSTROPHES}]")
_LONG_VOWELS = re.compile(r"(?<=o)[ou]+|(?<=u)u+")
_KANA = re.compile(r"[ァ-ヺー ]+")


def fold_text(text: str) -> str:
    """Return a text in one form: what is seen of it in NFKC, common kanji, katakana, lower case, single spaces."""
    plain = visible(text.translate(_VOICING)).translate(COMMON_FORMS)
    return " ".join(jaconv.hira2kata(plain).casefold().split())


@lru_cache(maxsize=50_000)
def fold_name(text: str) -> str:
    """Return a name in one form: as a text, its kana in one spelling, and a space for a dot or a double hyphen."""
    return " ".join(spell(_SEPARATORS.sub(" ", fold_text(text))).split())


@lru_cache(maxsize=50_000)
def fold_romaji(text: str) -> str:
    """Return Latin letters without marks and with long vowels shortened, so that yuuko, yūko and yuko meet.

    Letters of other scripts stay, Cyrillic and Greek ones without accents.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    bare = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    return " ".join(_LONG_VOWELS.sub("", _SILENT.sub("", bare)).split())


@lru_cache(maxsize=50_000)
def romaji(kana: str) -> str:
    """Return the Hepburn reading of kana, folded; empty when there is anything but kana in it."""
    folded = " ".join(_SEPARATORS.sub(" ", with_bars(fold_text(kana))).split())
    if not _KANA.fullmatch(folded):
        return ""
    return fold_romaji(jaconv.kana2alphabet(jaconv.kata2hira(folded)))


def sounding(text: str) -> str:
    """Return how each word of a name in kana or Latin letters sounds, whatever romanisation; empty where one is neither."""
    words = [sound(word if _KANA.fullmatch(word) else fold_romaji(word)) for word in fold_name(text).split()]
    return " ".join(words) if all(words) else ""


def fold_signs(text: str) -> list[tuple[str, int]]:
    """Return the signs of a folded name without spaces, in Latin letters without marks, each with its place in the text.

    What sounds otherwise after what stands before it (the bar of ユーコ) is folded together with that.
    """
    found: list[tuple[str, int]] = []
    for place in range(len(text)):
        folded = _bare(text[: place + 1])
        found[len(folded) :] = []
        found += [(sign, place) for sign in folded[len(found) :]]
    return [(sign, place) for sign, (_, place) in zip(_bare(text), found, strict=True)]


def _bare(text: str) -> str:
    plain = fold_name(text).replace(" ", "")
    bare = _SILENT.sub("", _MARKS.sub("", unicodedata.normalize("NFKD", plain))).translate(_LETTERS)
    return bare if bare.isascii() else plain
