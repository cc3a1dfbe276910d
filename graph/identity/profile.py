"""What a source record is compared by: names in every form they were given in, home, birth date, numbers that reach them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.identity.members import Holding
from graph.identity.name_agreement import Told, read_line
from graph.identity.normalising.dates import is_real_birth_date
from graph.identity.normalising.told_names import KANA, LATIN
from graph.identity.strength import Strength
from graph.search.sound import sound

FIELDS = ("GIVEN_NAME", "HOUSEHOLD", "BIRTH_DATE", "GENDER", "MOBILE", "MAIL", "ACCOUNT")
"""In this order they are asserted. Surname, address and landline are one field: whoever shares one mostly shares them all."""
_SEXES = frozenset({"FEMALE", "MALE"})


@dataclass(frozen=True, slots=True)
class Naming:
    """One name: `written` in kanji, read in `kana`, and `read` in Latin letters with long vowels short."""

    written: frozenset[str]
    kana: frozenset[str]
    read: frozenset[str]


@dataclass(frozen=True, slots=True)
class Held:
    """An identifier that still tells somebody from others; `shared` says that a household may have it in common.

    `system` is within what a person has one of its kind, as `limits.py` has it.
    """

    kind: str
    system: str
    value: str
    shared: bool
    holding: Holding


Values = Mapping[str, Holding]
"""Holdings by value."""


@dataclass(frozen=True, slots=True)
class Profile:
    """`names` are lines of `told_names.py`, all that it was ever called. `family` holds values that households share,
    landlines among them. `accounts` are what is one person's alone, by identifier key, `systems` within what they are.

    `shown` has for each of `FIELDS` the values that a person is shown.
    """

    names: frozenset[str]
    given: Naming
    surname: Naming
    home: str | None
    family: frozenset[str]
    birth_date: str | None
    gender: str | None
    mobiles: Values
    mails: Values
    accounts: Values
    systems: frozenset[str]
    shown: Mapping[str, tuple[str, ...]]


def profile(properties: Mapping[str, Any], names: Iterable[str], held: Iterable[Held]) -> Profile:
    """Return what a record is compared by: its properties, all that it was ever called, and its open identifiers."""
    kept = sorted(held, key=lambda each: each.value)
    born, gender = properties.get("birth_date"), properties.get("gender")
    accounts = [each for each in kept if each.holding.strength is Strength.EXCLUSIVE and not each.shared]
    lines = frozenset(names)
    called = [read_line(line) for line in lines]
    return Profile(
        names=lines,
        given=_naming((told.script, told.given or _at(told, 0)) for told in called),
        surname=_naming((told.script, told.family or _at(told, 1)) for told in called),
        home=properties.get("home"),
        family=frozenset(each.value for each in kept if each.shared),
        birth_date=born if is_real_birth_date(born) else None,
        gender=gender if gender in _SEXES else None,
        mobiles=_personal(kept, "PHONE"),
        mails=_personal(kept, "EMAIL"),
        accounts={each.holding.identifier: each.holding for each in accounts},
        systems=frozenset(each.system for each in accounts),
        shown=_shown(properties, kept, accounts),
    )


def _naming(forms: Iterable[tuple[str, str]]) -> Naming:
    """Return a name by its forms, each with its script; kana is a reading."""
    written: set[str] = set()
    kana: set[str] = set()
    read: set[str] = set()
    for script, text in forms:
        if not text:
            continue
        if script == KANA:
            kana.add(text)
        elif script != LATIN:
            written.add(text)
        if script in (KANA, LATIN):
            read.add(sound(text) or text)
    return Naming(frozenset(written), frozenset(kana), frozenset(read))


def _at(told: Told, place: int) -> str:
    """Return one of two words whose order nobody knows: most often the given name stands first."""
    return told.words[place] if len(told.words) == 2 else ""


def _personal(kept: Iterable[Held], kind: str) -> Values:
    return {each.value: each.holding for each in kept if each.kind == kind and not each.shared}


def _shown(properties: Mapping[str, Any], kept: list[Held], accounts: list[Held]) -> Mapping[str, tuple[str, ...]]:
    def asserted(*names: str) -> tuple[str, ...]:
        return tuple(str(properties[name]) for name in names if properties.get(name))

    return {
        "GIVEN_NAME": asserted("name_given", "kana_given"),
        "HOUSEHOLD": (*asserted("name_family", "kana_family", "address_full"), *(each.value for each in kept if each.shared)),
        "BIRTH_DATE": asserted("birth_date"),
        "GENDER": asserted("gender"),
        "MOBILE": tuple(_personal(kept, "PHONE")),
        "MAIL": tuple(_personal(kept, "EMAIL")),
        "ACCOUNT": tuple(each.value for each in accounts),
    }
