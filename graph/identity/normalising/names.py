"""Names as sources tell them: splitting a full name, putting one together, and names that say nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from graph.identity.normalising.splitting import split_gapless
from graph.identity.normalising.titles import company_name, without_titles
from graph.search.folding import fold_name
from graph.search.signs import without_invisible

_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿豈-﫿々〆\U00020000-\U0003ffff]")
_UNSET_NAMES = (
    "未設定 不明 未登録 未入力 未定 無名 匿名 名無シ 該当ナシ ナシ 無シ ミセッテイ フメイ "
    "ミトウロク ミニュウリョク トクメイ ゲスト ナナシ unknown unset undefined "
    "anonymous guest n/a na null none nil noname"
)
_UNSET = frozenset(map(fold_name, _UNSET_NAMES.split()))
"""What programs and tired people write for a name that they do not know, folded."""


@lru_cache(maxsize=50_000)
def split_name(full: str) -> tuple[str | None, str | None]:
    """Return (family, given) of a Japanese full name, by its one gap or a list of surnames, without honorifics.

    (None, None) where that would be a guess, and for a company.
    """
    seen = without_invisible(full)
    if not is_japanese(seen) or company_name(seen) is not None:
        return None, None
    parts = without_titles(seen).split()
    if len(parts) == 1:
        return split_gapless(parts[0])
    return (parts[0], parts[1]) if len(parts) == 2 else (None, None)


def given_alone(family: str | None, given: str | None) -> str | None:
    """Return the given name of a field into which the family name was written once more."""
    first, *rest = (given or "").split() or [""]
    return " ".join(rest) if rest and fold_name(first) == fold_name(family or "") else given


def join_name(family: str | None, given: str | None) -> str | None:
    """Return the full name in the order of its script: family first in Japanese, given first in Latin."""
    parts = [part for part in (family, given) if part]
    if not parts:
        return None
    return " ".join(parts if is_japanese("".join(parts)) else reversed(parts))


def is_default_name(text: str) -> bool:
    """Tell whether a name says only that none is known: 未設定, ゲスト, unknown."""
    return fold_name(text) in _UNSET


def is_japanese(text: str) -> bool:
    """Tell whether there is any kana or kanji in a text, half-width kana included."""
    return _JAPANESE.search(unicodedata.normalize("NFKC", text)) is not None
