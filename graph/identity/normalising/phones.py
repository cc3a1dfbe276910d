"""Telephone numbers in any notation: the E.164 value that is compared, and what sort of number it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

_EXTENSION = re.compile(r"(?<=\d)\s*[(\[]?\s*(?:内線|代表|代|ext|[x#;])(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_LONGEST = 60
_GAPS = re.compile(r"[ \-]")
_DOMESTIC = re.compile(r"0(?!10)[1-9][0-9]{8,9}")


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
    """`value` is E.164, or bare digits where no plan fits; `extension` is what stood behind it, in digits."""

    value: str
    sort: PhoneSort = PhoneSort.OTHER
    extension: str | None = None

    @property
    def mobile(self) -> bool:
        return self.sort is PhoneSort.MOBILE

    @property
    def public(self) -> bool:
        return self.sort is PhoneSort.PUBLIC


def read_phone(text: str, region: str = "JP") -> Phone | None:
    """Return the number in a text, its extension apart; None when it has no digit at all."""
    whole = unicodedata.normalize("NFKC", text)[:_LONGEST]
    found = _EXTENSION.search(whole)
    plain, extension = (whole[: found.start()], _digits(found["rest"]) or None) if found else (whole, None)
    digits = _digits(plain)
    if not digits:
        return None
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return Phone(digits, extension=extension)
    if not phonenumbers.is_possible_number(number):
        return Phone(digits, extension=extension)
    sort = _SORTS.get(phonenumbers.number_type(number), PhoneSort.OTHER)
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164), sort, extension)


def phone_value(text: str) -> str | None:
    """Return the value alone of the number in a text, as `read_phone` gives it: a look-up asks for no more.

    One that is written in full as people in Japan do needs no plan of numbers; 010 begins a call abroad.
    """
    plain = _GAPS.sub("", text)
    if _DOMESTIC.fullmatch(plain):
        return "+81" + plain[1:]
    phone = read_phone(text)
    return phone and phone.value


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())
