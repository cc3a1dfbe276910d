"""Identifiers of every kind: from the value as a source has it to the claim with the key that links."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from graph.identity.normalising.mail import read_mail
from graph.identity.normalising.phones import read_phone
from graph.keys import identifier_key

_NUMBERED = frozenset({"MEMBER_NUMBER", "POS_CARD", "CATALOG_NUMBER", "CORPORATE_NUMBER"})
_GAPS = re.compile(r"[\s\-‐‑‒–—―−ー]+")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A value as it is compared; `public` ones (toll-free numbers) identify nobody."""

    value: str
    mobile: bool = False
    public: bool = False


def normalise(kind: str, value: str) -> Normalised:
    """Return the value of an identifier of this kind as it is compared; raises ValueError when there is nothing in it."""
    if kind in ("PHONE", "FAX"):
        phone = read_phone(value)
        if phone is None:
            raise ValueError("has no digit; give a telephone number")
        return Normalised(phone.value, phone.mobile and kind == "PHONE", phone.public)
    if kind == "EMAIL":
        mail = read_mail(value)
        if mail is None:
            raise ValueError("is no mail address; give it as name@domain")
        return Normalised(mail)
    plain = unicodedata.normalize("NFKC", value).strip()
    plain = _GAPS.sub("", plain).upper() if kind in _NUMBERED else plain
    if not plain:
        raise ValueError("is empty")
    return Normalised(plain)


def scope_of(kind: str, scope: str | None, source: str) -> str:
    """Return the scope of an identifier: as given, else the provider of a LINE source, or the source of a bare id."""
    if scope is not None and scope.strip():
        return scope.strip()
    if kind == "LINE_USER_ID":
        return source.rstrip("/").rpartition("/")[2]
    return source if kind == "EXTERNAL_ID" else ""


def key_of(kind: str, value: str, scope: str = "") -> str:
    """Return the key of the identifier node for a value in any notation; raises ValueError as `normalise` does."""
    return identifier_key(kind, scope, normalise(kind, value).value)
