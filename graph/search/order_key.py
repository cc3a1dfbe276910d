"""Order numbers as they are compared, however a system prints them and people type them, and what is indexed of their end."""

from __future__ import annotations

import unicodedata

SUFFIX_LENGTH = 4
"""Last characters of a number that are indexed; of a longer ending they lead to it."""


def order_key(number: str) -> str:
    """Return an order number without #, dashes and spaces, in capitals of single width."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", number).upper()))
