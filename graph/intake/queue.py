"""One writer per process: whatever has queued goes into one transaction, and each client gets its own receipts."""

from __future__ import annotations

import asyncio
import traceback
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from graph.errors import Customer360Error, Overloaded, ServiceUnavailable
from graph.events.facts import Event
from graph.events.outcomes import REJECTED, Rejection
from graph.intake.receipts import Receipt

LARGEST_TRANSACTION = 1_000
"""Events in one transaction."""

QUIET_PASSES = 4
"""Passes of the event loop without a new event after which nobody else is at the door: read, parse, dispatch, submit."""

log = structlog.stdlib.get_logger("customer360.intake")


class Record(Protocol):
    """Records events in one transaction: receipts in the order given, or an error and nothing written."""

    async def __call__(self, events: Sequence[Event], *, dry_run: bool = False) -> list[Receipt]: ...


@dataclass(slots=True)
class _Submission:
    events: Sequence[Event]
    receipts: asyncio.Future[list[Receipt]]


class IntakeQueue:
    """Takes submissions from many clients; `run` is its one task and must be running for them to be answered."""

    def __init__(self, record: Record, capacity: int) -> None:
        """`capacity` is how many events may wait beside those in the transaction under way."""
        self._record = record
        self._capacity = capacity
        self._waiting: deque[_Submission] = deque()
        self._count = 0
        self._arrival = asyncio.Event()
        self._room = asyncio.Condition()

    async def submit(self, events: Sequence[Event], *, patient: bool = False) -> list[Receipt]:
        """Return the receipts of at most 1,000 events once they are committed, in the order given.

        A full queue raises Overloaded at once, or with `patient` is waited for. ServiceUnavailable means that
        nothing is known of the outcome: send the same events again.
        """
        if not events:
            return []
        if patient:
            async with self._room:
                await self._room.wait_for(lambda: self._fits(len(events)))
        elif not self._fits(len(events)):
            raise Overloaded("Too many events are waiting. Send this again a little later.")
        submission = _Submission(events, asyncio.get_running_loop().create_future())
        self._waiting.append(submission)
        self._count += len(events)
        self._arrival.set()
        return await submission.receipts

    async def dry_run(self, events: Sequence[Event]) -> list[Receipt]:
        """Return what would happen to these events; goes around the queue, since it writes nothing."""
        return await self._record(events, dry_run=True)

    async def run(self) -> None:
        """Record what queues up, one transaction at a time, until cancelled; who waits then is told to come again."""
        taken: list[_Submission] = []
        try:
            while True:
                await self._arrival.wait()
                await self._gather()
                taken = await self._take()
                if taken:
                    await self._settle(taken)
        finally:
            for submission in (*taken, *self._waiting):
                _fail(submission, ServiceUnavailable("The server is stopping. Send the same events again in a moment."))
            self._waiting.clear()
            self._count = 0

    def _fits(self, count: int) -> bool:
        # Something larger than the whole queue still gets in when nobody else waits.
        return self._count == 0 or self._count + count <= self._capacity

    async def _gather(self) -> None:
        """Let what has reached the process be read first: a transaction costs nearly the same for one event as for fifty."""
        quiet, seen = 0, self._count
        while quiet < QUIET_PASSES and self._count < LARGEST_TRANSACTION:
            await asyncio.sleep(0)
            quiet = quiet + 1 if self._count == seen else 0
            seen = self._count

    async def _take(self) -> list[_Submission]:
        taken: list[_Submission] = []
        size = 0
        while self._waiting and (not taken or size + len(self._waiting[0].events) <= LARGEST_TRANSACTION):
            submission = self._waiting.popleft()
            self._count -= len(submission.events)
            # A client that left before its turn is not served: nobody was told anything.
            if not submission.receipts.done():
                taken.append(submission)
                size += len(submission.events)
        if not self._waiting:
            self._arrival.clear()
        async with self._room:
            self._room.notify_all()
        return taken

    async def _settle(self, taken: Sequence[_Submission]) -> None:
        """Record submissions together and hand each its part."""
        events = [event for submission in taken for event in submission.events]
        try:
            receipts = await self._record_apart(events)
        except Customer360Error as error:
            for submission in taken:
                _fail(submission, error)
            return
        start = 0
        for submission in taken:
            end = start + len(submission.events)
            if not submission.receipts.done():
                submission.receipts.set_result(receipts[start:end])
            start = end

    async def _record_apart(self, events: Sequence[Event]) -> list[Receipt]:
        """Record events together; where that fails through one of them, by halves, until it stands alone and is refused."""
        try:
            return await self._record(events)
        except (ServiceUnavailable, Overloaded):
            raise
        except Exception as error:
            if len(events) == 1:
                return [_refused(events[0], error)]
        middle = len(events) // 2
        return [*await self._record_apart(events[:middle]), *await self._record_apart(events[middle:])]


def _refused(event: Event, error: Exception) -> Receipt:
    # The places, never the text: that may hold personal values.
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("event_failed", type=event.type, error=type(error).__name__, places=places)
    code = error.code if isinstance(error, Customer360Error) else "INTERNAL_ERROR"
    message = error.message if isinstance(error, Customer360Error) else "This event could not be recorded; the log has the place."
    return Receipt(event.source, event.id, REJECTED, error=Rejection(code, message))


def _fail(submission: _Submission, error: Customer360Error) -> None:
    if not submission.receipts.done():
        submission.receipts.set_exception(error)
