"""Telephone numbers in any notation: the E.164 value that is compared, and what sort of number it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

_EXTENSION = re.compile(r"(?<=\d)\s*[(\[]?\s*(?:内線|代表|代|ext|[x#;]).*$", re.IGNORECASE | re.DOTALL)
_LONGEST = 60
_PUBLIC = frozenset(
    {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    }
)


@dataclass(frozen=True, slots=True)
class Phone:
    """`value` is E.164, or bare digits where no plan fits; `public` numbers (0120, 0570) identify nobody."""

    value: str
    mobile: bool = False
    public: bool = False


def read_phone(text: str, region: str = "JP") -> Phone | None:
    """Return the number in a text, extensions cut off; None when it has no digit at all."""
    plain = _EXTENSION.sub("", unicodedata.normalize("NFKC", text)[:_LONGEST])
    digits = "".join(str(unicodedata.digit(c)) for c in plain if c.isdigit())
    if not digits:
        return None
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return Phone(digits)
    if not phonenumbers.is_possible_number(number):
        return Phone(digits)
    kind = phonenumbers.number_type(number)
    return Phone(
        phonenumbers.format_number(number, PhoneNumberFormat.E164), mobile=kind == PhoneNumberType.MOBILE, public=kind in _PUBLIC
    )
