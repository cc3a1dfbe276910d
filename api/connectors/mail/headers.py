"""Headers of mail as they come: encoded words that are cut in the middle, names without quotes, addresses no standard allows."""

from __future__ import annotations

import binascii
import re
import unicodedata
from base64 import b64decode
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from api.connectors.mail.charsets import decoded

_WORD = re.compile(r"=\?([^?*]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(?<=\?=)\s+(?==\?)")
_ADDRESS = re.compile(r"<\s*([^<>\s@]+@[^<>\s@]+)\s*>|([^\s<>,;:\"()@]+@[^\s<>,;:\"()@]+)")
_MESSAGE_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
MOST_IDS = 1_000


def header(message: Message, name: str) -> str | None:
    """Return a header as text on one line; None where it is not there or says nothing."""
    raw = raw_header(message, name)
    return (" ".join(words(raw).split()) or None) if raw else None


def raw_header(message: Message, name: str) -> str | None:
    """Return a header as it stands in the message."""
    # The parser returns an object that refuses to become text where a header has bytes beyond ASCII.
    value = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    return None if value is None else str(value)


def words(raw: str) -> str:
    """Return a header with its encoded words decoded: neighbours of one charset first joined, as they were cut anywhere."""
    text = _BETWEEN.sub("", raw)
    pieces: list[str] = []
    charset, pending, end = "", b"", 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        if between or match[1].lower() != charset:
            pieces += [decoded(pending, charset), _plain(between)]
            pending = b""
        charset, end = match[1].lower(), match.end()
        pending += _bytes(match[2], match[3])
    return "".join([*pieces, decoded(pending, charset), _plain(text[end:])])


def _plain(text: str) -> str:
    """Return what is no encoded word; bytes beyond ASCII stand in it as surrogates."""
    return text if text.isascii() else decoded(text.encode("utf-8", "surrogateescape"), None)


def _bytes(encoding: str, text: str) -> bytes:
    if encoding in "bB":
        bare = re.sub(r"[^A-Za-z0-9+/]", "", text)
        try:
            return b64decode(bare + "=" * (-len(bare) % 4))
        except binascii.Error:
            return b64decode(bare[:-1])
    spaced = text.replace("_", " ").encode("ascii", "replace")
    return re.sub(rb"=([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), spaced)


def addresses(message: Message, *names: str) -> list[str]:
    """Return the mail addresses in these headers in lower case, each once, as they stand there."""
    texts = (words(raw) for name in names if (raw := raw_header(message, name)))
    found = (match[1] or match[2] for text in texts for match in _ADDRESS.finditer(text))
    return list(dict.fromkeys(address.lower() for address in found))


def display_name(message: Message, name: str) -> str | None:
    """Return the name before the address in a header, half-width kana made full; None where there is none."""
    raw = raw_header(message, name)
    before, bracket, _ = words(raw or "").rpartition("<")
    shown = unicodedata.normalize("NFKC", " ".join(before.split())).strip(" \"'")
    return shown if bracket and shown and "@" not in shown else None


def message_ids(message: Message, *names: str) -> list[str]:
    """Return the message ids in these headers without their brackets, oldest first, each once."""
    texts = (raw for name in names if (raw := raw_header(message, name)))
    return list(dict.fromkeys(found for text in texts for found in _MESSAGE_ID.findall(text)))[-MOST_IDS:]


def written_at(message: Message, fallback: datetime) -> datetime:
    """Return when a message was written as it says, but never later than the last server received it (else `fallback`)."""
    received = [raw.rpartition(";")[2] for key, raw in _items(message) if key.lower() == "received"]
    last = _time(received[0]) if received else None
    limit = last or fallback
    date = _time(raw_header(message, "Date"))
    return min(date, limit) if date else limit


def _items(message: Message) -> Iterable[tuple[str, str]]:
    return ((key, str(value)) for key, value in message.raw_items())


def _time(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime((text or "").strip())
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
