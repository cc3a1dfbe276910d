"""What a source record is compared by: names in every form they were given in, home, birth date, numbers that reach them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.identity.members import Holding
from graph.identity.normalising.dates import is_real_birth_date
from graph.identity.normalising.names import guard_forms, split_name
from graph.identity.strength import Strength
from graph.search.folding import romaji

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
    """`family` holds values that households share, landlines among them. `accounts` are what is one person's alone,
    by identifier key, `systems` within what they are.

    `shown` has for each of `FIELDS` the values that a person is shown.
    """

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


def profile(properties: Mapping[str, Any], given_names: Iterable[str], held: Iterable[Held]) -> Profile:
    """Return what a record is compared by: its properties, the guard forms it ever gave, and its open identifiers."""
    kept = sorted(held, key=lambda each: each.value)
    born, gender = properties.get("birth_date"), properties.get("gender")
    accounts = [each for each in kept if each.holding.strength is Strength.EXCLUSIVE and not each.shared]
    return Profile(
        given=naming(given_names),
        surname=naming(_surname_forms(properties)),
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


def naming(forms: Iterable[str]) -> Naming:
    """Return a name by its guard forms: kana is a reading also where a form asks for the name itself."""
    written: set[str] = set()
    kana: set[str] = set()
    read: set[str] = set()
    for form in forms:
        script, text = form[:2], form[2:]
        if script == "L:":
            read.add(text)
        elif reading := romaji(text):
            kana.add(text)
            read.add(reading)
        elif script == "N:":
            written.add(text)
    return Naming(frozenset(written), frozenset(kana), frozenset(read))


def _surname_forms(properties: Mapping[str, Any]) -> frozenset[str]:
    """Return the forms of the surname and of those before it: after a marriage the earlier one still tells the person."""
    earlier = (split_name(text)[0] for text in properties.get("earlier_names") or ())
    forms = guard_forms(properties.get("name_family"), properties.get("kana_family"))
    return forms.union(*(guard_forms(family, None) for family in earlier))


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
