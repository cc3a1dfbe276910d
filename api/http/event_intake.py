"""From decoded JSON to receipts in the order sent: what cannot be read is refused here, the rest goes to the queue."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, cast

from api.telemetry.measures import EVENT_SECONDS, EVENTS
from graph.events.facts import Event
from graph.events.invalid import InvalidEvent
from graph.events.outcomes import REJECTED, Rejection
from graph.identity.blocking import ListedValues
from graph.intake.queue import IntakeQueue
from graph.intake.reading import read_event
from graph.intake.receipts import Receipt

LARGE = 32_000
"""Bytes of an event that is read beside the loop."""


class EventIntake:
    """Reads and submits events; `digest_key` keys the digests by which a repeat with another body is told.

    `listed` are the values that identify nobody in this company, `time_zone` is where its days begin.
    """

    def __init__(self, queue: IntakeQueue, digest_key: bytes, listed: ListedValues, time_zone: tzinfo) -> None:
        self._queue = queue
        self._digest_key = digest_key
        self._listed = listed
        self._time_zone = time_zone

    async def take(self, raws: Sequence[object], *, dry_run: bool, patient: bool = False, size: int = 0) -> list[Receipt]:
        """Return a receipt for each of at most 1,000 raw events; an InvalidEvent among them stands for one unread.

        `size` is of how many bytes they were made, where that is known.
        """
        # Reading a thousand events, or one with 5,000 lines, takes a fifth of a second, too long for the loop of all requests.
        large = len(raws) > 1 or size > LARGE
        read = await asyncio.to_thread(self._read, raws) if large else self._read(raws)
        events = [item for item in read if isinstance(item, Event)]
        if not events:
            answers: list[Receipt] = []
        elif dry_run:
            answers = await self._queue.dry_run(events)
        else:
            with EVENT_SECONDS.time():
                answers = await self._queue.submit(events, patient=patient)
        answer = iter(answers)
        receipts = [item if isinstance(item, Receipt) else next(answer) for item in read]
        if not dry_run:
            for outcome, count in Counter(receipt.outcome for receipt in receipts).items():
                EVENTS.labels(outcome).inc(count)
        return receipts

    def _read(self, raws: Sequence[object]) -> list[Event | Receipt]:
        return [self._read_one(raw) for raw in raws]

    def _read_one(self, raw: object) -> Event | Receipt:
        if isinstance(raw, InvalidEvent):
            return refused(raw)
        try:
            return read_event(raw, self._digest_key, self._listed, self._time_zone)
        except InvalidEvent as error:
            return refused(error, raw)


def refused(error: InvalidEvent, raw: object = None) -> Receipt:
    """Return the receipt of an event that could not be read, with source and id where it tells them."""
    fields = cast("dict[str, Any]", raw) if isinstance(raw, dict) else {}
    source, event_id = (_shown(fields.get(name)) for name in ("source", "id"))
    return Receipt(source, event_id, REJECTED, error=Rejection(error.code, error.message, error.pointer))


def _shown(value: object) -> str:
    """Return a text as JSON can hold it; nothing of what is no text."""
    return value.encode("utf-8", "replace").decode().strip() if isinstance(value, str) else ""
