"""Names: splitting a full name, putting one together, and the forms of a given name that the guards compare."""

from __future__ import annotations

import re
import unicodedata

from graph.search.folding import fold_name, fold_romaji

_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿豈-﫿々〆\U00020000-\U0003ffff]")
_LETTER = re.compile(r"[^\W\d_]")
_HONORIFICS = frozenset({"様", "さま", "さん", "殿", "氏"})
_UNSET_NAMES = (
    "未設定 不明 未登録 未入力 未定 無名 匿名 名無シ 該当ナシ ナシ 無シ ミセッテイ フメイ "
    "ミトウロク ミニュウリョク トクメイ ゲスト ナナシ unknown unset undefined "
    "anonymous guest n/a na null none nil noname"
)
_UNSET = frozenset(_UNSET_NAMES.split())
"""What programs and tired people write for a name that they do not know, folded."""


def split_name(full: str) -> tuple[str | None, str | None]:
    """Return (family, given) of a Japanese full name with one gap; (None, None) where that would be a guess."""
    if not is_japanese(full):
        return None, None
    parts = full.split()
    if len(parts) == 3 and parts[2] in _HONORIFICS:
        parts.pop()
    return (parts[0], parts[1]) if len(parts) == 2 else (None, None)


def join_name(family: str | None, given: str | None) -> str | None:
    """Return the full name in the order of its script: family first in Japanese, given first in Latin."""
    parts = [part for part in (family, given) if part]
    if not parts:
        return None
    return " ".join(parts if is_japanese("".join(parts)) else reversed(parts))


def guard_forms(given: str | None, kana: str | None) -> frozenset[str]:
    """Return what a given name is compared by: `N:` written, `K:` read in katakana, `L:` in Latin letters, long vowels short."""
    forms: set[str] = set()
    for prefix, text in (("N", given), ("K", kana)):
        folded = fold_name(text or "")
        if not _LETTER.search(folded) or is_default_name(folded):
            continue
        forms.add(f"{prefix}:{folded}" if is_japanese(folded) else f"L:{fold_romaji(folded)}")
    return frozenset(forms)


def is_default_name(text: str) -> bool:
    """Tell whether a name says only that none is known: 未設定, ゲスト, unknown."""
    return fold_name(text) in _UNSET


def is_japanese(text: str) -> bool:
    """Tell whether there is any kana or kanji in a text, half-width kana included."""
    return _JAPANESE.search(unicodedata.normalize("NFKC", text)) is not None
