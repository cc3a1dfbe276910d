"""What each system writes down about a made-up person, at some time, in its own script and with slips of the finger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from random import Random
from typing import Any

import jaconv

from bench.likeness.names import GIVEN, Part
from bench.likeness.people import Home, Person

Raw = dict[str, Any]
_KNOWS = {"pos": 0.6, "ec": 0.5, "app": 0.25, "line": 0.3, "cti": 0.25, "catalog": 0.12}
"""How likely each system has a record of somebody."""
_TWICE = 0.06
"""How likely a system has a second one, of somebody who registered anew."""
_SLIP, _READ_ALIKE, _OTHER_NAME, _OLD_FORM, _BY_FAMILY = 0.015, 0.015, 0.006, 0.2, 0.03
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def records(person: Person, random: Random) -> Iterator[Raw]:
    """Yield an event for each record that some system has of a person."""
    for system, share in _KNOWS.items():
        for copy in range(1 + (random.random() < _TWICE)):
            if random.random() < share:
                yield _event(system, f"{person.number}-{copy}", _SYSTEMS[system](Told(person, random, f"{person.number}-{copy}")))


def _event(system: str, subject: str, data: Raw) -> Raw:
    return {
        "specversion": "1.0", "type": "customer360.person.v1", "source": f"/{system}", "id": subject, "subject": subject,
        "time": "2026-04-01T10:00:00Z", "data": data,
    }  # fmt: skip


class Told:
    """What a person tells one system at one time, and what is made of it."""

    def __init__(self, person: Person, random: Random, own: str) -> None:
        self.person, self.random, self.own, self.time = person, random, own, random.random()
        self.surname, self.home = person.surname.at(self.time), person.home.at(self.time)
        self.given = self._given()

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def _given(self) -> Part:
        names, given = GIVEN[self.person.sex], self.person.given
        if self.often(_READ_ALIKE):
            return names.read_alike(self.random, given)
        return names.drawn(self.random) if self.often(_OTHER_NAME) else given

    def written(self, part: Part) -> str:
        return part.old if self.often(_OLD_FORM) else part.written

    def kana(self, part: Part) -> str:
        return self.slipped(part.kana, "アイウカキケコサシタトナマミ") if len(part.kana) > 1 else part.kana

    def romaji(self, part: Part) -> str:
        return str(jaconv.kana2alphabet(jaconv.kata2hira(self.kana(part)))).capitalize()

    def slipped(self, text: str, signs: str = "0123456789") -> str:
        """Return the text, now and then with one sign exchanged."""
        if not self.often(_SLIP):
            return text
        places = [place for place, sign in enumerate(text) if sign in signs]
        if not places:
            return text
        place = self.random.choice(places)
        return text[:place] + self.random.choice(signs) + text[place + 1 :]

    def mobile(self) -> Raw:
        whose = self.random.choice(self.person.household) if self.often(_BY_FAMILY) else self.person
        return {"kind": "PHONE", "value": self.slipped(whose.mobile.at(self.time))}

    def mail(self, *, verified: bool) -> Raw:
        return {"kind": "EMAIL", "value": self.slipped(self.person.mail.at(self.time)), "verified": verified}

    def landline(self) -> list[Raw]:
        return [{"kind": "PHONE", "value": self.home.landline}] if self.home.landline else []

    def number(self, kind: str, scope: str = "") -> Raw:
        return {"kind": kind, "value": f"{scope}{self.own}"}

    def born(self) -> date | None:
        """Return the birth date, now and then with another day, month or year."""
        born = self.person.born
        if self.often(0.01):
            return date(1970, 1, 1)
        if self.often(_SLIP):
            return born.replace(year=born.year + self.random.choice((-10, -1, 1, 10)))
        if self.often(_SLIP):
            return born.replace(day=1 + (born.day + 8) % 28)
        return born.replace(month=born.day, day=born.month) if born.day <= 12 and self.often(_SLIP) else born

    def sex(self) -> str:
        """Return what stands in the form, now and then the other box."""
        return {"MALE": "FEMALE", "FEMALE": "MALE"}[self.person.sex] if self.often(_SLIP) else self.person.sex

    def address(self, *, kanji: bool) -> str:
        return _address(self.home, kanji=kanji)


def _address(home: Home, *, kanji: bool) -> str:
    first, second, third = home.block
    room = f" 仮荘{home.room}号室" if home.room else ""
    town = f"大阪府見本市例{_kanji(home.town)}町"
    return f"{town}{_kanji(first)}丁目{second}番{third}号{room}" if kanji else f"{town}{first}-{second}-{third}{room}"


def _kanji(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _era(day: date) -> str:
    if day >= date(1989, 1, 8):
        return f"平成{day.year - 1988}年{day.month}月{day.day}日"
    return f"S{day.year - 1925}.{day.month}.{day.day}"


def _till(told: Told) -> Raw:
    kana = f"{told.kana(told.surname)} {told.kana(told.given)}"
    born = told.born()
    identifiers = [told.number("MEMBER_NUMBER", "M"), told.number("POS_CARD", "C")]
    identifiers += [told.mobile()] if told.often(0.85) else told.landline()
    data: Raw = {"name": {"full": f"{told.written(told.surname)}　{told.written(told.given)}"}, "identifiers": identifiers}
    data["kana"] = {"full": jaconv.z2h(kana) if told.often(0.3) else kana}
    if told.often(0.8) and born and born.year >= 1927:
        data["birthDate"] = _era(born)
    if told.often(0.6):
        data["gender"] = "OTHER" if told.often(0.02) else told.sex()
    if told.often(0.5):
        data["address"] = {"full": told.address(kanji=told.often(0.7))}
    return data


def _web_shop(told: Told) -> Raw:
    identifiers = [told.number("EC_ACCOUNT_ID", "E"), told.mail(verified=True)]
    identifiers += [told.mobile()] if told.often(0.7) else told.landline()
    identifiers += [_linked(told)] if told.often(0.2) else []
    data: Raw = {
        "name": {"family": told.surname.written, "given": told.given.written},
        "kana": {"family": jaconv.kata2hira(told.kana(told.surname)), "given": jaconv.kata2hira(told.kana(told.given))},
        "identifiers": identifiers,
    }
    if told.often(0.7) and (born := told.born()):
        data["birthDate"] = born.isoformat()
    if told.often(0.9):
        data["address"] = {"full": told.address(kanji=False)}
    if told.often(0.4):
        data["gender"] = told.sex()
    return data


def _app(told: Told) -> Raw:
    identifiers = [told.number("APP_USER_ID", "A"), told.mobile()]
    identifiers += [_linked(told)] if told.often(0.5) else [told.mail(verified=told.often(0.5))]
    latin = told.often(0.3)
    name = {part: told.romaji(of) if latin else of.written for part, of in (("family", told.surname), ("given", told.given))}
    data: Raw = {"name": name, "identifiers": identifiers}
    if told.often(0.3) and (born := told.born()):
        data["birthDate"] = born.isoformat()
    return data


def _line(told: Told) -> Raw:
    identifiers = [told.number("LINE_USER_ID", "L")]
    identifiers += [_linked(told)] if told.often(0.5) else [told.mobile()] if told.often(0.5) else []
    return {"identifiers": identifiers, **({"name": {"given": told.given.written}} if told.often(0.3) else {})}


def _call_center(told: Told) -> Raw:
    by_landline = told.landline() if told.often(0.4) else []
    name = {"full": f"{told.kana(told.surname)} {told.kana(told.given)}"}
    return {"kana": name, "identifiers": by_landline or [told.mobile()]}


def _catalogue(told: Told) -> Raw:
    reached = told.landline() or [told.mobile()]
    reached[0]["value"] = reached[0]["value"].translate(_WIDE)
    return {
        "name": {"full": f"{told.written(told.surname)} {told.written(told.given)}"},
        "kana": {"full": f"{told.kana(told.surname)} {told.kana(told.given)}"},
        "address": {"full": told.address(kanji=True)},
        "identifiers": [told.number("CATALOG_NUMBER", "K"), *reached],
    }


def _linked(told: Told) -> Raw:
    """The number of the member card that was registered first, as most people link it."""
    return {"kind": "MEMBER_NUMBER", "value": f"M{told.person.number}-0"}


_SYSTEMS: Mapping[str, Callable[[Told], Raw]] = {
    "pos": _till, "ec": _web_shop, "app": _app, "line": _line, "cti": _call_center, "catalog": _catalogue,
}  # fmt: skip
