"""The whole demo town as raw events, the same ones every time: stores, products, stories, and a crowd around them."""

from __future__ import annotations

from collections.abc import Iterator

from demo.catalogue import products
from demo.crowd import crowd
from demo.envelope import RawEvent
from demo.shops import stores
from demo.stories import stories

CUSTOMERS = 2_000


def town_events(customers: int = CUSTOMERS) -> Iterator[RawEvent]:
    """Yield every event of the town as decoded JSON, ready for POST /events; a larger town begins with a smaller one."""
    yield from stores()
    yield from products()
    yield from stories()
    yield from crowd(customers)
