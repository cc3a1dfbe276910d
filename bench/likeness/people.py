"""Made-up people in households over a time from 0 to 1: they move, marry, change numbers and take over those of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Generic, TypeVar

import jaconv

from bench.likeness.names import FAMILIES, GIVEN, Part

T = TypeVar("T")
_SIZES = (34, 28, 18, 14, 6)
"""Shares of households of one to five."""
_FIRST_DAY, _DAYS = date(1940, 1, 1), 65 * 365
_MOVES, _MARRIES, _CHANGES_NUMBER, _CHANGES_MAIL = 0.2, 0.06, 0.12, 0.15
_MAIL_OF_NAME = 0.6
"""How many have an address that is made of their name, often with a number, as it was taken already."""
_TWIN, _TAKES_OVER, _KEEPS_LOCAL_PART, _MOVES_OUT = 0.12, 0.3, 0.4, 0.7
_HAS_LANDLINE, _NEIGHBOURING = 0.45, 0.1


@dataclass(frozen=True, slots=True)
class Home:
    """`town` and `block` as numbers; no `room` in a house of one's own."""

    town: int
    block: tuple[int, int, int]
    room: int | None
    landline: str | None


@dataclass(slots=True)
class Course(Generic[T]):
    """What something was, from which time on, in order of time."""

    steps: list[tuple[float, T]]

    def at(self, time: float) -> T:
        return next(value for since, value in reversed(self.steps) if since <= time)


@dataclass(slots=True)
class Person:
    number: int
    sex: str
    given: Part
    born: date
    surname: Course[Part]
    home: Course[Home]
    mobile: Course[str]
    mail: Course[str]
    household: list[Person] = field(default_factory=list["Person"])


def _bought_together(one: Person, other: Person) -> None:
    """Give the other, who never changes it, the number after that of the one."""
    number = one.mobile.steps[0][1]
    if len(other.mobile.steps) == 1:
        other.mobile.steps = [(0.0, f"{number[:-1]}{(int(number[-1]) + 1) % 10}")]


class Town:
    """Draws people; a number or a home that somebody gave up may become that of somebody else later."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self.given_up: list[tuple[float, str]] = []
        self.left: list[tuple[float, Home]] = []
        self.mails: set[str] = set()
        self.numbers = 0
        self.people = 0

    def households(self) -> Iterator[list[Person]]:
        """Yield households without end."""
        while True:
            surname, homes = FAMILIES.drawn(self.random), self._course(_MOVES, self.home)
            self.left += [(time, before) for (_, before), (time, _) in pairwise(homes.steps)]
            members: list[Person] = []
            for place in range(self.random.choices(range(1, 6), weights=_SIZES)[0]):
                twin = members[-1] if place > 2 and self.random.random() < _TWIN else None
                members.append(self._person(place, surname, homes, twin))
                if place and self.random.random() < _NEIGHBOURING:
                    _bought_together(*members[-2:])
            for each in members:
                each.household = members
            yield members

    def _person(self, place: int, surname: Part, homes: Course[Home], twin: Person | None) -> Person:
        random = self.random
        sex = ("MALE", "FEMALE")[place] if place < 2 else random.choice(("MALE", "FEMALE"))
        given = GIVEN[sex].drawn(random)
        self.people += 1
        person = Person(
            number=self.people,
            sex=sex,
            given=given,
            born=twin.born if twin else _FIRST_DAY + timedelta(days=random.randrange(_DAYS)),
            surname=Course([(0.0, surname)]),
            home=Course(list(homes.steps)),
            mobile=self._course(_CHANGES_NUMBER, self.mobile),
            mail=self._course(_CHANGES_MAIL, lambda _: self._mail(surname, given)),
        )
        if len(person.mobile.steps) > 1:
            self.given_up.append((person.mobile.steps[1][0], person.mobile.steps[0][1]))
        if len(person.mail.steps) > 1 and random.random() < _KEEPS_LOCAL_PART:
            time, before = person.mail.steps[1][0], person.mail.steps[0][1]
            person.mail.steps[1] = (time, before.replace("@", "@new."))
        if random.random() < _MARRIES:
            self._marry(person, random.random())
        return person

    def _marry(self, person: Person, time: float) -> None:
        """Give a new surname, and mostly a new home."""
        person.surname.steps.append((time, FAMILIES.drawn(self.random)))
        if self.random.random() < _MOVES_OUT:
            person.home.steps = [*(step for step in person.home.steps if step[0] <= time), (time, self.home(time))]

    def _course(self, changes: float, drawn: Callable[[float], T]) -> Course[T]:
        course = Course([(0.0, drawn(0.0))])
        if self.random.random() < changes:
            time = self.random.random()
            course.steps.append((time, drawn(time)))
        return course

    def mobile(self, time: float) -> str:
        """Return a new number, or one that somebody has given up by then."""
        free = [one for one in self.given_up if one[0] < time]
        if free and self.random.random() < _TAKES_OVER:
            self.given_up.remove(free[0])
            return free[0][1]
        self.numbers += 1
        # Spread, so that neighbours in the set have no neighbouring numbers.
        spread = self.numbers * 7_919_317 % 80_000_000
        return f"090-{1000 + spread // 10_000}-{spread % 10_000:04d}"

    def _mail(self, surname: Part, given: Part) -> str:
        """Return an address that nobody has."""
        random = self.random
        while True:
            number = random.choice(("", str(random.randrange(10)), str(random.randrange(100))))
            of_name = f"{_latin(given)}.{_latin(surname)}{number}"
            local = of_name if random.random() < _MAIL_OF_NAME else f"shiken{random.randrange(10**8)}"
            mail = f"{local}@example.{random.choice(('jp', 'com', 'net'))}"
            if mail not in self.mails:
                self.mails.add(mail)
                return mail

    def home(self, time: float) -> Home:
        """Return a house, or a flat in one, now and then one that others have left; nearly half have a landline."""
        random = self.random
        block = (random.randint(1, 9), random.randint(1, 30), random.randint(1, 20))
        landline = (
            f"06-{6000 + random.randrange(900)}-{random.randrange(10_000):04d}" if random.random() < _HAS_LANDLINE else None
        )
        free = [one for one in self.left if one[0] < time]
        if free and random.random() < _TAKES_OVER:
            self.left.remove(free[0])
            return replace(free[0][1], landline=landline)
        return Home(random.randrange(40), block, random.choice((None, random.randint(101, 909))), landline)


def _latin(part: Part) -> str:
    return str(jaconv.kana2alphabet(jaconv.kata2hira(part.kana)))
