"""JSON as clients send it, decoded so that what is bad in one place is found there and nowhere else.

The fast decoder refuses a whole document for one lone surrogate and rounds whole numbers beyond 64 bits. Documents with
either are decoded once more, exactly; what cannot be kept is then refused where it stands.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from typing import Any

import orjson

_LONG_NUMBER = re.compile(rb"[:,\[\s]-?[0-9]{19,}")
_LONGEST_NUMBER = 30
_MOST_OPENED, _MOST_COMMAS = 250_000, 1_500_000
"""Objects and lists, and what follows something, in one text: a thousand orders with 200 lines each have no more. Decoding
holds everybody up, for half a second where a text of the greatest size consists of nothing else."""
_BEYOND = 10**_LONGEST_NUMBER


def decode(text: bytes) -> Any:
    """Return the document in a text; raises ValueError where it is no JSON.

    A lone surrogate stays in its text, and so does each byte that is no UTF-8; a number beyond 64 bits stays one.
    """
    text = _bounded(text.removeprefix(BOM_UTF8))
    if not _LONG_NUMBER.search(text):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            pass
    try:
        return json.loads(text.decode("utf-8", "surrogateescape"), parse_int=_whole, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("is nested too deeply") from None


def decode_plain(text: bytes) -> Any:
    """Return the document in a text; raises ValueError also where it holds what no JSON of ours can."""
    text = _bounded(text.removeprefix(BOM_UTF8))
    if not _LONG_NUMBER.search(text):
        return orjson.loads(text)
    document = decode(text)
    try:
        orjson.dumps(document)
    except (TypeError, RecursionError):
        raise ValueError("has a whole number beyond 64 bits") from None
    return document


def _bounded(text: bytes) -> bytes:
    if text.count(b"{") + text.count(b"[") > _MOST_OPENED or text.count(b",") > _MOST_COMMAS:
        raise ValueError("has too many parts")
    return text


def _whole(digits: str) -> int:
    return int(digits) if len(digits) < _LONGEST_NUMBER else _BEYOND


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
