"""What is asked of the search index, in Lucene's language: every part is made of letters and digits, so nothing is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.search.folding import fold_romaji, sounding
from graph.search.parting import parted
from graph.search.runs import Run, pairs

NAMES, DETAILS = "search_names", "search_details"
KANA_WORD, LATIN_WORD, GAPLESS_NAME, LONG_WORD = 3, 4, 4, 8
"""Signs from which on a word of kana, one of Latin letters or a whole name in kanji may differ by one, and any by two."""
_KANA = re.compile("[ァ-ヺー]+")


def by_name(parts: Sequence[Run], details: Sequence[str]) -> str:
    """Return the query for all parts in names, and all details."""
    return _all([_name(part) for part in parts], details)


def by_name_and_place(parts: Sequence[Run], details: Sequence[str]) -> str:
    """Return the query for parts of which one is a name, and each a name or a part of the address."""
    named = [_name(part) for part in parts]
    each = [_any([name, _place(part)]) for name, part in zip(named, parts, strict=True)]
    return _all([_any(named), *each], details)


def by_place(parts: Sequence[Run], numbers: Sequence[Run], details: Sequence[str]) -> str:
    """Return the query for all parts in the address, and all details; those with the numbers come first."""
    return " ".join([_all([_place(part) for part in parts], details), *map(_place, numbers)])


def by_close_name(parts: Sequence[Run], details: Sequence[str]) -> str:
    """Return the query for names of which one part is spelt a little otherwise; empty where none is long enough for that."""
    words = _words(parts)
    close = [_close(word, alone=len(words) == 1) for word in words]
    ways = [
        f"({_all([other if place == at else _name(word) for at, word in enumerate(words)], ())})"
        for place, other in enumerate(close)
        if other
    ]
    return _all([_any(ways)], details) if ways else ""


def _words(parts: Sequence[Run]) -> list[Run]:
    """Return the parts, with family and given name apart where somebody typed them without a gap."""
    return [word for part in parts for word in parted(part) or [part]]


def _name(part: Run) -> str:
    if not part.gapless:
        return _any(f"{NAMES}:{form}*" for form in _latin_forms(part.text))
    if len(part.text) == 1:
        return f"{NAMES}:{part.text}*"
    phrase = f'{NAMES}:"{_phrase(part.text)}"'
    sound = sounding(part.text)
    return _any([phrase, f"{NAMES}:{sound}"]) if sound else phrase


def _place(part: Run) -> str:
    if not part.gapless:
        return f"{DETAILS}:{part.text}"
    return f'{DETAILS}:"{_phrase(part.text)}"' if len(part.text) > 1 else f"{DETAILS}:{part.text}*"


def _close(part: Run, *, alone: bool) -> str:
    if not part.gapless:
        return _any(f"{NAMES}:{form}~{_slips(form)}" for form in _latin_forms(part.text) if len(form) >= LATIN_WORD)
    kana = _KANA.fullmatch(part.text)
    if len(part.text) < (KANA_WORD if kana else GAPLESS_NAME if alone else 2):
        return ""
    return f"{NAMES}:{part.text}~{_slips(part.text)}"


def _latin_forms(word: str) -> list[str]:
    bare = fold_romaji(word)
    return list(dict.fromkeys(filter(None, (bare, sounding(bare)))))


def _slips(word: str) -> int:
    return 2 if len(word) >= LONG_WORD else 1


def _phrase(text: str) -> str:
    return " ".join(pairs(text)[:-1])


def _any(queries: Iterable[str]) -> str:
    given = list(queries)
    return given[0] if len(given) == 1 else f"({' OR '.join(given)})" if given else ""


def _all(queries: Iterable[str], details: Iterable[str]) -> str:
    return " ".join(f"+{query}" for query in (*queries, *(f"{DETAILS}:{detail}" for detail in details)))
