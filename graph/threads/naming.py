"""How messages name each other: by their ids in headers, and by our keyed part in an id or in a quoted body.

Our part is `c360-<32 hex digits>-<16 hex digits>`: a random number, and its hash under the secret of this installation.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from hashlib import blake2b
from hmac import compare_digest
from typing import cast

from graph.events.facts import Facts, Properties, Touchpoint
from graph.touchpoints import TOUCHPOINTS

OWN, FORGED, PLAIN = "own:", "forged:", "id:"
"""How a name begins: ours and verified, ours by its form with a wrong hash, and any other id."""
MOST_NAMES = 100
"""Entries of one header that count, the last ones: those are the nearest."""
_PART = re.compile(r"\bc360-([0-9a-f]{32})-([0-9a-f]{16})\b")
_ID = re.compile(r"<([^<>\s]+)>")
_PERSON = b"thread message"
_LISTS = {"inReplyTo": ("in_reply_to", "replied_names"), "references": ("references", "referenced_names")}
"""Attribute -> the property that holds its text, and the one that holds the names in it."""


def keyed_part(key: bytes, number: str | None = None) -> str:
    """Return our part of a message id: put it before the @, and once into the body."""
    number = number or secrets.token_hex(16)
    return f"c360-{number}-{_hash(key, number)}"


def names_in(text: str, key: bytes) -> list[str]:
    """Return the names of all ids in a header, in its order."""
    return [_name(each, key) for each in _ID.findall(text) or text.split()]


def markers_in(text: str, key: bytes) -> list[str]:
    """Return the names of all markers in a body."""
    return list(dict.fromkeys(_of_part(found, key) for found in _PART.finditer(text)))


def with_names(facts: Facts, key: bytes) -> Facts:
    """Return facts with what their message is called and which it names, beside the texts that tell it."""
    if not isinstance(facts, Touchpoint) or not TOUCHPOINTS[facts.kind].in_threads:
        return facts
    named = {name: {**told, **_told(name, told, key)} for name, told in facts.attributes.items()}
    return replace(facts, attributes=named)


def _told(attribute: str, told: Properties, key: bytes) -> Properties:
    if attribute == "messageId":
        return {"message_name": next(iter(_texts(told["message_id"], key)), None)}
    if attribute in _LISTS:
        text, names = _LISTS[attribute]
        return {names: list(dict.fromkeys(_texts(told[text], key)))[-MOST_NAMES:] or None}
    if attribute == "text":
        text = told["text"]
        return {"marker_names": markers_in(text, key)[:MOST_NAMES] or None if isinstance(text, str) else None}
    return {}


def _texts(value: object, key: bytes) -> list[str]:
    texts = cast("list[object]", value) if isinstance(value, list) else [value]
    return [name for text in texts if isinstance(text, str) for name in names_in(text, key)]


def _name(text: str, key: bytes) -> str:
    found = _PART.search(text)
    return _of_part(found, key) if found else PLAIN + text


def _of_part(found: re.Match[str], key: bytes) -> str:
    return (OWN if compare_digest(found[2], _hash(key, found[1])) else FORGED) + found[1]


def _hash(key: bytes, number: str) -> str:
    return blake2b(number.encode(), key=key, digest_size=8, person=_PERSON).hexdigest()
