"""Whether a message only says thanks, in Japanese or English: it then reopens nothing, which is shown and can be undone.

The rule takes away what thanks are made of, and what is left must be nothing: one word more, and somebody reads it.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
"""Characters: who writes more says more."""

_FOR_WHAT = (
    r"(?:この(?:度|たび)|先日|先ほど|昨日|今日|本日|今回)は?|いつも|早速の?|早急な|素早い|早い|(?:ご|御)?(?:丁寧|親切|迅速)(?:な|に)",
    r"(?:ご|御|お)?(?:対応|返信|連絡|回答|返事|説明|案内|手配|サポート|教え)(?:して)?(?:に|を|の件)?",
    r"(?:いただき|頂き|いただいて|頂いて|くださり|下さり|くださって|下さって)(?:まして)?",
    r"本当に|ほんとうに|ほんとに|誠に|まことに|大変|とても|どうも|心より|重ねて|皆様|皆さん|(?:担当|係)の方",
)
_THANKS = (
    r"(?:ありがとう|有り?難う|有り?がとう)(?:ご(?:ざ|座)い(?:ます|ました))?",
    r"(?:感謝|お礼|御礼)(?:を)?(?:申し上げます|いたします|致します|します|しております|しています)|サンキュー",
    r"助かりました|助かります|お世話になりました",
)
_BESIDE_JA = (
    r"無事に?(?:届きました|解決しました|受け取りました)|解決(?:しました|できました)|届きました|受け取りました",
    r"了解(?:です|しました|いたしました)?|承知(?:しました|いたしました)|(?:わ|分)かりました|おかげ(?:様|さま)で|はい",
    r"(?:これからも|今後とも|また)?(?:よろ|宜)しくお願い(?:します|いたします|致します|申し上げます)",
)
_THANKS_EN = (
    r"thank\s*(?:you|u)", "thanks", "thx", "ty", "much appreciated", "cheers", r"i (?:really )?appreciate (?:it|that)",
)  # fmt: skip
_SUPPORT = "help|support|response|reply|answer|assistance|service|time|helping(?: me)?|everything"
_BESIDE_EN = (
    "(?:so|very) much", "a (?:lot|million|bunch|ton)", "many", "again", "once more", "ok(?:ay)?", "great", "perfect", "got it",
    "wonderful", "awesome", "excellent", "hi", "hello", "dear", "team", "all", "everyone", "(?:(?:best|kind|warm) )?regards",
    rf"for (?:(?:all|the|your|so) )*(?:(?:quick|prompt|kind|fast|great|swift) )*(?:{_SUPPORT})",
    "(?:it|that) (?:works|worked|arrived|helped)(?: now| fine| perfectly)?", "have a (?:nice|good|great) (?:day|weekend|evening)",
)  # fmt: skip


def _any(texts: tuple[str, ...]) -> str:
    return "|".join(texts)


_SAID = re.compile(rf"(?:(?:{_any(_FOR_WHAT)})[、,\s]*)*(?:{_any(_THANKS)})|\b(?:{_any(_THANKS_EN)})\b")
_BESIDE = re.compile(rf"{_any(_BESIDE_JA)}|\b(?:{_any(_BESIDE_EN)})\b")
_NO_WORD = re.compile(r"[\W_ー]+|(?<![a-z])w+(?![a-z])|笑|(?:ね|よ|です)(?=$|\W)")
"""Signs, laughter, and the particles that may end a sentence."""


def only_thanks(text: str) -> bool:
    """Tell whether a text says thanks and nothing else; a question, a "but" or anything unknown is more than thanks."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if len(plain) > LONGEST or "?" in plain or not _SAID.search(plain):
        return False
    return not _NO_WORD.sub("", _BESIDE.sub(" ", _SAID.sub(" ", plain)))
