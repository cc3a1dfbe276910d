"""What a score and its fields say, each in one sentence for a person: Japanese and English, without any personal value."""

from __future__ import annotations

from collections.abc import Mapping

NOTHING_TO_COMPARE = ("比べられる値がありません。", "There is nothing to compare.")
AGREEMENTS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("GIVEN_NAME", "SAME"): ("名の表記が同じです。", "The given name is written the same."),
    ("GIVEN_NAME", "READS_ALIKE"): ("名の読みが同じです。", "The given name reads the same."),
    ("GIVEN_NAME", "CLOSE"): ("名の読みが一字だけ違います。", "The given name differs by one sign."),
    ("GIVEN_NAME", "DIFFERENT"): ("名が異なります。", "The given names differ."),
    ("HOUSEHOLD", "HOME_AND_SURNAME"): ("姓と住まいが同じです。", "Surname and home are the same."),
    ("HOUSEHOLD", "HOME"): ("住まいは同じですが、姓は一致しません。", "The home is the same, the surname does not agree."),
    ("HOUSEHOLD", "SURNAME"): ("姓は同じですが、住まいは一致しません。", "The surname is the same, the home does not agree."),
    ("HOUSEHOLD", "DIFFERENT"): ("姓も住まいも一致しません。", "Neither surname nor home agrees."),
    ("BIRTH_DATE", "SAME"): ("生年月日が同じです。", "The birth date is the same."),
    ("BIRTH_DATE", "CLOSE"): (
        "生年月日が一字違うか、月と日が入れ替わっています。",
        "The birth date differs by one slip, or month and day are exchanged.",
    ),
    ("BIRTH_DATE", "SAME_YEAR"): ("生まれた年だけが同じです。", "Only the year of birth is the same."),
    ("BIRTH_DATE", "DIFFERENT"): ("生年月日が異なります。", "The birth dates differ."),
    ("GENDER", "SAME"): ("性別が同じです。", "The gender is the same."),
    ("GENDER", "DIFFERENT"): ("性別が異なります。", "The genders differ."),
    ("MOBILE", "SAME"): ("携帯電話番号が同じです。", "A mobile number is the same."),
    ("MOBILE", "CLOSE"): ("携帯電話番号が一字だけ違います。", "The mobile numbers differ by one slip."),
    ("MOBILE", "DIFFERENT"): ("携帯電話番号が異なります。", "The mobile numbers differ."),
    ("MAIL", "SAME"): ("メールアドレスが同じです。", "A mail address is the same."),
    ("MAIL", "CLOSE"): ("メールアドレスが一字だけ違います。", "The mail addresses differ by one slip."),
    ("MAIL", "SAME_LOCAL_PART"): ("メールアドレスの @ より前が同じです。", "What stands before the @ is the same."),
    ("MAIL", "DIFFERENT"): ("メールアドレスが異なります。", "The mail addresses differ."),
    ("ACCOUNT", "SAME"): ("会員番号・カード・アカウントが同じです。", "A member number, card or account is the same."),
    ("ACCOUNT", "DIFFERENT"): (
        "同じシステムで会員番号・カード・アカウントが異なります。",
        "In one system they have different member numbers, cards or accounts.",
    ),
}
CONFIDENCES: Mapping[str, tuple[str, str]] = {
    "ALMOST_CERTAIN": ("ほぼ確実に同じ方です。", "Almost certainly one person."),
    "LIKELY": ("同じ方と考えられます。", "Probably one person."),
    "OPEN": ("同じ方かどうか、これだけでは分かりません。", "This alone does not tell whether they are one person."),
    "UNLIKELY": ("同じ方とは考えにくいです。", "Probably not one person."),
}


def of_field(field: str, agreement: str, language: str) -> str:
    """Return how far two records agree in a field; `language` is `ja` or `en`."""
    return AGREEMENTS.get((field, agreement), NOTHING_TO_COMPARE)[language == "en"]


def of_confidence(confidence: str, language: str) -> str:
    """Return what a score says in all; `language` is `ja` or `en`."""
    return CONFIDENCES[confidence][language == "en"]
