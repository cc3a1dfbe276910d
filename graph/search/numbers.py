"""What numbers, cards, addresses and order numbers a typed text can be, whole, by its last characters or by its first."""

from __future__ import annotations

import re
from typing import TypeAlias

from graph.identity.normalising.identifiers import account_value, normalise, read_identifier
from graph.identity.normalising.phones import phone_value
from graph.search.order_key import SUFFIX_LENGTH, order_key
from graph.search.runs import runs

CALLED = ["PHONE", "FAX"]
NUMBERED = ["MEMBER_NUMBER", "POS_CARD", "CATALOG_NUMBER", "CORPORATE_NUMBER"]
PLAIN = ["LINE_USER_ID", "SOCIAL_ACCOUNT", "EC_ACCOUNT_ID", "APP_USER_ID", "DEVICE_ID", "COOKIE_ID", "EXTERNAL_ID"]
MOST_WORDS = 6
_HOME = "+81"
_LOCAL_PART = re.compile(r"[a-z0-9][a-z0-9._%+-]{2,}(?:@[a-z0-9.-]*)?", re.IGNORECASE)
# What people say before the last digits, and signs that stand for those that are not shown: 下4桁は, ***-****-.
_LAST = re.compile(r"^(?:下|末尾)\s*(?:[0-9四五六七八]\s*桁)?\s*[のはが]?\s*:?\s*(?=[0-9])")
_HIDDEN = re.compile(r"^[0-9xX*●○・….-]*(?:[*●○…]|[xX]{2})[-・ ]*(?=[0-9])")
_DOMAIN = re.compile(r"@?((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)

Valued: TypeAlias = tuple[str, list[str]]
"""A value, and the kinds that it can be of."""
Beginning: TypeAlias = tuple[str, list[str], int]
"""What a value begins with, the kinds that it can be of, and how many letters and digits of it were typed."""
Ending: TypeAlias = tuple[str, str]
"""The last SUFFIX_LENGTH characters, and all of them."""


def order_keys(plain: str) -> list[str]:
    """Return what of a text can be an order number: all of it, or each word with digits."""
    if "@" in plain or not any(map(str.isdigit, plain)):
        return []
    whole = [] if _is_gapless(plain) else [plain]
    return list(dict.fromkeys(key for word in (*whole, *_numbers_in(plain)) if (key := order_key(word))))


def order_beginnings(keys: list[str], whole: list[Valued]) -> list[str]:
    """Return which order numbers can be the beginning of one; none beside a whole telephone number."""
    return [] if calls(whole) else [key for key in keys if len(key) >= SUFFIX_LENGTH]


def identifiers(plain: str) -> list[Valued]:
    """Return the whole values that a text can be."""
    # An address with an @ can be a telephone's: sip:...
    called = "@" not in plain or read_identifier("PHONE", plain).values
    found = _read("PHONE", plain, CALLED) if called else _read("EMAIL", plain, ["EMAIL"])
    for word in _words_in(plain):
        found += [(account_value(word), PLAIN), (normalise("MEMBER_NUMBER", word + "0").value[:-1], NUMBERED)]
    return [(value, kinds) for value, kinds in found if value]


def endings(plain: str, whole: list[Valued]) -> list[Ending]:
    """Return what a number can end in; nothing for a whole telephone number."""
    said = _HIDDEN.sub("", _LAST.sub("", plain))
    keys = [] if calls(whole) else [key for word in _numbers_in(said) if len(key := _bare(word)) >= SUFFIX_LENGTH]
    return [(key[-SUFFIX_LENGTH:], key) for bare in keys for key in dict.fromkeys((bare, bare.upper()))]


def beginnings(plain: str, whole: list[Valued]) -> list[Beginning]:
    """Return what a number or a mail address can begin with; nothing for a whole telephone number."""
    if calls(whole):
        return []
    local = _LOCAL_PART.fullmatch(plain) and any(map(str.isalpha, plain))
    found: list[tuple[str, list[str]]] = [(plain.lower(), ["EMAIL"])] if local else []
    for word in _numbers_in(plain):
        key = _bare(word)
        if len(key) >= SUFFIX_LENGTH:
            found += [(_HOME + key[1:], CALLED)] if key.isdecimal() and key.startswith("0") else []
            found += [(f"+{key}", CALLED)] if key.isdecimal() and word.startswith("+") else []
            found.append((key.upper(), NUMBERED))
    return [(start, kinds, sum(map(str.isalnum, start))) for start, kinds in found]


def domains(plain: str) -> list[str]:
    """Return the domain of mail addresses that a text is."""
    found = _DOMAIN.fullmatch(plain)
    return [found[1].lower()] if found else []


def calls(whole: list[Valued]) -> bool:
    """Tell whether a whole telephone number is among the values."""
    return any(kinds == CALLED and value.startswith("+") and phone_value(value) for value, kinds in whole)


def _read(kind: str, plain: str, kinds: list[str]) -> list[Valued]:
    """Return the values in a text, or the text itself as it is kept where nobody can read it."""
    reading = read_identifier(kind, plain)
    values = [each.value for each in reading.values]
    return [(value, kinds) for value in values or [reading.text] if any(map(str.isdigit, value)) or "@" in value]


def _is_gapless(plain: str) -> bool:
    """Tell whether there is a script in a text that is written without gaps, as names are."""
    return any(run.gapless for run in runs(plain))


def _words_in(plain: str) -> list[str]:
    """Return the whole text where it can be an account, else its words with digits."""
    if not _is_gapless(plain):
        return [plain]
    return _with_digits(plain.split())


def _numbers_in(plain: str) -> list[str]:
    """Return what of a text can be a number: all of it, or its words with digits beside a name."""
    if "@" in plain:
        return []
    if not _is_gapless(plain) and any(map(str.isdigit, plain)) and not _has_word(plain):
        return [plain]
    return _with_digits(plain.split())


def _has_word(plain: str) -> bool:
    """Tell whether there are a name's letters beside numbers: `Sample 555`, and not `POS 1`."""
    return any(word.isalpha() and len(word) >= SUFFIX_LENGTH for word in plain.split())


def _with_digits(words: list[str]) -> list[str]:
    return [word for word in words if any(map(str.isdigit, word)) and word.isprintable()][:MOST_WORDS]


def _bare(word: str) -> str:
    return "".join(sign for sign in word if sign.isascii() and sign.isalnum())
