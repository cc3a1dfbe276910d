"""Watching what a page shows: told that something of it has changed, which the page then reads as whoever looks at it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Hashable, Mapping
from dataclasses import dataclass

from graph.changes.feed import ChangesForgotten
from graph.changes.following import NumberedChange
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.engine.limits.allowance import Allowance
from resolvers.live.events import BY_NAME, of_case, of_customer
from resolvers.live.following import Following, seeing_of
from resolvers.live.places import Place
from resolvers.live.subscription import Subscription

MOST_LOOKED_AT = 20
"""Where more has happened at once, the page is read anew without asking of each change whether it may be seen."""
ERASED = "customer.erased"
HAPPENINGS = ("touchpoint", "order")


@dataclass(frozen=True, slots=True)
class Watch:
    """`wanted(id, change)` says whether a change is of what is watched; who may see it is as for the subscription."""

    subscription: Subscription
    wanted: Callable[[str, NumberedChange], bool]


WATCHES: Mapping[str, Watch] = {
    "Customer": Watch(BY_NAME["customerChanged"], lambda own_id, change: of_customer({"id": own_id}, change)),
    "Case": Watch(BY_NAME["caseChanged"], lambda own_id, change: of_case({"caseId": own_id} if own_id else {}, change)),
    "Call": Watch(BY_NAME["screenPop"], lambda _, change: change.type.partition(".")[0] == "call"),
    "Activity": Watch(BY_NAME["touchpointAdded"], lambda _, change: change.type.partition(".")[0] in HAPPENINGS),
}
"""By the type that a page shows; its `id` is a global one, empty where there is only one of it, or all are shown."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Everything up to change `seq` is told with it; `newest` is the number of the last change of what is watched.

    `things` are the raw ids of what has changed, `types` those of the changes, both empty where the viewer may see
    none of it. With `anew` the page is read as a whole: changes are not kept any more that may have been of it, or the viewer
    sees nothing any more of the one thing that it shows.

    `present` are the global ids of cases on which somebody has come or gone, empty where it may be any of them, None where
    nothing is told of that; `version` grows with what is known of it.
    """

    seq: int
    newest: int
    things: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    anew: bool = False
    present: frozenset[str] | None = None
    version: int = 0

    @property
    def as_of(self) -> Hashable:
        """Up to what everything is told: whatever is read from now on can be shared by all who are told the same."""
        return self.newest, self.version

    def tells_of(self, own_id: str) -> bool:
        """Return whether a thing, by its global id, is among what has changed."""
        return ids.decode(own_id).raw in self.things


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who watches, the place that they hold, and what it may cost."""

    viewer: Viewer
    place: Place
    allowance: Allowance


class Watching:
    """What the pages of one process watch."""

    def __init__(self, following: Following) -> None:
        self._following = following

    @property
    def newest(self) -> int | None:
        """The number of a change after which nothing is known yet; None before the first look at the graph."""
        return self._following.feed.known

    async def watch(self, what: tuple[str, str], after: int | None, who: Watcher) -> AsyncGenerator[Watched]:
        """Yield what has happened after a change, or from now on, where the page is to be read anew first.

        `what` is a type of WATCHES and the global id of one of it, empty where there is only one.

        Raises InvalidInput for an id that cannot be read, Throttled where no other stream of the viewer gives way.
        """
        with self._following.places.taken(who.viewer.name, who.place):
            try:
                if after is not None:
                    async for watched in self._since(what, after, who):
                        yield watched
            except ChangesForgotten:
                pass
            newest = await self._following.feed.newest()
            yield Watched(newest, newest, anew=True)
            async for watched in self._since(what, newest, who):
                yield watched

    async def _since(self, what: tuple[str, str], after: int, who: Watcher) -> AsyncGenerator[Watched]:
        watch, own_id = WATCHES[what[0]], what[1]
        seeing = seeing_of(watch.subscription, who.viewer)
        single = who.viewer.may_read(watch.subscription.payload.__name__)

        async def sees_one(changes: list[NumberedChange]) -> bool:
            # Who reads no single one of them, but how many there are, is told that there are more.
            if not single or len(changes) > MOST_LOOKED_AT or any(change.type == ERASED for change in changes):
                return bool(changes)
            for change in changes:
                if await self._following.may_see(seeing, change, who.viewer, who.allowance):
                    return True
            return False

        async for come in self._following.feed.batches(after):
            wanted = [change for change in come if watch.wanted(own_id, change)]
            if not await sees_one(wanted):
                # Whoever read one thing until now, and nothing of its change, may not read it any more: the page says so.
                yield Watched(come[-1].seq, come[-1].seq, anew=bool(wanted and own_id))
                continue
            things = frozenset(ref.partition(":")[2] for change in wanted for ref in change.refs)
            yield Watched(come[-1].seq, wanted[-1].seq, things, frozenset(change.type for change in wanted))
