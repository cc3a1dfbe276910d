"""Values that programs and clerks write when they know none: they tell nothing, and no golden record takes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from graph.identity.normalising.dates import is_real_birth_date
from graph.identity.normalising.names import is_default_name

_WORDS = re.compile(r"[^\W_]+(?:/[^\W_]+)?")


def _is_filled(text: str) -> bool:
    """Tell whether there is any word in a text that is not one for nothing."""
    return any(word for word in _WORDS.findall(text) if not is_default_name(word))


def _is_told(word: str) -> bool:
    return word != "UNKNOWN"


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "name": _is_filled,
    "kana": _is_filled,
    "address": _is_filled,
    "birth_date": is_real_birth_date,
    "gender": _is_told,
}


def tells_something(field: str, value: str | None) -> bool:
    """Tell whether a value of a golden field is one at all."""
    return bool(value) and _TESTS.get(field, bool)(value)
