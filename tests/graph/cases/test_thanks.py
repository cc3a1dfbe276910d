"""Which messages only say thanks, as a table."""

from __future__ import annotations

import pytest

from graph.cases.thanks import LONGEST, only_thanks


@pytest.mark.parametrize(
    "text",
    [
        "ありがとうございました",
        "ありがとうございました。",
        "ありがとう!",
        "ありがとう〜",
        "有難うございます。",
        "早速のご返信ありがとうございます。",
        "先日はご丁寧に対応いただき、誠にありがとうございました。",
        "本当に助かりました。ありがとうございました😊",
        "無事届きました。ありがとうございます!",
        "了解しました。ありがとうございます。",
        "解決しました。ありがとうございました。今後ともよろしくお願いいたします。",
        "ご対応に感謝いたします",
        "ありがとうございますw",
        "ありがとうございましたね。",
        "Thank you so much!",
        "thanks",
        "Thanks!!! 🙏",
        "Many thanks for your quick reply.",
        "Ok great, thank you very much for all your help",
        "It works now, thanks a lot!",
        "Perfect. Thank you, have a nice day",
        "THX",
        "thank  you\nKind regards",
    ],
)
def test_thanks_and_nothing_else(text: str) -> None:
    assert only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "はい",
        "ありがとう、でもまだ届きません",
        "ありがとうございます。ところで返品はできますか",
        "ありがとうございます。いつ届きますか?",
        "ありがとうございます。また届きました。",
        "ありがとうございます。ご連絡よろしくお願いします。",
        "ありがとうございます。返信お願いします。",
        "ありがとうございますとは言えません",
        "対応ありがとうございました。領収書もお願いします。",
        "届きました",
        "助かりませんでした",
        "Thank you, but it still does not work",
        "Thanks for nothing",
        "No thanks",
        "Thanks. Could you also send the invoice?",
        "Thank you for your help. My order 1042 has not arrived.",
        "thankyouverymuchly broken",
        "Thank you " * (LONGEST // 9),
    ],
)
def test_more_than_thanks(text: str) -> None:
    assert not only_thanks(text)
