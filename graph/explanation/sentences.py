"""What keeps two customers apart, in one sentence for a person: Japanese and English, without any personal value."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, str]] = {
    "NOT_SAME": ("担当者が別人と判断しました。", "A person decided that they are not the same."),
    "GIVEN_NAME_DIFFERS": (
        "共通の識別子がありますが、名が異なるため統合していません。",
        "They share an identifier, but their given names differ.",
    ),
    "BIRTH_DATE_DIFFERS": (
        "共通の識別子がありますが、生年月日が異なるため統合していません。",
        "They share an identifier, but their birth dates differ.",
    ),
    "MANY_NAMES": (
        "共通の識別子を多くの人が使っているため、担当者の判断を待っています。",
        "So many people have given the identifier that they share that a person decides.",
    ),
    "TOO_MANY_VALUES": (
        "統合すると一人に認められる会員番号・カード・連絡先の数を超えるため、担当者の判断を待っています。",
        "Together they would have more accounts, cards, mobiles or mails than one customer can, so a person decides.",
    ),
    "OVER_BOUND": (
        "共通の識別子を持つ記録が多すぎるため、統合せずに隔離しています。",
        "Too many records are connected with them; none of these is joined, and they are quarantined.",
    ),
    "BLOCKED_VALUE": (
        "共通の識別子は使用が停止されており、だれも結び付けません。",
        "The identifier that they share is blocked, and links nobody.",
    ),
    "QUARANTINED_VALUE": (
        "共通の識別子は多くの人が使っているため、確認まで隔離されています。",
        "Too many people use the identifier that they share; it is quarantined until somebody has looked at it.",
    ),
    "SHARED_VALUE": (
        "共通の識別子は家族や職場などで共有されうるもので、それだけでは統合しません。",
        "The identifier that they share may be used by several people, and never links alone.",
    ),
    "NOT_VERIFIED": (
        "同じメールアドレスですが、双方で確認済みではないため統合していません。",
        "They have the same mail address, but not both systems have verified it.",
    ),
    "NOT_AT_ONE_TIME": (
        "共通の識別子はありますが、使用していた時期が重なりません。",
        "They share an identifier, but did not hold it at the same time.",
    ),
    "NOTHING_IN_COMMON": ("共通の識別子がありません。", "They have no identifier in common."),
}


def sentence(kind: str, language: str) -> str:
    """Return the sentence for what keeps two apart; `language` is `ja` or `en`."""
    return SENTENCES[kind][language == "en"]
