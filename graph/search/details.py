"""What people tell beside their name, so that it is they who are found: a date of birth, a postal code."""

from __future__ import annotations

import re
from datetime import date

from graph.identity.normalising.dates import TOKYO, Calendar, is_real_birth_date, read_birth_date
from graph.search.forms import date_form, postal_form

_ANY_DAY = Calendar(TOKYO, date.max)
_POSTAL_CODE = re.compile(r"〒?\d{3}-\d{4}|〒\d{7}")


def details_in(text: str) -> tuple[list[str], str]:
    """Return the forms of the details that words of a text are, and the text without those words."""
    if whole := _detail(text):
        return [whole], ""
    told = {word: detail for word in text.split() if (detail := _detail(word))}
    return list(told.values()), " ".join(word for word in text.split() if word not in told)


def _detail(word: str) -> str | None:
    born = read_birth_date(word, _ANY_DAY)
    if born and is_real_birth_date(born):
        return date_form(born)
    if _POSTAL_CODE.fullmatch(word):
        digits = word.lstrip("〒").replace("-", "")
        return postal_form(digits)
    return None
