"""The stories of the demo town: named people and what befell them, for tests and for showing what the graph can tell."""

from __future__ import annotations

from collections.abc import Iterator

from demo.envelope import RawEvent
from demo.stories.consents import consents
from demo.stories.everywhere import everywhere
from demo.stories.people import people
from demo.stories.purchases import purchases
from demo.stories.strangers import strangers


def stories() -> Iterator[RawEvent]:
    """Yield all of them; they need nothing of the crowd."""
    yield from everywhere()
    yield from purchases()
    yield from people()
    yield from consents()
    yield from strangers()
