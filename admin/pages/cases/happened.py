"""What happened in a case, in one order: its events, and the interactions that belong to it, each with the rule of its tie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from admin.parts.questions import Json

SAID = ("CUSTOMER_MESSAGE", "REPLY")


@dataclass(frozen=True, slots=True)
class Entry:
    """`event` is null for an interaction of which the history does not tell, such as a visit; `rule` is that of its tie."""

    at: str
    event: Json | None
    touchpoint: Json | None
    rule: str

    @property
    def is_message(self) -> bool:
        """Whether something was said with the customer: what the staff do among themselves looks different."""
        return self.event is None or self.event["kind"] in SAID

    @property
    def is_ours(self) -> bool:
        """Whether we said it."""
        return (self.event or {}).get("kind") == "REPLY" or (self.touchpoint or {}).get("direction") == "OUTBOUND"


def entries(history: Iterable[Json], interactions: Iterable[Json], *, before_all: bool) -> list[Entry]:
    """Return events and interactions by time; `before_all`: the history begins with its first event.

    Of a later part of the history, interactions are told by their events only.
    """
    tied = {each["touchpoint"]["id"]: each for each in interactions if each.get("touchpoint")}
    told = [_of_event(event, tied) for event in history]
    known = {each.touchpoint["id"] for each in told if each.touchpoint}
    alone = [
        Entry(each["touchpoint"]["occurredAt"], None, each["touchpoint"], each["rule"])
        for own_id, each in tied.items()
        if own_id not in known and before_all
    ]
    return sorted([*told, *alone], key=lambda entry: entry.at)


def _of_event(event: Json, tied: dict[str, Json]) -> Entry:
    touchpoint: Json | None = event.get("touchpoint")
    tie = tied.get(touchpoint["id"]) if touchpoint else None
    return Entry(event["occurredAt"], event, touchpoint, tie["rule"] if tie else "")
