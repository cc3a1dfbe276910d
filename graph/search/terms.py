"""What somebody may mean by what they type into the one box: every alternative that the text can stand for."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass

from graph.identity.normalising.identifiers import normalise
from graph.search.folding import fold_name, fold_romaji

LONGEST = 200
SUFFIX_LENGTH = 4
PHONE_DIGITS = range(8, 16)
NUMBERED: tuple[str, ...] = ("MEMBER_NUMBER", "POS_CARD", "CATALOG_NUMBER", "CORPORATE_NUMBER")
PLAIN: tuple[str, ...] = (
    "LINE_USER_ID",
    "SOCIAL_ACCOUNT",
    "EC_ACCOUNT_ID",
    "APP_USER_ID",
    "DEVICE_ID",
    "COOKIE_ID",
    "EXTERNAL_ID",
)
_PHONE = re.compile(r"\+?[\d\s()\-‐‑‒–—―−ー./]+(?:(?:内線|代表|代|ext|[x#;]).*)?", re.IGNORECASE)
_SUFFIX = re.compile(r"[0-9A-Za-z]{4}")
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[a-z0-9]+")
_LETTER = re.compile(r"[^\W\d_]")
_KANA = re.compile(r"[\sァ-ヿ]+")


@dataclass(frozen=True, slots=True)
class Terms:
    """`identifiers` are values with the kinds they can be of; the others are lists so that an empty one asks nothing.

    `texts` and `latins` are queries in Lucene's language, free of its special characters.
    """

    identifiers: list[tuple[str, list[str]]]
    order_numbers: list[str]
    suffixes: list[str]
    texts: list[str]
    latins: list[str]
    kana: bool

    def parameters(self) -> dict[str, object]:
        return {
            "identifiers": [list(pair) for pair in self.identifiers],
            "numbers": self.order_numbers,
            "suffixes": self.suffixes,
            "texts": self.texts,
            "latins": self.latins,
            "naming": "KANA" if self.kana else "NAME",
        }


def terms(typed: str) -> Terms:
    """Return what a text can mean; a blank one means nothing. Longer ones are cut at LONGEST characters."""
    plain = " ".join(unicodedata.normalize("NFKC", typed[:LONGEST]).split())
    if not plain:
        return Terms([], [], [], [], [], False)
    folded = fold_name(plain)
    return Terms(
        _identifiers(plain),
        list(dict.fromkeys([plain, plain.upper()])),
        [plain, plain.upper()][: 1 + (plain != plain.upper())] if _SUFFIX.fullmatch(plain) else [],
        _texts(folded),
        _latins(folded),
        bool(_KANA.fullmatch(folded)),
    )


def _identifiers(plain: str) -> list[tuple[str, list[str]]]:
    found = [(plain, list(PLAIN)), (normalise("MEMBER_NUMBER", plain + "0").value[:-1], list(NUMBERED))]
    if _PHONE.fullmatch(plain) and sum(map(str.isdigit, plain)) in PHONE_DIGITS:
        found.append((normalise("PHONE", plain).value, ["PHONE", "FAX"]))
    if "@" in plain:
        with suppress(ValueError):  # not every text with an @ is an address
            found.append((normalise("EMAIL", plain).value, ["EMAIL"]))
    return [(value, kinds) for value, kinds in found if value]


def _texts(folded: str) -> list[str]:
    """Return the query for names and kana without spaces: each part as a phrase, a single character as a prefix."""
    parts = [word for word in _WORD.findall(folded) if _LETTER.search(word) and not fold_romaji(word).isascii()]
    return [" AND ".join(f"{part}*" if len(part) == 1 else f'"{part}"' for part in parts)] if parts else []


def _latins(folded: str) -> list[str]:
    """Return the query for Latin names and readings: each part as a prefix."""
    bare = fold_romaji(folded)
    parts = _LATIN.findall(bare)
    usable = bare.isascii() and any(part.isalpha() for part in parts)
    return [" AND ".join(f"{part}*" for part in parts)] if usable else []
