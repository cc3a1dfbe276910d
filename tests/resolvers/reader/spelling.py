"""Ids, cursors, amounts and times as clients get them, spelt once more."""

from __future__ import annotations

import base64
import re
from datetime import datetime
from typing import Any

import phonenumbers

from resolvers.engine.sealing import seal
from tests.resolvers.reader.request import Refused

DECIMALS = {"JPY": 0, "USD": 2, "KWD": 3}


def packed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().replace("=", "")


def unpacked(text: str) -> str | None:
    """Return the text that was packed; None for anything that `packed` did not make, padding apart."""
    bare = text.rstrip("=")
    try:
        plain = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True).decode()
    except ValueError:
        return None
    return plain if packed(plain) == bare else None


def global_id(type_name: str, raw: str) -> str:
    return packed(type_name + ":" + (seal().close(raw) if type_name == "Identifier" else raw))


def read_id(text: str) -> tuple[str, str]:
    """Return (type name, raw id)."""
    plain = unpacked(text) or ""
    type_name, colon, raw = plain.partition(":")
    if not type_name or not colon or not raw:
        raise Refused("INVALID_INPUT", "This is not a global id of this service. Use an id exactly as it was given.")
    return type_name, seal().open(raw) if type_name == "Identifier" else raw


def read_id_of(type_name: str, text: str) -> str:
    found, raw = read_id(text)
    if found != type_name:
        raise Refused("INVALID_INPUT", f"This id is not the id of a {type_name}.")
    return raw


def cursor(connection: str, key: str) -> str:
    if connection == "identifiers":
        kind, raw = key.split(":")
        key = f"{kind}:{seal().close(raw)}"
    return packed(connection + "|" + key)


def read_cursor(connection: str, text: str) -> str:
    name, _, key = (unpacked(text) or "").partition("|")
    if name != connection or not key:
        message = "`after` is not a cursor of this list. Use `endCursor` or `cursor` of an earlier page of it."
        raise Refused("INVALID_INPUT", message)
    if connection == "identifiers":
        kind, _, raw = key.partition(":")
        return f"{kind}:{seal().open(raw)}"
    return key


def money(units: int | str | None, currency: str) -> dict[str, str] | None:
    """Return an amount of minor units in the currency's own unit; a text has parts of one."""
    if units is None:
        return None
    decimals = DECIMALS[currency]
    whole, _, parts = str(units).removeprefix("-").partition(".")
    digits = whole.rjust(decimals + 1, "0")
    before, after = digits[: len(digits) - decimals], digits[len(digits) - decimals :] + parts
    return {"amount": ("-" if str(units).startswith("-") else "") + before + ("." if after else "") + after, "currency": currency}


def dialled(value: str) -> str:
    """Return a number as people write it; what begins otherwise is none."""
    if not re.fullmatch("[+][0-9]+", value):
        return value
    number = phonenumbers.parse(value)
    return phonenumbers.format_number_for_mobile_dialing(number, "JP", with_formatting=True)


def without_needless_fraction(written: str) -> str:
    """Return a time as clients get it: a fraction that is nought is left out."""
    return re.sub(r"[.]0+Z$", "Z", written)


def time(instant: Any) -> str:
    """Return an instant of the database in UTC."""
    native: datetime = instant.to_native()
    assert native.utcoffset() is not None
    return native.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
