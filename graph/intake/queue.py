"""One writer per process: whatever has queued goes into one transaction, and each client gets its own receipts."""

from __future__ import annotations

import asyncio
import traceback
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

import structlog

from graph.errors import Customer360Error, Overloaded, ServiceUnavailable, StorageFull, TookTooLong
from graph.events.facts import Event
from graph.events.outcomes import REJECTED, Rejection
from graph.intake.receipts import Receipt

LARGEST_TRANSACTION = 1_000
"""Events in one transaction."""

AWAY_SECONDS = 0.5
"""Pause between two tries while the database is away."""

ANSWER_SECONDS = 60.0
"""After which whoever waits is told that the outcome is not known, even where the transaction goes on."""
UNKNOWN_OUTCOME = "Events are written too slowly just now, and these may be written yet. Send the same events again."

DRY_RUNS = 4
"""So many at once: each holds the locks of a real transaction."""

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
    keep_until: float


class IntakeQueue:
    """Takes submissions from many clients; `run` is its one task, and without it nothing is taken."""

    def __init__(self, record: Record, capacity: int, patience: float = 0) -> None:
        """`capacity` is how many events may wait beside those in the transaction under way.

        `patience` is for how many seconds events are kept while the database is away, counted from their submission.
        """
        self._record = record
        self._capacity = capacity
        self._patience = patience
        self.has_writer = False
        self._waiting: deque[_Submission] = deque()
        self._count = 0
        self._arrival = asyncio.Event()
        self._room = asyncio.Condition()
        self._dry_runs = asyncio.Semaphore(DRY_RUNS)

    @property
    def waiting(self) -> int:
        """How many events wait for their turn."""
        return self._count

    async def submit(self, events: Sequence[Event], *, patient: bool = False) -> list[Receipt]:
        """Return the receipts of at most 1,000 events once they are committed, in the order given.

        A full queue raises Overloaded at once, or with `patient` is waited for. ServiceUnavailable means that
        nothing is known of the outcome, or at once that nobody writes just now: send the same events again.
        """
        if not events:
            return []
        if patient:
            async with self._room:
                await self._room.wait_for(lambda: not self.has_writer or self._fits(len(events)))
        if not self.has_writer:
            raise ServiceUnavailable("Events are not being written just now. Send the same events again in a moment.")
        if not self._fits(len(events)):
            raise Overloaded("Too many events are waiting. Send this again a little later.")
        loop = asyncio.get_running_loop()
        submission = _Submission(events, loop.create_future(), loop.time() + self._patience)
        self._waiting.append(submission)
        self._count += len(events)
        self._arrival.set()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await submission.receipts
        except TimeoutError:
            raise ServiceUnavailable(UNKNOWN_OUTCOME) from None

    async def dry_run(self, events: Sequence[Event]) -> list[Receipt]:
        """Return what would happen to these events; goes around the queue, since it writes nothing.

        Raises Overloaded while as many as may be at once go on.
        """
        if self._dry_runs.locked():
            raise Overloaded("Too many dry runs at once. Try again in a moment.")
        async with self._dry_runs:
            return await self._record(events, dry_run=True)

    async def run(self) -> None:
        """Record what queues up, one transaction at a time, until cancelled; who waits then is told to come again."""
        taken: list[_Submission] = []
        self.has_writer = True
        try:
            while True:
                await self._arrival.wait()
                await self._gather()
                taken = await self._take()
                while taken := await self._settle(taken):  # noqa: ASYNC110 (nothing tells when the database is back)
                    await asyncio.sleep(AWAY_SECONDS)
        finally:
            self.has_writer = False
            for submission in (*taken, *self._waiting):
                _fail(submission, ServiceUnavailable("Writing was interrupted. Send the same events again in a moment."))
            self._waiting.clear()
            self._count = 0
            self._arrival.clear()
            await self._tell_of_room()

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
        await self._tell_of_room()
        return taken

    async def _tell_of_room(self) -> None:
        async with self._room:
            self._room.notify_all()

    async def _settle(self, taken: Sequence[_Submission]) -> list[_Submission]:
        """Record submissions together and hand each its part; return those to try again, since the database is away."""
        taken = [submission for submission in taken if not submission.receipts.done()]
        events = [event for submission in taken for event in submission.events]
        if not events:
            return []
        try:
            receipts = await self._record_apart(events)
        except Customer360Error as error:
            # A disk gets no room by waiting, a database comes back.
            waits = isinstance(error, ServiceUnavailable) and not isinstance(error, StorageFull)
            now = asyncio.get_running_loop().time() if waits else inf
            for submission in taken:
                if submission.keep_until <= now:
                    _fail(submission, error)
            return [submission for submission in taken if submission.keep_until > now]
        start = 0
        for submission in taken:
            end = start + len(submission.events)
            if not submission.receipts.done():
                submission.receipts.set_result(receipts[start:end])
            start = end
        return []

    async def _record_apart(self, events: Sequence[Event]) -> list[Receipt]:
        """Record events together; where that fails through one of them or is too much at once, by halves.

        One that fails alone is refused; one that takes too long alone is told so.
        """
        try:
            return await self._record(events)
        except TookTooLong:
            if len(events) == 1:
                raise
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
