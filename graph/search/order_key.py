"""Order numbers as they are compared, however a system prints them and people type them."""

from __future__ import annotations

import unicodedata


def order_key(number: str) -> str:
    """Return an order number without #, dashes and spaces, in capitals of single width."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", number).upper()))
