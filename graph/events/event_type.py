"""An event type as one row: its model, its reading into facts, and what those do in a unit of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph.events.contract import Envelope
from graph.events.facts import Event, Facts
from graph.events.outcomes import Answer, Rejection
from graph.identity.normalising.dates import Calendar
from graph.writes.unit import Unit


@dataclass(frozen=True, slots=True)
class EventType:
    """`name` is the CloudEvents type. The functions get what `read` returned for an event of this type.

    `want` asks the unit for the nodes that `apply` needs, beside the identifiers and source records that the facts name.
    `apply` changes them in memory and returns CREATED, UPDATED or UNCHANGED, or why it refuses; `answer` says, once
    identity is decided, where the event landed.
    """

    name: str
    model: type[Envelope]
    read: Callable[[Any, Calendar], Facts]
    want: Callable[[Any, Unit], None]
    apply: Callable[[Any, Event, Unit], str | Rejection]
    answer: Callable[[Any, Unit], Answer]
