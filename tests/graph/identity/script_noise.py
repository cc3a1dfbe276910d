"""Records of made-up Japanese people as systems write them: in every script, with and without a gap, at some time.

Who has whose number changes: numbers are reissued, families share one, and a child is registered with a parent's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import jaconv

from bench.likeness.names import Part
from bench.likeness.people import Person, Town
from bench.likeness.systems import Told

Raw = dict[str, Any]
_FROM, _YEARS = datetime(2016, 1, 1, tzinfo=UTC), 10
_OF_FAMILY, _MAIL, _BORN, _HOME, _LANDLINE = 0.12, 0.3, 0.5, 0.4, 0.3
_SMALL = str.maketrans("ャュョッ", "ヤユヨツ")


def told_records(seed: str, people: int) -> Iterator[tuple[int, Raw]]:
    """Yield the number of a person, and an event of one of their records."""
    town, random = Town(f"{seed} town"), Random(f"{seed} scripts")
    for household in town.households():
        if len({person.given.kana for person in household}) < len(household):
            continue  # nobody gives two children one name
        for person in household:
            for copy in range(random.randint(2, 5)):
                yield person.number, _record(person, random, copy)
        if town.people >= people:
            return


def _record(person: Person, random: Random, copy: int) -> Raw:
    told = Told(person, random, f"{person.number}-{copy}")
    write = random.choices(_SCRIPTS, _SHARES)[0]
    # Who leaves no more than a surname leaves a number of their own.
    whose = person if write is _surname_alone or random.random() >= _OF_FAMILY else random.choice(person.household)
    identifiers = [{"kind": "PHONE", "value": whose.mobile.at(told.time)}]
    if random.random() < _MAIL:
        identifiers.append(told.mail(verified=True))
    if random.random() < _LANDLINE:
        identifiers += told.landline()
    data: Raw = {"identifiers": identifiers, **write(told)}
    if random.random() < _BORN and (born := told.born()):
        data["birthDate"] = born.isoformat()
    if random.random() < _HOME:
        data["address"] = {"full": told.address(kanji=random.random() < 0.5)}
    when = _FROM + timedelta(days=told.time * 365 * _YEARS)
    return {
        "specversion": "1.0", "type": "customer360.person.v1", "source": f"/{random.choice('abcdef')}", "id": told.own,
        "subject": told.own, "time": when.isoformat(), "data": data,
    }  # fmt: skip


def _parts(told: Told) -> Raw:
    return {"name": {"family": told.written(told.surname), "given": told.written(told.given)}}


def _with_kana(told: Told) -> Raw:
    return {**_parts(told), "kana": {"full": f"{told.kana(told.surname)} {told.kana(told.given)}"}}


def _gapless(told: Told) -> Raw:
    return {"name": {"full": told.written(told.surname) + told.written(told.given)}}


def _addressed(told: Told) -> Raw:
    gap = told.random.choice((" ", "\u3000", ""))
    return {
        "name": {
            "full": f"{told.written(told.surname)}{gap}{told.written(told.given)}{told.random.choice(('様', ' 様', 'さん'))}"
        }
    }


def _kana(told: Told) -> Raw:
    return {"kana": {"full": f"{told.kana(told.surname)} {told.kana(told.given)}"}}


def _old_kana(told: Told) -> Raw:
    """As systems have it that know half-width kana alone, and no small ones."""
    text = f"{told.kana(told.surname)} {told.kana(told.given)}".translate(_SMALL)
    return {"kana": {"full": jaconv.z2h(text, kana=True)}}


def _gapless_kana(told: Told) -> Raw:
    return {"name": {"full": jaconv.kata2hira(told.kana(told.surname) + told.kana(told.given))}}


def _latin(told: Told) -> Raw:
    words = [_romaji(told, told.given), _romaji(told, told.surname)]
    if told.random.random() < 0.4:
        words.reverse()
    if told.random.random() < 0.3:
        words = [word.upper() for word in words]
    return {"name": {"full": " ".join(words)}}


def _latin_parts(told: Told) -> Raw:
    return {"name": {"family": _romaji(told, told.surname), "given": _romaji(told, told.given)}}


def _given_alone(told: Told) -> Raw:
    return {"name": {"full": _romaji(told, told.given) if told.random.random() < 0.5 else told.kana(told.given)}}


def _swapped(told: Told) -> Raw:
    return {"name": {"family": told.written(told.given), "given": told.written(told.surname)}}


def _surname_alone(told: Told) -> Raw:
    return {"name": {"full": f"{told.written(told.surname)} 様"}}


def _romaji(told: Told, part: Part) -> str:
    """Return a name in one of the romanisations that people use."""
    latin = told.romaji(part).lower()
    for long, short in told.random.choice(((), (("ou", "o"), ("uu", "u")), (("ou", "oh"), ("uu", "u")))):
        latin = latin.replace(long, short)
    for hepburn, kunrei in told.random.choice(((), (("shi", "si"), ("sho", "syo"), ("shu", "syu"), ("tsu", "tu"), ("ji", "zi")))):
        latin = latin.replace(hepburn, kunrei)
    return latin.capitalize()


_WRITERS: dict[Callable[[Told], Raw], float] = {
    _parts: 18, _with_kana: 14, _gapless: 14, _addressed: 6, _kana: 8, _old_kana: 7, _gapless_kana: 5, _latin: 12,
    _latin_parts: 6, _given_alone: 3, _swapped: 1, _surname_alone: 0.2,
}  # fmt: skip
_SCRIPTS, _SHARES = list(_WRITERS), list(_WRITERS.values())
