"""Telephone numbers in any notation: the E.164 values that are compared, and what sort of number each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from graph.search.signs import hyphened, visible


class PhoneSort(StrEnum):
    """PUBLIC numbers (0120, 0800, 0570, 0990 ...) are of whoever pays for them, and identify nobody who calls."""

    MOBILE = "MOBILE"
    LANDLINE = "LANDLINE"
    IP = "IP"
    PUBLIC = "PUBLIC"
    OTHER = "OTHER"


_SORTS = {
    PhoneNumberType.MOBILE: PhoneSort.MOBILE,
    PhoneNumberType.FIXED_LINE: PhoneSort.LANDLINE,
    PhoneNumberType.VOIP: PhoneSort.IP,
    PhoneNumberType.TOLL_FREE: PhoneSort.PUBLIC,
    PhoneNumberType.PREMIUM_RATE: PhoneSort.PUBLIC,
    PhoneNumberType.SHARED_COST: PhoneSort.PUBLIC,
    PhoneNumberType.UAN: PhoneSort.PUBLIC,
    PhoneNumberType.VOICEMAIL: PhoneSort.PUBLIC,
}


@dataclass(frozen=True, slots=True)
class Phone:
    """A number of some country's plan: `value` is E.164; `extension` is what stood behind it, in digits."""

    value: str
    sort: PhoneSort = PhoneSort.OTHER
    extension: str | None = None

    @property
    def mobile(self) -> bool:
        return self.sort is PhoneSort.MOBILE

    @property
    def public(self) -> bool:
        return self.sort is PhoneSort.PUBLIC


REGION = "JP"
LONGEST = 200
# Most numbers that are told; the plan of numbers says the same of them and takes twenty times as long.
_MOBILE = re.compile(r"(?:0|\+81)([6-9]0[1-9][0-9]{7})")
_GAPS = re.compile(r"[ \-]")
_PLAIN = re.compile(r"\+?[\d ()\-.\[\]/_・·•]+")
_JOINTS = re.compile("[_・·•]")
# A spreadsheet's number written out whole; one that was rounded is none.
_DECIMALS = re.compile(r"(?<=\d{9})\.00?$")
_ADDRESS = re.compile(r"^(?:tel|sips?|callto|phone|fax|facetime|h323)\s*:\s*(?=[^\s:])", re.IGNORECASE)
_BRACKETED = re.compile(r"<([^<>]*[\d@:][^<>]*)>|^[^\d<>]*<([^<>]*[^<>\s][^<>]*)>")
_PARAMETERS = re.compile(
    r";\s*(?:user|isub|postd|tag|tgrp|trunk-context|transport|rn|npdi|cpc|verstat|noa|ob)\b(?:\s*=[^;]*)?", re.IGNORECASE
)
_CONTEXT = re.compile(r";\s*phone-context\s*=\s*(\+\d{1,4})", re.IGNORECASE)
# What an exchange dials after a pause, what tel: calls ext, and what people write behind a number.
_EXTENSION = re.compile(
    r"(?<=\d)(?:\s*;\s*ext(?:ension)?\s*=\s*|[,;]+|\s*[pw](?=\d)|\s*[(\[]?\s*(?:内線|代表|代|ext(?:ension|n)?|x(?=\W*\d)|#)\W*)"
    r"(?P<digits>\d{0,7})\s*#?\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[(\[{<【「『〔〈《]([^()\[\]{}<>【】「」『』〔〕〈〉《》]*[^\W\d][^()\[\]{}<>【】「」『』〔〕〈〉《》]*)[)\]}>】」』〕〉》]|[※*](?!\d\d#)(.*)$|(?<!\S)\d{1,2}[:時](.*)$"
)
_LABEL = re.compile(r"^[^\d+*#]*[^\W\d]\s*[0-9]{1,2}\s*[:.)]\s*(?=[\d+(])|^[(]?[0-9]{1,2}\s*[:.)]\s*(?=[0+])")
_SEPARATOR = re.compile(
    r"\s*(?:[、,;/|・&]|\bor\b|\band\b|または|又は|もしくは|及び|および)\s*|[^\x00-\x7f\W\d]+|\s+", re.IGNORECASE
)
_WORDS = re.compile(r"^[^\d+(*#]+|[^\d)]+$")
# Dialled before a number: not to show one's own or to show it, an outside line, an international carrier.
_SHOWN = re.compile(r"^(?:184|186|\*31#|#31#|\*67|\*82|122)[\s\-,]*(?=[0+(])")
_OUTSIDE = re.compile(r"^[09][\s\-,]+(?=[0+(])")
_ABROAD = re.compile(r"^\+?(?:00(?:1|33|41|61|80|82)[\s\-]*)?(?:010|\+?00)[\s\-]*(?=[1-9])")


def read_phone(text: str) -> Phone | None:
    """Return the one number that a text names beyond doubt, its extension apart; None when there is none, or several."""
    found = read_phones(text)
    return found[0] if len(found) == 1 else None


def read_phones(text: str) -> tuple[Phone, ...]:
    """Return the numbers that a text names, as written; none unless every digit of it is accounted for."""
    plain = _DECIMALS.sub("", hyphened(visible(text)))
    if len(plain) > LONGEST:
        return ()
    if mobile := _MOBILE.fullmatch(_GAPS.sub("", plain)):
        return (Phone(f"+81{mobile[1]}", PhoneSort.MOBILE),)
    if _PLAIN.fullmatch(plain) and (phone := _of_plan(plain)):
        return (phone,)
    number = _addressed(plain)
    if "@" in plain and not _PLAIN.fullmatch(number.partition(";")[0]):
        return ()  # digits in a mail address or in the name of an account are no number
    return tuple(dict.fromkeys(_numbers_in(number)))


def phone_value(text: str) -> str | None:
    """Return the value alone of the number in a text, as `read_phone` gives it: a look-up asks for no more."""
    phone = read_phone(text)
    return phone and phone.value


def caller_in(text: str) -> str:
    """Return what a visible text says of who calls: the user of an address, without its scheme, display name and host."""
    return _addressed(text).split(";")[0].strip(" \"'<>")


def _addressed(plain: str) -> str:
    """Return the number in an address: `"Name" <sip:+81...@host;user=phone>`, `tel:...;phone-context=+81`."""
    if bracketed := _BRACKETED.search(plain):
        plain = (bracketed[1] or bracketed[2]).strip()
    scheme = _ADDRESS.match(plain)
    if scheme is None and "@" not in plain:
        return _PARAMETERS.sub("", plain)
    number = unquote(plain[scheme.end() if scheme else 0 :])
    if "@" in number or (scheme and scheme[0].lower().startswith("sip")):
        user, at, _ = number.rpartition("@")
        number = user.split(":")[0] if at else ""
    context = _CONTEXT.search(number)
    number = _PARAMETERS.sub("", _CONTEXT.sub("", number))
    return f"{context[1]} {number}" if context and not number.startswith("+") else number


def _numbers_in(plain: str) -> list[Phone]:
    """Return the numbers of a text, and those of its notes; nothing where digits are left that belong to none."""
    notes: list[str] = []

    def note(found: re.Match[str]) -> str:
        notes.append(" ".join(filter(None, found.groups())))
        return " "

    if (whole := _one_number(plain)) is not None:
        return [whole]
    bare = _NOTE.sub(note, plain).strip()
    found = _split(bare)
    beside = [phone for text in notes for phone in _split(text)]
    return [] if not found and any(map(str.isdigit, bare)) else found + beside


def _split(text: str) -> list[Phone]:
    """Return the numbers of a text that is one, or that falls into numbers in one way only."""
    if (phone := _one_number(text)) is not None:
        return [phone]
    ways: list[list[Phone]] = []
    for left, right in _halves(text):
        first = _one_number(left)
        if first is not None and (rest := _split(right)):
            ways.append([first, *rest])
    return ways[0] if len({tuple(way) for way in ways}) == 1 else []


def _halves(text: str) -> Iterator[tuple[str, str]]:
    for gap in _SEPARATOR.finditer(text):
        left, right = text[: gap.start()], text[gap.end() :]
        if any(map(str.isdigit, left)) and any(map(str.isdigit, right)):
            yield left, right


def _one_number(text: str) -> Phone | None:
    """Return the number of a text that has no other digits, beside a label, words and an extension."""
    text = _LABEL.sub("", text)
    extension = _EXTENSION.search(text)
    digits = extension["digits"] or None if extension else None
    number = _WORDS.sub("", text[: extension.start()] if extension else text).strip()
    if not _PLAIN.fullmatch(_OUTSIDE.sub("", _SHOWN.sub("", number))):
        return None
    for written in _dialled(number):
        if phone := _of_plan(written):
            return Phone(phone.value, phone.sort, digits)
    return None


def _dialled(number: str) -> Iterator[str]:
    """Yield a number as it was written, then without what is dialled before one."""
    yield number
    for without in (_SHOWN.sub("", number), _OUTSIDE.sub("", number)):
        if without != number:
            yield without
        if (abroad := _ABROAD.sub("+", without)) != without:
            yield abroad


def _of_plan(text: str) -> Phone | None:
    try:
        number = phonenumbers.parse(_JOINTS.sub("-", text), REGION)
    except phonenumbers.NumberParseException:
        return None
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN or number.extension:
        return None
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164), _SORTS.get(kind, PhoneSort.OTHER))
