"""The queue with a record function of its own: what is shared, what is isolated, and what a full queue says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest

from graph.errors import Overloaded, ServiceUnavailable, StorageFull
from graph.events.facts import Event, Listing
from graph.events.outcomes import CREATED, REJECTED
from graph.intake.queue import LARGEST_TRANSACTION, IntakeQueue
from graph.intake.receipts import Receipt

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def event(name: str) -> Event:
    return Event("/test", name, "customer360.product.v1", datetime(2026, 4, 1, tzinfo=UTC), "0" * 32, Listing(name, {}))


def events(count: int, prefix: str = "e") -> list[Event]:
    return [event(f"{prefix}-{number}") for number in range(count)]


class Ledger:
    """A record function that keeps what was committed, fails on marked events, and waits while its gate is closed."""

    def __init__(self, *, poison: str = "", down: bool = False) -> None:
        self.transactions: list[list[str]] = []
        self.rehearsed: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.entered = asyncio.Event()
        self.poison = poison
        self.down = down
        self.running = 0

    full = False

    async def __call__(self, events: Sequence[Event], *, dry_run: bool = False) -> list[Receipt]:
        if dry_run:
            self.rehearsed += [each.id for each in events]
            return [Receipt(each.source, each.id, CREATED) for each in events]
        self.running += 1
        self.entered.set()
        assert self.running == 1, "one transaction at a time"
        try:
            await self.gate.wait()
            if self.full:
                raise StorageFull("no room")
            if self.down:
                raise ServiceUnavailable("The database does not answer.")
            if any(each.id == self.poison for each in events):
                raise ValueError("secret value")
            self.transactions.append([each.id for each in events])
            return [Receipt(each.source, each.id, CREATED) for each in events]
        finally:
            self.running -= 1


@asynccontextmanager
async def running(ledger: Ledger, capacity: int = 10_000, patience: float = 0) -> AsyncIterator[IntakeQueue]:
    queue = IntakeQueue(ledger, capacity, patience)
    task = asyncio.create_task(queue.run())
    await asyncio.sleep(0)
    try:
        yield queue
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def start(work: Awaitable[list[Receipt]]) -> asyncio.Task[list[Receipt]]:
    return asyncio.ensure_future(work)  # pyright: ignore[reportReturnType]


async def test_single_events_that_queue_while_one_is_written_share_the_next_transaction() -> None:
    ledger = Ledger()
    ledger.gate.clear()
    async with running(ledger) as queue:
        first = start(queue.submit([event("first")]))
        await ledger.entered.wait()
        others = [start(queue.submit([each])) for each in events(20)]
        await asyncio.sleep(0)
        ledger.gate.set()
        receipts = await asyncio.gather(first, *others)
    assert [receipt.id for [receipt] in receipts] == ["first", *(f"e-{number}" for number in range(20))]
    assert [len(transaction) for transaction in ledger.transactions] == [1, 20]


async def test_requests_that_have_arrived_but_are_still_being_read_share_the_transaction_too() -> None:
    ledger = Ledger()

    async def read_then_submit(queue: IntakeQueue, one: Event, passes: int) -> list[Receipt]:
        for _ in range(passes):
            await asyncio.sleep(0)
        return await queue.submit([one])

    async with running(ledger) as queue:
        await asyncio.gather(*(read_then_submit(queue, one, number % 4) for number, one in enumerate(events(20))))
    assert [len(transaction) for transaction in ledger.transactions] == [20]


async def test_a_batch_is_never_split_and_a_transaction_holds_at_most_a_thousand() -> None:
    ledger = Ledger()
    ledger.gate.clear()
    async with running(ledger) as queue:
        batches = [start(queue.submit(events(400, f"b{number}"))) for number in range(4)]
        await ledger.entered.wait()
        ledger.gate.set()
        answers = await asyncio.gather(*batches)
    assert [len(answer) for answer in answers] == [400] * 4
    assert [len(transaction) for transaction in ledger.transactions] == [800, 800]
    assert LARGEST_TRANSACTION == 1_000


async def test_an_event_that_cannot_be_recorded_is_refused_alone_and_its_text_is_not_told() -> None:
    ledger = Ledger(poison="e-5")
    async with running(ledger) as queue:
        receipts = await queue.submit(events(9))
    assert [receipt.outcome for receipt in receipts] == [CREATED] * 5 + [REJECTED] + [CREATED] * 3
    error = receipts[5].error
    assert error is not None
    assert error.code == "INTERNAL_ERROR"
    assert "secret" not in error.message
    assert sorted(name for transaction in ledger.transactions for name in transaction) == sorted(
        f"e-{number}" for number in range(9) if number != 5
    )


async def test_neighbours_of_a_failing_event_get_their_own_receipts() -> None:
    ledger = Ledger(poison="bad")
    ledger.gate.clear()
    async with running(ledger) as queue:
        work = [start(queue.submit([each])) for each in (event("a"), event("bad"), event("b"))]
        await ledger.entered.wait()
        ledger.gate.set()
        [[a], [bad], [b]] = await asyncio.gather(*work)
    assert (a.outcome, bad.outcome, b.outcome) == (CREATED, REJECTED, CREATED)


async def test_a_database_that_is_away_is_told_to_everyone_and_the_queue_goes_on() -> None:
    ledger = Ledger(down=True)
    async with running(ledger) as queue:
        with pytest.raises(ServiceUnavailable):
            await queue.submit(events(3))
        ledger.down = False
        assert len(await queue.submit(events(3))) == 3


async def test_a_full_disk_is_told_at_once_however_patient_the_queue_is() -> None:
    ledger = Ledger()
    ledger.full = True
    async with running(ledger, patience=3600) as queue:
        with pytest.raises(StorageFull):
            await queue.submit(events(3))
        ledger.full = False
        assert len(await queue.submit(events(3))) == 3


async def test_events_are_kept_while_the_database_is_away_for_as_long_as_patience_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.intake.queue.AWAY_SECONDS", 0)
    ledger = Ledger(down=True)
    async with running(ledger, patience=3600) as queue:
        kept, left = start(queue.submit(events(3))), start(queue.submit([event("left")]))
        await ledger.entered.wait()
        ledger.entered.clear()
        left.cancel()
        await ledger.entered.wait()
        assert not kept.done()
        ledger.down = False
        assert [receipt.outcome for receipt in await kept] == [CREATED] * 3
    assert ledger.transactions == [["e-0", "e-1", "e-2"]]


@pytest.mark.parametrize("patient", [False, True])
async def test_where_nobody_writes_an_event_is_refused_at_once(patient: bool) -> None:
    queue = IntakeQueue(Ledger(), capacity=1)
    with pytest.raises(ServiceUnavailable, match="not being written"):
        await queue.submit(events(2), patient=patient)


async def test_who_waits_for_room_is_told_when_the_writer_ends() -> None:
    ledger = Ledger()
    ledger.gate.clear()
    async with running(ledger, capacity=1) as queue:
        writing = start(queue.submit([event("writing")]))
        await ledger.entered.wait()
        waiting = start(queue.submit([event("waiting")]))
        await asyncio.sleep(0)
        for_room = start(queue.submit([event("for room")], patient=True))
        await asyncio.sleep(0)
    answers = await asyncio.gather(writing, waiting, for_room, return_exceptions=True)
    assert [type(answer) for answer in answers] == [ServiceUnavailable] * 3


async def test_a_full_queue_refuses_at_once_and_takes_again_when_there_is_room() -> None:
    ledger = Ledger()
    ledger.gate.clear()
    async with running(ledger, capacity=2) as queue:
        writing = start(queue.submit([event("writing")]))
        await ledger.entered.wait()
        waiting = [start(queue.submit([each])) for each in events(2)]
        await asyncio.sleep(0)
        with pytest.raises(Overloaded) as refusal:
            await queue.submit([event("too many")])
        patient = start(queue.submit([event("patient")], patient=True))
        await asyncio.sleep(0)
        assert not patient.done()
        ledger.gate.set()
        await asyncio.gather(writing, *waiting, patient)
    assert refusal.value.retry_after >= 1
    assert ledger.transactions[-1] == ["patient"]


async def test_a_batch_larger_than_the_queue_still_gets_in_when_nobody_waits() -> None:
    async with running(Ledger(), capacity=2) as queue:
        assert len(await queue.submit(events(5))) == 5


async def test_clients_that_leave_break_nothing() -> None:
    ledger = Ledger()
    ledger.gate.clear()
    async with running(ledger) as queue:
        in_writing = start(queue.submit([event("in writing")]))
        await ledger.entered.wait()
        before_its_turn, stays = start(queue.submit([event("left")])), start(queue.submit([event("stays")]))
        await asyncio.sleep(0)
        in_writing.cancel()
        before_its_turn.cancel()
        await asyncio.sleep(0)
        ledger.gate.set()
        assert [receipt.id for receipt in await stays] == ["stays"]
    assert ledger.transactions == [["in writing"], ["stays"]]


async def test_who_still_waits_when_the_server_stops_is_told_to_come_again() -> None:
    ledger = Ledger()
    ledger.gate.clear()
    async with running(ledger) as queue:
        work = [start(queue.submit([each])) for each in events(3)]
        await ledger.entered.wait()
    answers = await asyncio.gather(*work, return_exceptions=True)
    assert [type(answer) for answer in answers] == [ServiceUnavailable] * 3


async def test_a_dry_run_goes_around_the_queue() -> None:
    ledger = Ledger()
    ledger.gate.clear()
    async with running(ledger) as queue:
        work = start(queue.submit([event("slow")]))
        await ledger.entered.wait()
        assert len(await queue.dry_run([event("try")])) == 1
        ledger.gate.set()
        await work
    assert ledger.rehearsed == ["try"]


async def test_nothing_submitted_is_answered_with_nothing() -> None:
    assert await IntakeQueue(Ledger(), capacity=1).submit([]) == []
