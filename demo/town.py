"""The whole demo town as raw events, the same ones for each last day: stores, products, stock, stories, a crowd."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from demo.catalogue import products
from demo.crowd import crowd
from demo.envelope import RawEvent
from demo.shops import stores
from demo.stock import stock
from demo.stories import stories
from demo.years import Years

CUSTOMERS = 2_000


def town_events(last_day: date, customers: int = CUSTOMERS) -> Iterator[RawEvent]:
    """Yield every event of the town as decoded JSON, ready for POST /events; a larger town begins with a smaller one.

    Nothing in them is later than noon of `last_day`, Tokyo.
    """
    yield from stores()
    yield from products()
    yield from stock(last_day)
    yield from stories(last_day)
    yield from crowd(customers, Years(last_day))
