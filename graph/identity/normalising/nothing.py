"""Values that say that there is none: what systems show for a caller without a number, and what clerks type into a field."""

from __future__ import annotations

import re
from enum import StrEnum

import jaconv


class Nothing(StrEnum):
    """Why there is no value. Withheld by the caller, called from a pay phone, not shown by the network, or simply none."""

    WITHHELD = "WITHHELD"
    PAY_PHONE = "PAY_PHONE"
    NOT_SHOWN = "NOT_SHOWN"
    NONE = "NONE"


# What a display says instead of a number: words in a Japanese text, and all that a Latin text consists of, beside _BESIDE.
_CALLERS = {
    Nothing.WITHHELD: (
        "非通知|ヒツウチ|匿名|発信者番号ナシ|番号(?:通知|表示)ナシ",
        "anonymous|anonym|withheld|private|restricted|blocked|hidden|suppressed|no(?:caller)?id",
    ),
    Nothing.PAY_PHONE: ("公衆|コウシュウ", "payphone|public(?:tele)?phone|coin"),
    Nothing.NOT_SHOWN: (
        "圏外|ヒョウジケンガイ|競合|提供不可|通知不可|番号不明|発信者不明",
        "unavailable|notavailable|unknown|outofarea|outofrange",
    ),
}
_BESIDE = "caller|call|id|number|telephone|phone|line|name|user|by|the|is|no"
# The letters are those of number display in Japan, the numbers spell ANONYMOUS and its like on a dial, as providers send them.
_SIGNS = {
    **dict.fromkeys(("p", "266696687", "7378742833"), Nothing.WITHHELD),
    "c": Nothing.PAY_PHONE,
    **dict.fromkeys(("o", "s", "8656696", "86282452253", "不明"), Nothing.NOT_SHOWN),
}
# Folded: without blanks and punctuation, lower case, katakana.
_NONE = (
    "空欄 空白 ナシ 無シ 無 ナイ 無イ 該当ナシ 登録ナシ 回答ナシ 記入ナシ 入力ナシ 設定ナシ 未設定 未登録 未入力 未記入 "
    "未回答 未定 未確認 未取得 未提供 不明 不詳 フメイ ミセッテイ ミトウロク ミニュウリョク モッテイナイ 持ッテイナイ "
    "持ッテナイ 所持ナシ ワカラナイ 分カラナイ 拒否 回答拒否 記入拒否 null none nil na nan empty anonymous 匿名 非公開 "
    "blank undefined undef unset unspecified notset notprovided notapplicable notavailable noemail nomail nophone "
    "nonumber nodata novalue missing unknown void"
)
_NAMES_OF_THE_FIELD = re.compile(
    "^(?:連絡先|電話番号|電話|番号|携帯|自宅|勤務先|固定|メールアドレス|メール|アドレス|ファックス"
    "|telephone|phone|tel|fax|mobile|email|mail)+(?=.)"
)
_SOUNDLESS = re.compile(r"[\W_]+")
_FILLER = re.compile(r"(?:81)?0?(\d)\1{6,}|(?:81)?0?[5-9]0(?:0{8}|9{8})|(?:81)?0?1234567890?|0+|x+")
"""Signs that fill a field in which a number is asked for: one over and over, or counting up."""
_DIALLED = re.compile("18[46]")
_CALLER_WORDS = [
    (reason, re.compile(f"{japanese}|^(?:{_BESIDE})*(?:{latin})(?:{_BESIDE}|{latin})*$"))
    for reason, (japanese, latin) in _CALLERS.items()
]
_NONE_WORDS = frozenset(_NONE.split())


def nothing_in(kind: str, text: str) -> Nothing | None:
    """Return why a visible text of an identifier is none; None where it says something. `kind` is of the vocabulary."""
    folded = _SOUNDLESS.sub("", jaconv.hira2kata(text).casefold())
    if not folded.strip("ー"):
        return Nothing.NONE
    words = (folded, _NAMES_OF_THE_FIELD.sub("", folded))
    if kind in ("PHONE", "FAX"):
        if reason := _caller(folded):
            return reason
        if _FILLER.fullmatch(folded):
            return Nothing.NONE
    return Nothing.NONE if any(word in _NONE_WORDS for word in words) else None


def _caller(folded: str) -> Nothing | None:
    """Return why a caller has no number, as displays and people say it; None where a number is told or nothing is said."""
    words = _DIALLED.sub("", folded).replace("無シ", "ナシ")
    if any(map(str.isdigit, words)) or len(words) == 1:
        return _SIGNS.get(folded)
    return _SIGNS.get(folded) or next((reason for reason, said in _CALLER_WORDS if said.search(words)), None)
