"""The life of one customer as it is written down: its own chance, its own numbers, nothing after the end of the town's time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from random import Random
from typing import Any

from demo.catalogue import ARTICLES, Article
from demo.envelope import RawEvent, by_identifier, by_record, event
from demo.people import SEED, Resident
from demo.shops import SHOPS, Shop
from demo.years import Years


class Life:
    """Draws what a person does; `random` depends on the person's number only, so a larger town repeats a smaller one."""

    def __init__(self, person: Resident, years: Years) -> None:
        self.person = person
        self.years = years
        self.random = Random(f"{SEED} life {person.number}")
        self._count = 0

    def number(self) -> str:
        """Return the next number for an order or a contact of this person."""
        self._count += 1
        return f"{self.person.number:05d}{self._count:02d}"

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def knows(self, system: str, at: datetime) -> bool:
        """Tell whether a system knows the person at a time."""
        return system in self.person.joined and self.person.joined[system] <= at

    def by(self, system: str) -> dict[str, Any]:
        return by_record(*self.person.record(system))

    def by_phone(self) -> dict[str, Any]:
        """Return the `by` of a call: the number that the exchange sees, now and then the one at home."""
        person = self.person
        if person.company is not None and self.chance(0.5):
            return by_identifier("PHONE", person.switchboard, sharing="ORGANIZATION")
        if person.landline and self.chance(0.4):
            return by_identifier("PHONE", person.landline)
        return by_identifier("PHONE", person.mobile.replace("-", ""))

    def shop(self) -> Shop:
        """Return the shop of a visit: mostly the one at home."""
        home = SHOPS[self.person.shop]
        return home if self.chance(0.85) else self.random.choice(SHOPS)

    def articles(self, at: datetime, most: int) -> list[Article]:
        """Return one to `most` articles, rather those of the season."""
        count = min(1 + int(self.random.expovariate(1.1)), most)
        weights = [4 if at.month in one.season else 1 for one in ARTICLES]
        return list(dict.fromkeys(self.random.choices(ARTICLES, weights=weights, k=count)))

    def said(self, kind: str, source: str, at: datetime, by: dict[str, Any], **data: Any) -> RawEvent:
        """Return an interaction of this person."""
        contact = f"{kind.lower().replace('_', '-')}-{self.number()}"
        return event("interaction", source, contact, at, {"kind": kind, **data, "by": by})


def skus(articles: Iterable[Article]) -> list[str]:
    return [one.sku for one in articles]
