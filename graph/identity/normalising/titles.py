"""What stands around a name and is none of it: 様, 先生, Mr; and the words that make a name a company's."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.search.folding import fold_name
from graph.search.signs import visible

_BEHIND = re.compile(
    r"\s+(?:様方?|樣|さま|サマ|さん|サン|殿|どの|氏|先生|女史|君|くん|ちゃん|御中|ご?夫妻|御机下|御侍史)$"
    r"|(?<=\S)(?:様方?|樣|さま|さん|殿|先生|女史|くん|ちゃん|御中|御机下|御侍史)$|(?<=\S\S)氏$"
    r"|(?:[-\s]+(?:san|sama|kun|chan)|-(?:San|Sama|Kun|Chan))$"
    r"|[\s,]+(?i:jr|sr|esq|ph\.?d|m\.?d)\.?$|(?<=[^\sA-Za-z])(?:Jr|Sr)\.?$"
)
_BEFORE = re.compile(r"^(?:mr|mrs|ms|mx|miss|dr|prof|professor|sir|madam|mme|herr|frau)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[【〔<].*?[)\]】〕>]\s*")

_FORMS = (
    r"(?:株式|有限|合同|合資|合名|相互)会社|(?:[一-鿿]+法人|協同組合)(?:連合会)?|\((?:株|有|同|資|名|医|学|財|社|宗|福|独|特非|NPO|一社|一財)\)"
    r"|カブシキ[ガカ]イシャ|ユウゲン[ガカ]イシャ|ゴウドウ[ガカ]イシャ|^[カユド]\)|\([カユド]\)?$"
)
_LATIN_FORMS = (
    r"(?:[\s,]+(?:(?i:inc|ltd|llc|llp|corp|corporation|limited|incorporated|gmbh|plc|pty|k\.k|s\.a|b\.v)\.?"
    r"|Co\.|CO\.|AG|SA|BV|KK|Company))+$"
)
_COMPANY_FORM = re.compile(f"{_FORMS}|{_LATIN_FORMS}")
_TRADE = re.compile(r"御中$|\S(?:商店|商会|商事|事務所|病院|医院|クリニック|製作所|工務店|協会|組合|財団|銀行|支店|本店|営業所)$")


@lru_cache(maxsize=50_000)
def without_titles(text: str) -> str:
    """Return a name without honorifics, titles and what stands in brackets; as it is where nothing else would be left."""
    whole = visible(text)
    plain = _ASIDE.sub(" ", whole).strip() or whole
    while (cut := _BEFORE.sub("", _BEHIND.sub("", plain)).strip()) != plain and cut:
        plain = cut
    return text if plain == whole else plain


@lru_cache(maxsize=50_000)
def company_name(text: str) -> str | None:
    """Return a company's name, folded and without its legal form; None where the name is a person's."""
    plain = visible(text)
    if not (_COMPANY_FORM.search(plain) or _TRADE.search(plain)):
        return None
    bare = _COMPANY_FORM.sub(" ", re.sub(r"\s*御中$", "", plain))
    return fold_name(bare).replace(" ", "") or fold_name(plain).replace(" ", "")
