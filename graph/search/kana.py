"""Kana in one spelling: however an old system, a keyboard or a school writes a sound, it is written alike here."""

from __future__ import annotations

import re
import unicodedata

_KANA = "ァ-ヺー"
_ANY = re.compile(f"[{_KANA}]")
_BAR = re.compile(rf"(?<=[{_KANA}])[-‐‑‒–—―−─━一](?=[{_KANA}]|\s|$)")
_REPEATED = re.compile(rf"([{_KANA}])(ヽ+)|([{_KANA}])ヾ|([㐀-鿿豈-﫿])[々〻]")
_SPELLINGS = str.maketrans("ァィゥェォッャュョヮヵヶヅヂヲヰヱ", "アイウエオツヤユヨワカケズジオイエ") | str.maketrans(
    {"ヷ": "バ", "ヸ": "ビ", "ヹ": "ベ", "ヺ": "ボ"}
)
_V = re.compile("ヴ([アイエオ]?)")
_B = {"": "ブ", "ア": "バ", "イ": "ビ", "エ": "ベ", "オ": "ボ"}
_ROWS = {
    "a": "アカサタナハマヤラワガザダバパ",
    "i": "イキシチニヒミリギジビピ",
    "u": "ウクスツヌフムユルグズブプ",
    "e": "エケセテネヘメレゲゼデベペ",
    "o": "オコソトノホモヨロゴゾドボポ",
}
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_LONG = {"a": "ア", "i": "イ", "u": "ウ", "e": "イ", "o": "ウ"}
_ALSO_LONG = {("o", "オ"): "ウ", ("e", "エ"): "イ"}


def spell(katakana: str) -> str:
    """Return katakana with big kana, ズ for ヅ, ビ for ヴィ and each long vowel written out: ユーコ and ユウコ are ユウコ.

    A dash between kana is a bar. What is no kana stays as it is, but for 々, which repeats.
    """
    text = _REPEATED.sub(_repeat, with_bars(katakana))
    if not _ANY.search(text):
        return text
    text = _V.sub(lambda found: _B[found[1]], text.translate(_SPELLINGS))
    written: list[str] = []
    vowel, before = "", ""
    for sign in text:
        if sign == "ー":
            long = _LONG.get(vowel, "") if before != "ー" else ""
        else:
            long = _ALSO_LONG.get((vowel, sign), sign)
            vowel = _VOWEL.get(sign, "")
        written.append(long)
        before = sign
    return "".join(written)


def with_bars(katakana: str) -> str:
    """Return katakana with the bar of a long vowel for the dash, or the numeral, that was typed for it."""
    return _BAR.sub("ー", katakana)


def _repeat(found: re.Match[str]) -> str:
    if found[1]:
        return found[1] * (1 + len(found[2]))
    if found[3]:
        return found[3] + unicodedata.normalize("NFC", found[3] + "\u3099")
    return found[4] * 2
