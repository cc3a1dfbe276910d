"""The whole demo town as raw events, the same ones every time: stores, products, people, and two years of what they do."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from demo.catalogue import products, stores
from demo.doings import contacts, orders
from demo.envelope import RawEvent
from demo.people import records, residents
from demo.stories import stories

SEED = 360
RESIDENTS = 190


def town_events() -> Iterator[RawEvent]:
    """Yield every event of the town as decoded JSON, ready for POST /events."""
    random = Random(SEED)
    people = residents(random, RESIDENTS)
    yield from stores()
    yield from products()
    for person in people:
        yield from records(person, random)
        yield from orders(person, random)
        yield from contacts(person, random)
    yield from stories(people[0])
