"""The words in which a customer is told of a pick-up, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from graph.orders.notices import ENDED
from graph.words import DEFAULT_LANGUAGE, LANGUAGES, say

PATTERNS: Mapping[str, str] = {"ja": "M月d日（E）H:mm", "en": "EEE d MMMM, H:mm"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: the names of customer, order and store as far as they are known, and when the pick-up ends, UTC text."""

    name: str | None
    number: str | None
    store: str
    ends: str | None


def language_of(told: str | None) -> str:
    """Return the language to write in, one of ours, for what a customer's record tells."""
    own = (told or "").lower().partition("-")[0]
    return own if own in LANGUAGES else DEFAULT_LANGUAGE


def letter(kind: str, told: Told, language: str, zone: ZoneInfo) -> tuple[str, str]:
    """Return subject and text. The code of the pick-up is not among them: staff of the store read what was sent."""
    number = told.number or say("notice.no_number", language)
    greeting = say("notice.greeting", language, name=told.name) if told.name else say("notice.guest", language)
    lines = [greeting, "", say(f"notice.{kind}", language, number=number, store=told.store)]
    if told.ends and kind != ENDED:
        at = format_datetime(datetime.fromisoformat(told.ends), PATTERNS[language], tzinfo=zone, locale=language)
        lines += ["", say("notice.until", language, until=at), say("notice.bring", language)]
    return say(f"notice.subject.{kind}", language, number=number), "\n".join(lines)
