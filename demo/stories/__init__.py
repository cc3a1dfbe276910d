"""The stories of the demo town: named people and what befell them, for tests and for showing what the graph can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from demo.envelope import WRITTEN, RawEvent, moved
from demo.stories.at_the_counter import at_the_counter, brought_to_yokohama
from demo.stories.consents import consents
from demo.stories.everywhere import everywhere
from demo.stories.people import people
from demo.stories.points import points, points_taken_back
from demo.stories.purchases import purchases
from demo.stories.strangers import strangers


def stories(last_day: date) -> Iterator[RawEvent]:
    """Yield all of them, moved by whole days so that the newest are of `last_day`; they need nothing of the crowd."""
    by = last_day - WRITTEN
    for told in _as_written():
        yield moved(told, by)


def endings(last_day: date) -> Iterator[RawEvent]:
    """Yield what ends some of them, for when all else has been told and has had its consequences."""
    by = last_day - WRITTEN
    for told in (*points_taken_back(), *brought_to_yokohama()):
        yield moved(told, by)


def _as_written() -> Iterator[RawEvent]:
    yield from everywhere()
    yield from purchases()
    yield from people()
    yield from consents()
    yield from at_the_counter()
    yield from points()
    yield from strangers()
