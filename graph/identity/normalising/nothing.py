"""Values that say that there is none: what systems show for a caller without a number, and what clerks type into a field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

import jaconv


class Nothing(StrEnum):
    """Why there is no value. Withheld by the caller, called from a pay phone, not shown by the network, or simply none."""

    WITHHELD = "WITHHELD"
    PAY_PHONE = "PAY_PHONE"
    NOT_SHOWN = "NOT_SHOWN"
    NONE = "NONE"


# Folded: without blanks and punctuation, lower case, katakana. The single letters are those of number display in Japan;
# the numbers spell ANONYMOUS and RESTRICTED on a dial, as providers send them.
_CALLERS = {
    Nothing.WITHHELD: (
        "非通知 番号非通知 非通知設定 非通知着信 非通知電話 発信者番号非通知 匿名 匿名希望 ヒツウチ anonymous "
        "anonymouscaller anonym restricted restrictednumber private privatenumber privatecaller callerwithheld withheld "
        "numberwithheld withheldnumber hidden hiddennumber blocked blockedcaller blockednumber nocallerid noid "
        "idwithheld p 266696687 7378742833"
    ),
    Nothing.PAY_PHONE: ("公衆電話 公衆 コウシュウデンワ payphone publicphone publictelephone coin coinline coinphone c"),
    Nothing.NOT_SHOWN: (
        "表示圏外 圏外 ヒョウジケンガイ サービス競合 サービス提供不可 通知不可 通知不可能 番号通知不可 通知圏外 不明 "
        "番号不明 発信者不明 unavailable numberunavailable callerunavailable notavailable unknown unknowncaller "
        "unknownnumber outofarea outofrange o s 8656696 86282452253"
    ),
}
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
_FILLER = re.compile(r"(?:81)?0?(\d)\1{6,}|(?:81)?0?[5-9]0(?:0{8}|9{8})|(?:81)?0?1234567890?")
"""Digits that fill a field in which a number is asked for: one over and over, or counting up."""


_CALLER_WORDS = {word: reason for reason, words in _CALLERS.items() for word in words.split()}
_NONE_WORDS = frozenset(_NONE.split())


def nothing_in(kind: str, text: str) -> Nothing | None:
    """Return why a visible text of an identifier is none; None where it says something. `kind` is of the vocabulary."""
    folded = _SOUNDLESS.sub("", jaconv.hira2kata(text).casefold())
    if not folded.strip("ー"):
        return Nothing.NONE
    words = (folded, _NAMES_OF_THE_FIELD.sub("", folded))
    if kind in ("PHONE", "FAX"):
        if reason := _first(_CALLER_WORDS.get(word) for word in words):
            return reason
        if _FILLER.fullmatch(folded):
            return Nothing.NONE
    return Nothing.NONE if any(word in _NONE_WORDS for word in words) else None


def _first(reasons: Iterable[Nothing | None]) -> Nothing | None:
    return next(filter(None, reasons), None)
