"""Identifiers of every kind: from the value as a source has it to what it names, and the key that links."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.identity.normalising.mail import read_mails
from graph.identity.normalising.nothing import Nothing, nothing_in
from graph.identity.normalising.phones import caller_in, read_phones
from graph.keys import identifier_key
from graph.search.signs import visible

UNREADABLE_PHONE, UNREADABLE_MAIL = "UNREADABLE_PHONE", "UNREADABLE_MAIL"
_NUMBERED = frozenset({"MEMBER_NUMBER", "POS_CARD", "CATALOG_NUMBER", "CORPORATE_NUMBER"})
_GAPS = re.compile(r"[\s\-‐‑‒–—―−ー]+")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A value as it is compared; `public` ones (toll-free numbers) identify nobody."""

    value: str
    mobile: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says as an identifier of its kind: values, each certain; or `nothing`, and why; or a `problem`, as a code.

    `text` is the visible text, which is kept where there is no value; empty where nothing at all was written.
    """

    text: str
    values: tuple[Normalised, ...] = ()
    nothing: Nothing | None = None
    problem: str | None = None


def read_identifier(kind: str, value: str) -> Reading:
    """Return what a source wrote as an identifier of this kind, in whatever notation."""
    text = visible(value)
    if kind in ("PHONE", "FAX"):
        return _read_number(kind, text)
    if kind == "EMAIL":
        if values := tuple(map(Normalised, read_mails(text))):
            return Reading(text, values)
        nothing = nothing_in(kind, text.strip("@<> "))
        return Reading(text, nothing=nothing, problem=None if nothing else UNREADABLE_MAIL)
    plain = _GAPS.sub("", text).upper() if kind in _NUMBERED else account_value(text)
    return Reading(text, (Normalised(plain),)) if plain else Reading(text, nothing=Nothing.NONE)


def account_value(text: str) -> str:
    """Return an id as it is compared: one that is nothing but a mail address as that, since shops vary its case."""
    folded = text.casefold()
    return folded if "@" in text and read_mails(text) == (folded,) else text


def _read_number(kind: str, text: str) -> Reading:
    if nothing := nothing_in(kind, text) or nothing_in(kind, caller_in(text)):
        return Reading(text, nothing=nothing)
    phones = read_phones(text)
    values = tuple(Normalised(phone.value, phone.mobile and kind == "PHONE", phone.public) for phone in phones)
    return Reading(text, values, problem=None if values else UNREADABLE_PHONE)


def normalise(kind: str, value: str) -> Normalised:
    """Return the one value in a text as it is compared; raises ValueError where that is none, several or in doubt."""
    reading = read_identifier(kind, value)
    if len(reading.values) == 1:
        return reading.values[0]
    if reading.values:
        raise ValueError("names several; give one")
    if reading.nothing:
        raise ValueError("says that there is none; give a value")
    raise ValueError(
        "is no telephone number" if reading.problem == UNREADABLE_PHONE else "is no mail address; give it as name@domain"
    )


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
