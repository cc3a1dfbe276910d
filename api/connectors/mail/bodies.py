"""The words of a message: its plain part, or else its HTML as text."""

from __future__ import annotations

import html
import re
from email.message import Message

import nh3

from api.connectors.mail.charsets import decoded
from api.connectors.mail.quotes import without_quotes

LONGEST = 100_000
"""Characters of a text that the contract takes."""
_BREAKS = re.compile(r"(?i)<br\s*/?>|</(?:p|div|tr|li|h[1-6]|blockquote|table|ul|ol)\s*>")
_QUOTATION = re.compile(r"(?is)<blockquote\b.*</blockquote\s*>")
_UNSEEN = {"script", "style", "title", "template", "textarea"}


def new_text(message: Message) -> str | None:
    """Return what the sender wrote, without quotations; None for nothing. Attachments are left alone."""
    plain = _part(message, "text/plain")
    if plain is None or not plain.strip():
        markup = _part(message, "text/html")
        plain = as_text(markup) if markup else ""
    text = without_quotes(plain.replace("\x00", ""))
    return text[:LONGEST] or None


def as_text(markup: str) -> str:
    """Return HTML as text: quotations and what nobody sees left out, lines where blocks end, no tag left."""
    broken = _BREAKS.sub("\n", _QUOTATION.sub("\n", re.sub(r"\s+", " ", markup)))
    bare = html.unescape(nh3.clean(broken, tags=set(), clean_content_tags=_UNSEEN))
    return "\n".join(" ".join(line.split()) for line in bare.split("\n"))


def _part(message: Message, media_type: str) -> str | None:
    """Return the first part of a type that is no attachment."""
    for part in message.walk():
        if part.get_content_type() == media_type and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return decoded(payload, part.get_content_charset())
    return None
