"""Following the changes for a purpose: each is taken up at least once, in the order of the numbers, by one process at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from graph.changes.following import NumberedChange, changes_after, ends
from graph.changes.passing import is_behind, move_place, take_place
from graph.store import Store
from graph.waiting import to_its_end

AT_ONCE = 100
"""Changes after which the place is moved."""


async def take_up_next(
    store: Store, name: str, holder: str, take: Callable[[Sequence[NumberedChange]], Awaitable[None]]
) -> int | None:
    """Have the next changes taken up and return how many; None where another process does.

    `name` is that of the lease, one of `graph.writes.changes.FOLLOWERS`, for which changes are kept until they are taken up.
    What fails is taken up again from the place on, so `take` leaves as it is what was taken up already.
    """
    if not await is_behind(store, name):
        return 0
    place = await take_place(store, name, holder)
    if place is None:
        return None
    newest = (await to_its_end(ends(store))).newest
    changes = await to_its_end(changes_after(store, place, AT_ONCE))
    await take(changes)
    moved = await move_place(store, name, holder, changes[-1].seq if changes else newest)
    return len(changes) if moved else None


def refs_of(changes: Sequence[NumberedChange], types: frozenset[str], label: str) -> list[str]:
    """Return the ids of a label that changes of these types name, each once, in the order of the changes."""
    named = [ref for each in changes if each.type in types for ref in each.refs]
    return list(dict.fromkeys(ref.partition(":")[2] for ref in named if ref.startswith(f"{label}:")))
