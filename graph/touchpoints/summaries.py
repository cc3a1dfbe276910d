"""The one line that tells a touchpoint in the reader's language, made from its properties by the pieces of a message."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias, cast

from babel.numbers import format_currency, format_decimal

from graph.money import minor_digits
from graph.touchpoints.concerns import CALL_OUTCOMES
from graph.words import CATALOGUE, say

Properties: TypeAlias = Mapping[str, Any]
Form: TypeAlias = Callable[[Any, Properties, str], str]

SEPARATOR = " · "
LONGEST_PIECE = 80
_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


def summarize(kind: str, properties: Properties, language: str) -> str:
    """Return one line about a touchpoint from its node properties: its kind's name, then the pieces of `summary.<kind>`.

    A piece is text with places `{property}` or `{property:form}`; one with an empty place is left out. `{said}` is the
    first of summary, subject, topic and text that is there. An unknown kind or language raises KeyError.
    """
    channel = properties.get("channel") if kind == "SOCIAL_MESSAGE" else None  # people call a message by LINE just LINE
    name = CATALOGUE.name("Channel", channel, language) if channel else CATALOGUE.name("TouchpointKind", kind, language)
    pieces = (_filled(piece, properties, language) for piece in say(f"summary.{kind}", language).split(SEPARATOR))
    return SEPARATOR.join([name, *(piece for piece in pieces if piece)])


def places(kind: str, language: str) -> list[tuple[str, str]]:
    """Return the (property, form) pairs that the line of a kind shows."""
    return [(name, form or "text") for name, form in _PLACE.findall(say(f"summary.{kind}", language))]


def _filled(piece: str, properties: Properties, language: str) -> str:
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


def _text(value: Any, _properties: Properties, _language: str) -> str:
    line = " ".join(str(value).split())
    return line if len(line) <= LONGEST_PIECE else line[: LONGEST_PIECE - 1] + "…"


def _side(value: Any, _properties: Properties, language: str) -> str:
    return say(f"form.side.{value}", language)


def _duration(value: Any, _properties: Properties, language: str) -> str:
    minutes, seconds = divmod(int(value), 60)
    return say("form.minutes" if minutes else "form.seconds", language, minutes=minutes, seconds=seconds)


def _list(value: Any, properties: Properties, language: str) -> str:
    return _text(say("form.list_separator", language).join(cast("list[str]", value)), properties, language)


def _path(value: Any, properties: Properties, language: str) -> str:
    return _text(" > ".join(cast("list[str]", value)), properties, language)


def _messages(value: Any, _properties: Properties, language: str) -> str:
    return CATALOGUE.count("form.messages", language, len(json.loads(value)))


def _pages(value: Any, _properties: Properties, language: str) -> str:
    return CATALOGUE.count("form.pages", language, len(json.loads(value)))


def _sheets(value: Any, _properties: Properties, language: str) -> str:
    return CATALOGUE.count("form.sheets", language, int(value))


def _score(value: Any, properties: Properties, language: str) -> str:
    number = format_decimal(value, locale=language)
    scale = properties.get("scale")
    mark = f"{number}/{scale}" if scale else number
    return say("form.score", language, mark=mark)


def _attended(value: Any, _properties: Properties, language: str) -> str:
    return say("form.attended" if value else "form.not_attended", language)


def _came(value: Any, _properties: Properties, language: str) -> str:
    return say("form.came" if value else "form.not_came", language)


def _done(value: Any, _properties: Properties, language: str) -> str:
    return say("form.done" if value else "form.not_done", language)


def _money(value: Any, properties: Properties, language: str) -> str:
    currency = str(properties.get("currency") or "JPY")
    amount = Decimal(int(value)).scaleb(-minor_digits(currency))
    return format_currency(amount, currency, locale=language).replace("￥", "¥")


def _status(value: Any, _properties: Properties, language: str) -> str:
    return say(f"form.status.{value}", language)


def _outcome(value: Any, properties: Properties, language: str) -> str:
    return say(f"form.outcome.{value}", language) if value in CALL_OUTCOMES else _text(value, properties, language)


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
    "came": _came,
    "done": _done,
    "money": _money,
    "status": _status,
    "outcome": _outcome,
}
