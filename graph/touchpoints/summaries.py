"""The one line that tells a touchpoint in Japanese or English, made from its properties by the registry's pieces."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeAlias, cast

from babel.numbers import format_currency, format_decimal

from graph.money import minor_digits
from graph.touchpoints.kinds import TOUCHPOINTS

Language = Literal["ja", "en"]
Properties: TypeAlias = Mapping[str, Any]
Form: TypeAlias = Callable[[Any, Properties, Language], str]

SEPARATOR = " · "
LONGEST_PIECE = 80
_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")

_STATUS_JA = {
    "PLACED": "受付",
    "CONFIRMED": "確定",
    "PARTIALLY_FULFILLED": "一部完了",
    "FULFILLED": "完了",
    "CANCELLED": "キャンセル",
    "RETURNED": "返品",
}


def summarize(kind: str, properties: Properties, language: Language) -> str:
    """Return one line about a touchpoint from its node properties; an unknown kind raises KeyError."""
    row = TOUCHPOINTS[kind]
    pieces = (_filled(piece, properties, language) for piece in (row.ja if language == "ja" else row.en))
    return SEPARATOR.join(piece for piece in pieces if piece)


def places(piece: str) -> list[tuple[str, str]]:
    """Return the (property, form) pairs that a piece of the registry shows."""
    return [(name, form or "text") for name, form in _PLACE.findall(piece)]


def _filled(piece: str, properties: Properties, language: Language) -> str:
    texts: list[str] = []

    def fill(match: re.Match[str]) -> str:
        name, form = match.groups()
        value = _said(properties) if name == "said" else properties.get(name)
        text = "" if value in (None, "", []) else FORMS[form or "text"](value, properties, language)
        texts.append(text)
        return text

    filled = _PLACE.sub(fill, piece)
    return filled if all(texts) else ""


def _said(properties: Properties) -> str | None:
    return next((text for name in ("summary", "subject", "topic", "text") if (text := properties.get(name))), None)


def _text(value: Any, _properties: Properties, _language: Language) -> str:
    line = " ".join(str(value).split())
    return line if len(line) <= LONGEST_PIECE else line[: LONGEST_PIECE - 1] + "…"


def _side(value: Any, _properties: Properties, language: Language) -> str:
    inbound = value == "INBOUND"
    if language == "ja":
        return "お客様から" if inbound else "お客様へ"
    return "from the customer" if inbound else "to the customer"


def _duration(value: Any, _properties: Properties, language: Language) -> str:
    minutes, seconds = divmod(int(value), 60)
    if language == "ja":
        return f"{minutes}分{seconds}秒" if minutes else f"{seconds}秒"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _list(value: Any, properties: Properties, language: Language) -> str:
    return _text(("、" if language == "ja" else ", ").join(cast("list[str]", value)), properties, language)


def _path(value: Any, properties: Properties, language: Language) -> str:
    return _text(" > ".join(cast("list[str]", value)), properties, language)


def _messages(value: Any, _properties: Properties, language: Language) -> str:
    return _counted(len(json.loads(value)), language, "メッセージ{}件", "message")


def _pages(value: Any, _properties: Properties, language: Language) -> str:
    return _counted(len(json.loads(value)), language, "{}ページ", "page")


def _sheets(value: Any, _properties: Properties, language: Language) -> str:
    return _counted(int(value), language, "{}枚", "sheet")


def _counted(count: int, language: Language, ja: str, en: str) -> str:
    if language == "ja":
        return ja.format(count)
    return f"{count} {en}" if count == 1 else f"{count} {en}s"


def _score(value: Any, properties: Properties, language: Language) -> str:
    number = format_decimal(value, locale=language)
    scale = properties.get("scale")
    mark = f"{number}/{scale}" if scale else number
    return f"評価 {mark}" if language == "ja" else f"score {mark}"


def _attended(value: Any, _properties: Properties, language: Language) -> str:
    if language == "ja":
        return "参加" if value else "不参加"
    return "attended" if value else "not attended"


def _money(value: Any, properties: Properties, language: Language) -> str:
    currency = str(properties.get("currency") or "JPY")
    amount = Decimal(int(value)).scaleb(-minor_digits(currency))
    return format_currency(amount, currency, locale=language).replace("￥", "¥")


def _status(value: Any, _properties: Properties, language: Language) -> str:
    return _STATUS_JA.get(value, str(value)) if language == "ja" else str(value).lower().replace("_", " ")


FORMS: Mapping[str, Form] = {
    "text": _text,
    "side": _side,
    "duration": _duration,
    "list": _list,
    "path": _path,
    "messages": _messages,
    "pages": _pages,
    "sheets": _sheets,
    "score": _score,
    "attended": _attended,
    "money": _money,
    "status": _status,
}
