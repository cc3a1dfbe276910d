"""Why an event landed where it did, in one sentence for a person: Japanese and English."""

from __future__ import annotations

_SENTENCES: dict[str, tuple[str, str]] = {
    "NEW_RECORD": (
        "新しい記録で、ほかの記録と共通の識別子がないため、新しい顧客としました。",
        "The record is new and shares no identifier with another, so it is a customer of its own.",
    ),
    "KNOWN_RECORD": ("この記録は、この顧客のものとして登録済みです。", "The record is known, and it belongs to this customer."),
    "EXCLUSIVE_IDENTIFIER": (
        "会員番号やアカウントなど、本人専用の識別子が一致しました。",
        "It shares an identifier that belongs to one person only, such as a member number or an account.",
    ),
    "VERIFIED_MAIL": ("確認済みのメールアドレスが一致しました。", "It shares a verified mail address."),
    "MOBILE_NUMBER": ("携帯電話番号が一致しました。", "It shares a mobile number."),
    "CAME_APART": (
        "つないでいた根拠がなくなったため、別の顧客に分けました。",
        "What had tied it to the other records no longer holds, so it came apart from them.",
    ),
    "OVER_BOUND": (
        "共通の識別子を持つ記録が多すぎるため、統合せずに隔離しました。",
        "Too many records are connected here; none of them is joined, and they are quarantined.",
    ),
    "NAMED": ("連絡に記録が指定されていました。", "The contact names the record that it belongs to."),
    "SOLE_HOLDER": (
        "連絡に使われた識別子を、この顧客だけが持っています。",
        "This customer alone holds the identifier that the contact came by.",
    ),
    "SEVERAL_HOLDERS": (
        "連絡に使われた識別子を複数の顧客が持つため、だれのものともしませんでした。",
        "Several customers hold the identifier that the contact came by, so it is nobody's yet.",
    ),
    "NOBODY_KNOWN": ("連絡に使われた識別子を持つ顧客はまだいません。", "No customer is known yet by what the contact came by."),
    "SAID_BY_PERSON": ("担当者が同じ人と判断しました。", "A person decided that these are the same customer."),
    "ASSIGNED": ("担当者がだれの連絡かを判断しました。", "A person said whose this contact was."),
    "MERGED_BY_PERSON": ("担当者が統合しました。", "A person joined these customers."),
    "NOT_SAME_BY_PERSON": ("担当者が別人と判断しました。", "A person decided that these are different people."),
    "UNMERGED_BY_PERSON": ("担当者が統合を取り消しました。", "A person took a decision back, or took records out."),
    "MOVED_BY_PERSON": ("担当者が記録を別の顧客へ移しました。", "A person moved a record to another customer."),
    "ASSIGNED_BY_PERSON": ("担当者がだれの連絡かを判断しました。", "A person said whose a contact was."),
    "BLOCKED_BY_PERSON": ("担当者が識別子の使用を停止しました。", "A person ruled that a value links nobody."),
    "FREED_BY_PERSON": ("担当者が識別子の使用を再開しました。", "A person ruled that a value may link again."),
    "SAID_BY_RECORD": (
        "この記録の本人の意思として残し、統合しても分割しても失われません。",
        "It is kept with this record, and neither a merge nor its undoing loses it.",
    ),
    "SAID_BY_CONTACT_POINT": (
        "連絡先そのものに残すため、今後だれがその連絡先を持っていても有効です。",
        "It is kept with the contact point itself and holds for whoever has it, now or later.",
    ),
    "CATALOGUE": ("顧客には関わらない記録です。", "This concerns no customer."),
}


def sentence(rule: str, language: str) -> str:
    """Return the sentence for a rule; `language` is `ja` or `en`."""
    return _SENTENCES[rule][language == "en"]
