"""LINE's webhook: messages, messages that were taken back, and who follows the account or has blocked it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from api.connectors.delivery import Delivery, Mapped, RawEvent
from api.connectors.events import CONSENT, INTERACTION, by_identifier, event, said
from api.connectors.parts import Part

MEDIA = {"image": "画像", "video": "動画", "audio": "音声", "file": "ファイル", "location": "位置情報", "sticker": "スタンプ"}
PURPOSES = ("MARKETING", "SERVICE", "SURVEY")
"""What a message by LINE can be for."""
_Reader: TypeAlias = Callable[["_Told"], list[RawEvent]]


class _Told:
    """One event of a delivery: `source` is ours, of the provider under which LINE gives its user ids."""

    def __init__(self, provider: str, part: Part) -> None:
        self.part = part
        self.source = f"/line/{provider}"
        self.id = part.text("webhookEventId") or ""
        self.user = part["source"].text("userId")
        self.time = _time(part["timestamp"].value)

    def by(self) -> dict[str, Any] | None:
        return by_identifier("LINE_USER_ID", self.user) if self.user else None


def line_mapping(provider: str) -> Callable[[Delivery], Mapped]:
    """Return the mapping of an account under a provider, as the LINE Developers console calls it."""

    def read_line(delivery: Delivery) -> Mapped:
        each = [_Told(provider, part) for part in delivery.told().each("events")]
        return [made for told in each for made in _READERS.get(told.part.text("type") or "", _nothing)(told)]

    return read_line


def _nothing(_: _Told) -> list[RawEvent]:
    return []


def _message(told: _Told) -> list[RawEvent]:
    """A message; whether it was delivered before says nothing of it, so a redelivery is the same event."""
    message = told.part["message"]
    data = said(
        kind="SOCIAL_MESSAGE",
        channel="LINE",
        direction="INBOUND",
        by=told.by(),
        text=message.text("text"),
        summary=_summary(message),
        # In standby another system has the conversation, and LINE takes no answer of ours.
        answeredElsewhere=True if told.part.text("mode") == "standby" else None,
    )
    return [event(INTERACTION, told.source, told.id, told.time, data, subject=message.text("id"))]


def _unsent(told: _Told) -> list[RawEvent]:
    """A message that its sender took back: what it said goes, that there was one stays."""
    data = {"kind": "SOCIAL_MESSAGE", "channel": "LINE", "direction": "INBOUND", "text": None, "summary": None}
    by = told.by()
    data |= {"by": by} if by else {}
    return [event(INTERACTION, told.source, told.id, told.time, data, subject=told.part["unsend"].text("messageId"))]


def _followed(told: _Told) -> list[RawEvent]:
    """Who adds the account as a friend agrees to its messages, and takes back a refusal of questionnaires."""
    return _consents(told, {"MARKETING": "GRANTED", "SERVICE": "GRANTED", "SURVEY": None}, "友だち追加")


def _unfollowed(told: _Told) -> list[RawEvent]:
    return _consents(told, dict.fromkeys(PURPOSES, "REFUSED"), "ブロック")


def _consents(told: _Told, states: Mapping[str, str | None], text: str) -> list[RawEvent]:
    if told.user is None:
        return []
    point = {"kind": "LINE_USER_ID", "value": told.user}
    about = {"contactPoint": point, "proof": {"how": "LINE", "text": text}}
    return [
        event(CONSENT, told.source, f"{told.id}:{purpose}", told.time, {**about, "purpose": purpose, "state": state})
        for purpose, state in states.items()
    ]


_READERS: Mapping[str, _Reader] = {"message": _message, "unsend": _unsent, "follow": _followed, "unfollow": _unfollowed}


def _summary(message: Part) -> str | None:
    """Return what a message without a text is: 画像, ファイル with its name, 位置情報 with its address."""
    what = MEDIA.get(message.text("type") or "")
    named = message.text("fileName", "title", "address")
    return f"{what}: {named}" if what and named else what


def _time(milliseconds: object) -> str | None:
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, UTC).isoformat() if isinstance(milliseconds, int) else None
    except (ValueError, OverflowError, OSError):
        return None
