"""What somebody may mean by what they type into the one box: every alternative that the text can stand for."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field

from graph.identity.normalising.identifiers import normalise
from graph.identity.normalising.phones import phone_value
from graph.search.folding import fold_name, fold_romaji, fold_signs

LONGEST = 200
ALTERNATIVES = ("identifiers", "numbers", "suffixes", "texts", "latins")
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
    """`identifiers` are values with the kinds they can be of; an alternative that is an empty list cannot be meant.

    `texts` and `latins` are queries in Lucene's language, free of its special characters. `words` are what was typed as
    a name, folded, for the spans of what is found.
    """

    identifiers: list[tuple[str, list[str]]] = field(default_factory=list[tuple[str, list[str]]])
    numbers: list[str] = field(default_factory=list[str])
    suffixes: list[str] = field(default_factory=list[str])
    texts: list[str] = field(default_factory=list[str])
    latins: list[str] = field(default_factory=list[str])
    words: list[str] = field(default_factory=list[str])
    kana: bool = False

    @property
    def form(self) -> tuple[str, ...]:
        """The names of the alternatives that can be meant: texts of one form are sought by one statement."""
        return tuple(name for name in ALTERNATIVES if getattr(self, name))

    def parameters(self) -> dict[str, object]:
        """Return what a statement that asks all alternatives of the form needs."""
        chosen: dict[str, object] = {name: getattr(self, name) for name in self.form}
        return {**chosen, "words": self.words, "naming": "KANA" if self.kana else "NAME"}


def terms(typed: str) -> Terms:
    """Return what a text can mean; a blank one means nothing. Longer ones are cut at LONGEST characters.

    Kanji and kana are names, beside the extension of a telephone number; an order number has a digit; what has an @ is
    an address or an account and no name.
    """
    plain = " ".join(unicodedata.normalize("NFKC", typed[:LONGEST]).split())
    if not plain:
        return Terms()
    folded = fold_name(plain)
    texts, latins = ([], []) if "@" in plain else (_texts(folded), _latins(folded))
    upper = plain.upper()
    both = [plain] if upper == plain else [plain, upper]
    return Terms(
        _identifiers(plain, named=bool(texts)),
        both if not texts and any(map(str.isdigit, plain)) else [],
        both if _SUFFIX.fullmatch(plain) else [],
        texts,
        latins,
        _words(folded) if texts or latins else [],
        bool(_KANA.fullmatch(folded)),
    )


def _identifiers(plain: str, *, named: bool) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    if not named:
        found += [(plain, list(PLAIN)), (normalise("MEMBER_NUMBER", plain + "0").value[:-1], list(NUMBERED))]
    if _PHONE.fullmatch(plain) and sum(map(str.isdigit, plain)) in PHONE_DIGITS:
        found.append((phone_value(plain) or "", ["PHONE", "FAX"]))
    if "@" in plain:
        with suppress(ValueError):  # not every text with an @ is an address
            found.append((normalise("EMAIL", plain).value, ["EMAIL"]))
    return [(value, kinds) for value, kinds in found if value]


def _words(folded: str) -> list[str]:
    """Return each word as spans are compared: without spaces, and in Latin letters with long vowels shortened."""
    return list(dict.fromkeys(word for text in (folded, fold_romaji(folded)) for part in text.split() if (word := _bare(part))))


def _bare(part: str) -> str:
    return "".join(sign for sign, _ in fold_signs(part))


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
