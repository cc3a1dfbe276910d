"""How many streams each sender has open: so many that nothing of theirs is missing, and not without end."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from resolvers.engine.errors import Throttled

MOST_OPEN = 20
"""So many streams of one principal at once."""


@dataclass(slots=True, eq=False)
class Place:
    """The place of one stream. One that `gives_way` is `given_up` for a newer one where there is no room."""

    gives_way: bool = False
    given_up: bool = False


class Places:
    """The places of all senders, by their names."""

    def __init__(self) -> None:
        self._taken: dict[str, list[Place]] = {}

    def require_room(self, name: str) -> None:
        """Raise Throttled where a sender has all places, and none of them gives way."""
        held = self._held(name)
        if len(held) >= MOST_OPEN and not any(place.gives_way for place in held):
            raise Throttled(f"At most {MOST_OPEN} streams of one sender are open at once. Close one.", retry_after=1)

    @contextmanager
    def taken(self, name: str, place: Place) -> Generator[None]:
        """Hold a place until the block ends, that of the oldest stream which gives way where there is no other."""
        self.require_room(name)
        held = self._held(name)
        if len(held) >= MOST_OPEN:
            next(each for each in held if each.gives_way).given_up = True
        self._taken.setdefault(name, []).append(place)
        try:
            yield
        finally:
            self._taken[name].remove(place)
            if not self._taken[name]:
                del self._taken[name]

    def _held(self, name: str) -> list[Place]:
        return [place for place in self._taken.get(name, ()) if not place.given_up]
