"""Composite evidence: keys made of what a record tells of itself, by which records are linked that share no identifier.

A name alone is many people's; a whole name with a birth date or a mail address is one person's, as is one in writing with a
home, and a given name with a birth date and a home. Each is made in every script in which the record was ever told a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from graph.identity.name_agreement import Told, read_line
from graph.identity.normalising.dates import is_real_birth_date
from graph.identity.normalising.told_names import KANA, LATIN, ORGANIZATION, WHOLE_NAME, WRITTEN
from graph.keys import opaque
from graph.search.sound import sound

NAME_AND_BIRTH_DATE = "NAME_AND_BIRTH_DATE"
NAME_BIRTH_DATE_AND_HOME = "NAME_BIRTH_DATE_AND_HOME"
NAME_AND_HOME = "NAME_AND_HOME"
MAIL_AND_NAME = "MAIL_AND_NAME"
COMPOSITES = (NAME_AND_BIRTH_DATE, NAME_BIRTH_DATE_AND_HOME, NAME_AND_HOME)
"""Kinds of keys, and what the rules that rest on them are called."""
MOST_HOLDERS = 40
"""A key that more records have is made of what a program or a test fills in."""
_LONGEST_KNOWN = 100_000


def composites(names: Iterable[str], born: str | None, home: str | None) -> frozenset[str]:
    """Return the keys of a record by lines of `told_names.py`, an ISO date and the key of a home; they tell nothing of these."""
    lines = frozenset(names)
    whole = whole_names(lines)
    found = {_key(NAME_AND_HOME, form, home) for form in whole if home and not _is_read(form)}
    if born is None or not is_real_birth_date(born):
        return frozenset(found)
    found |= {_key(NAME_AND_BIRTH_DATE, form, born) for form in whole}
    if home:
        found |= {_key(NAME_BIRTH_DATE_AND_HOME, form, born, home) for form in _given_names(lines)}
    return frozenset(found)


@lru_cache(maxsize=_LONGEST_KNOWN)
def whole_names(names: frozenset[str]) -> frozenset[str]:
    """Return one form for each name of which surname and given name are known; kana and Latin letters have one in common."""
    return frozenset(filter(None, (_whole(read_line(line)) for line in names)))


def _is_read(form: str) -> bool:
    """Tell whether a form of a whole name says how it sounds, which two of a household may have in common."""
    return form.startswith(f"{LATIN}:")


def _whole(told: Told) -> str | None:
    if told.script == WRITTEN:
        return _written(told)
    if told.script in (KANA, LATIN):
        parts = [told.family, told.given] if told.family and told.given else list(told.words)
        heard = [_heard(told.script, part) for part in parts]
        return f"{LATIN}:{' '.join(sorted(heard))}" if len(heard) == 2 and all(heard) else None
    both = told.script != ORGANIZATION and told.family and told.given
    return f"{told.script}:{told.family} {told.given}" if both else None


def _heard(script: str, part: str) -> str:
    """Return how kana or Latin letters sound, or Latin letters as they are; empty for what is neither."""
    return sound(part) or (part if script == LATIN else "")


def _written(told: Told) -> str | None:
    if told.family and told.given:
        return f"{WRITTEN}:{told.family}{told.given}"
    whole = "".join(told.words)
    # A shorter word can be a surname alone.
    return f"{WRITTEN}:{whole}" if len(whole) >= WHOLE_NAME else None


@lru_cache(maxsize=_LONGEST_KNOWN)
def _given_names(names: frozenset[str]) -> frozenset[str]:
    return frozenset(filter(None, (_given(read_line(line)) for line in names)))


def _given(told: Told) -> str | None:
    if not told.given or told.script == ORGANIZATION:
        return None
    if told.script in (KANA, LATIN):
        heard = _heard(told.script, told.given)
        return f"{LATIN}:{heard}" if heard else None
    return f"{told.script}:{told.given}"


def _key(kind: str, *parts: str) -> str:
    return f"{kind}:{opaque(kind, *parts)}"
