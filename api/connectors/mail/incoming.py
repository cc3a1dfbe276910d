"""A message as an event: who wrote to whom, in answer to what, and what they said; or that one could not be delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from typing import Any, cast

import structlog

from api.connectors.delivery import Mapped, RawEvent
from api.connectors.events import INTERACTION, event, id_of, said
from api.connectors.mail.bodies import new_text
from api.connectors.mail.headers import addresses, display_name, header, message_ids, raw_header, written_at
from api.process.log_format import places

SOURCE = "/mail"
MOST_RECIPIENTS = 100

log = structlog.stdlib.get_logger("customer360.mail")


@dataclass(frozen=True, slots=True)
class Company:
    """What tells our mail: `addresses` in lower case."""

    addresses: frozenset[str]


def read_mail(raw: bytes, company: Company, fallback: datetime) -> Mapped:
    """Return the events of a message as it was transmitted; `fallback` is its time where it tells none that counts.

    Nothing for mail of the company to itself, and, with a word in the log, for what no parser understands.
    """
    try:
        message = message_from_bytes(raw)
        failed = _undelivered(message)
        return _bounce(message, failed, fallback) if failed else _letter(message, raw, company, fallback)
    except Exception as defect:  # whatever a stranger sends, the mailbox goes on
        log.warning("mail_not_understood", kind=type(defect).__name__, places=places(defect))
        return []


def _letter(message: Message, raw: bytes, company: Company, fallback: datetime) -> list[RawEvent]:
    senders = addresses(message, "From")[:1] or addresses(message, "Reply-To", "Return-Path")[:1]
    ours = not company.addresses.isdisjoint(senders)
    others = [each for each in addresses(message, "To", "Cc", "Bcc") if each not in company.addresses] if ours else senders
    if not others:
        return []
    own_id = next(iter(message_ids(message, "Message-ID")), None)
    data = said(
        kind="EMAIL",
        direction="OUTBOUND" if ours else "INBOUND",
        by={"identifiers": [{"kind": "EMAIL", "value": each} for each in others[:MOST_RECIPIENTS]]},
        subject=_short(header(message, "Subject")),
        text=new_text(message),
        messageId=own_id,
        inReplyTo=next(iter(message_ids(message, "In-Reply-To")), None),
        references=message_ids(message, "References", "In-Reply-To"),
        senderName=_short(display_name(message, "From")),
        autoSubmitted=True if automatic(message) else None,
    )
    return [_event(own_id or id_of(raw), written_at(message, fallback), data)]


def automatic(message: Message) -> bool:
    """Tell whether a program sent a message by itself, as RFC 3834 and older programs say it."""
    said_so = (raw_header(message, "Auto-Submitted") or "no").partition(";")[0].strip().lower()
    older = (raw_header(message, "Precedence") or "").strip().lower() == "auto_reply"
    return said_so != "no" or older or raw_header(message, "X-Autoreply") is not None


def _undelivered(message: Message) -> list[tuple[str, str]]:
    """Return (address, status) of those whom a report says that it did not reach: `failed` for good, `delayed` for now.

    Of several only those of the gravest class, since what becomes of a message has one status: who may yet be reached is
    not said to be as those who cannot.
    """
    if message.get_content_type() != "multipart/report":
        return []
    found: list[tuple[str, str]] = []
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _within(part):
            action, status = (raw_header(block, name) or "" for name in ("Action", "Status"))
            recipient = (addresses(block, "Final-Recipient") or addresses(block, "Original-Recipient"))[:1]
            if recipient and action.strip().lower() in ("failed", "delayed"):
                found.append((recipient[0].removeprefix("rfc822;"), f"{action.strip().upper()} {status.strip()}".strip()))
    gravest = max(map(_gravity, found), default=None)
    return [each for each in found if _gravity(each) == gravest]


def _gravity(failure: tuple[str, str]) -> tuple[bool, str]:
    """Return what sorts (address, status): failed after delayed, and class 5 after class 4."""
    action, _, status = failure[1].partition(" ")
    return action == "FAILED", status[:1]


def _bounce(message: Message, failed: Sequence[tuple[str, str]], fallback: datetime) -> list[RawEvent]:
    """A report is about the message that it returns, whose contact takes up what became of it."""
    original = next((each for part in message.walk() if (each := _returned(part)) is not None), None)
    own_id = next(iter(message_ids(original, "Message-ID")), None) if original is not None else None
    report = next(iter(message_ids(message, "Message-ID")), None)
    data = said(
        kind="EMAIL",
        direction="OUTBOUND",
        by={"identifiers": [{"kind": "EMAIL", "value": address} for address, _ in failed[:MOST_RECIPIENTS]]},
        subject=_short(header(original, "Subject")) if original is not None else None,
        deliveryStatus=failed[0][1],
        messageId=own_id,
        autoSubmitted=None if own_id else True,
    )
    return [_event(own_id or report or id_of(str(failed)), written_at(message, fallback), data)]


def _returned(part: Message) -> Message | None:
    """Return the message that a report returns, whole or its headers alone."""
    if part.get_content_type() == "message/rfc822":
        return next(iter(_within(part)), None)
    if part.get_content_type() == "text/rfc822-headers":
        payload = part.get_payload(decode=True)
        return message_from_bytes(payload) if isinstance(payload, bytes) else None
    return None


def _within(part: Message) -> list[Message]:
    payload: Any = part.get_payload()
    return [each for each in cast("list[object]", payload) if isinstance(each, Message)] if isinstance(payload, list) else []


def _event(own_id: str, time: datetime, data: dict[str, Any]) -> RawEvent:
    # The id is of what was read: the same message by another way is the same event.
    return event(INTERACTION, SOURCE, id_of(own_id, str(data)), time.isoformat(), data, subject=own_id[:512])


def _short(text: str | None) -> str | None:
    return text[:4_000].replace("\x00", "") if text else None
