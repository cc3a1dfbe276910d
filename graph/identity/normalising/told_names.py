"""What names are compared by: each name that was told, in its script and its parts, as one line of text.

N:検体|真由      written, family and given name; either can be missing
K:ケンタイ|マユ   read, in katakana of one spelling
L:kentai|mayu   in Latin letters, as they sound
L:mayu kentai   two words whose order nobody knows
N:検体真由        written without a gap
ORGANIZATION:例  of a company; other scripts than these have their Unicode name: CYRILLIC, HANGUL
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from graph.identity.normalising.names import is_default_name, is_japanese
from graph.identity.normalising.splitting import is_surname
from graph.identity.normalising.titles import company_name, without_titles
from graph.search.folding import fold_name, fold_romaji, sounding

ORGANIZATION, WRITTEN, KANA, LATIN = "ORGANIZATION", "N", "K", "L"

_LETTER = re.compile(r"[^\W\d_]")
_KANA_ONLY = re.compile(r"[ァ-ヺー]+")
_KANJI_OR_KANA = re.compile("[\u30a1-\u30fa\u30fc\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_DOTS = re.compile(r"[・·•‧∙⋅=゠、，,_/]")
WHOLE_NAME = 4
"""Signs from which on what fills the field of one part alone may be a whole name: a column of a file is one field."""


@lru_cache(maxsize=50_000)
def told_name(full: str | None, family: str | None, given: str | None) -> str | None:
    """Return the line for one name as a source tells it; None where it says nothing."""
    parts = [without_titles(part) if part and _says_something(part) else "" for part in (family, given)]
    company = company_name(full or " ".join(filter(None, (family, given))))
    if company is not None:
        return f"{ORGANIZATION}:{company}"
    if any(parts):
        return _parted(*parts)
    return _told_in_full(without_titles(full)) if full and _says_something(full) else None


def told_names(properties: Mapping[str, Any]) -> frozenset[str]:
    """Return the lines for all that the properties of a source record say it was ever called."""
    lines: set[str | None] = set()
    for prefix in ("name", "kana"):
        full, family, given = (properties.get(f"{prefix}_{part}") for part in ("full", "family", "given"))
        lines.add(told_name(full, family, given))
        if family and given and full and without_titles(full) == f"{family}{given}":
            # A list of surnames has parted it, and may have been wrong.
            lines.add(told_name(full, None, None))
        lines.add(told_name(_in_one_field(family, given), None, None))
        lines |= {told_name(text, None, None) for text in properties.get(f"earlier_{prefix}s") or ()}
    return frozenset(filter(None, lines))


def _in_one_field(family: str | None, given: str | None) -> str | None:
    """Return what is told as one part alone, where it can be a whole name."""
    [part, *others] = [part for part in (family, given) if part and part.strip()] or [""]
    return part if not others and is_japanese(part) and (len(part) >= WHOLE_NAME or len(part.split()) > 1) else None


def ever_called(properties: Mapping[str, Any]) -> frozenset[str]:
    """Return the lines for all that a stored source record was ever called, by the rules of today.

    An earlier name is kept as one text; in which parts it was told, its lines remember (`names`).
    """
    kept = frozenset[str](properties.get("names") or ())
    lines: set[str] = set()
    for prefix in ("name", "kana"):
        now = {f"{prefix}_{part}": properties.get(f"{prefix}_{part}") for part in ("full", "family", "given")}
        lines |= told_names(now)
        text = now[f"{prefix}_full"]
        lines |= _lines_in(text) & kept if text else frozenset()
        for text in properties.get(f"earlier_{prefix}s") or ():
            lines |= _lines_in(text) & kept or told_names({"name_full": text})
    return frozenset(lines)


def _lines_in(text: str) -> frozenset[str]:
    """Return every line that a text can have been told as: whole, without its gaps, and in two parts either way round."""
    words = text.split()
    parts = [(" ".join(words[:place]) or None, " ".join(words[place:]) or None) for place in range(len(words) + 1)]
    found = {told_name(whole, None, None) for whole in (text, "".join(words))}
    found |= {told_name(None, *pair) for one, other in parts for pair in ((one, other), (other, one))}
    return frozenset(filter(None, found))


def _says_something(text: str) -> bool:
    return _LETTER.search(text) is not None and not is_default_name(text)


def _parted(family: str, given: str) -> str:
    script = _script(family + given)
    return f"{script}:{_form(family, script)}|{_form(given, script)}"


def _told_in_full(name: str) -> str:
    if is_japanese(name):
        words = name.split()
        if len(words) > 1:
            return _parted(words[0], "".join(words[1:]))
        return _loose([word for word in _DOTS.split(name) if word])
    family, comma, given = name.partition(",")
    if comma and family.strip() and given.strip():
        return _parted(family, given)
    words = name.split()
    if len(words) == 1:
        return _parted("", name)
    return _ordered(words[0], words[1]) if len(words) == 2 else _loose(["".join(words)])


def _ordered(one: str, other: str) -> str:
    """Take for the surname what alone is in capitals, or alone is a Japanese surname; else nobody knows."""
    for is_family in (str.isupper, is_surname):
        if is_family(one) != is_family(other):
            return _parted(one, other) if is_family(one) else _parted(other, one)
    return _loose([one, other])


def _loose(words: list[str]) -> str:
    script = _script("".join(words))
    return f"{script}:{' '.join(_form(word, script) for word in words)}"


def _script(text: str) -> str:
    folded = fold_name(text).replace(" ", "")
    if _KANA_ONLY.fullmatch(folded):
        return KANA
    if _KANJI_OR_KANA.search(folded):
        return WRITTEN
    first = _LETTER.search(folded)
    name = unicodedata.name(first[0], "UNKNOWN").split()[0] if first else "UNKNOWN"
    return LATIN if name == "LATIN" else name


def _form(text: str, script: str) -> str:
    """Return a part in the one form of its script; what cannot be folded stays as it is written."""
    if script == KANA:
        return fold_name(text.replace(" ", "")).replace(" ", "")
    plain = fold_romaji(fold_name(text)).replace(" ", "").replace("|", "")
    return sounding(plain) or plain if script == LATIN else plain
