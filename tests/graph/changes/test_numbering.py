"""Changes are numbered after they are committed: without a gap, in the order of commits for each key, by one at a time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, LiteralString

import pytest

from api.process.relay import BUSY_SECONDS, ELSEWHERE_SECONDS, IDLE_SECONDS, next_pause
from graph.changes.following import Ends, changes_after, ends
from graph.changes.numbering import AT_ONCE, number_changes
from graph.writes.changes import Change, forget_changes
from graph.writes.unit import Nodes, Unit, execute
from tests.conftest import wipe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.store import Store, Transaction
    from graph.writes.lock_order import Label

LOCK: LiteralString = """
UNWIND $p.Store AS id
MERGE (s:Store {id: id}) REMOVE s.lock
SET s.turn = coalesce(s.turn, 0) + 1
RETURN 'Store' AS label, [s.id, s.turn] AS row
"""


class Turns(Nodes):
    """Stores that count how often they were locked: the order of commits."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Store": LOCK}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.turns: dict[str, int] = {}

    def take_in(self, _: Label, row: list[object]) -> None:
        self.turns[str(row[0])] = int(str(row[1]))


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


async def change(store: Store, *keys: str) -> None:
    """Change some stores in one transaction; what is noted of each names its turn."""

    async def work(unit: Unit) -> None:
        unit.want("Store", keys)
        await unit.lock()
        for key, turn in unit.of(Turns).turns.items():
            unit.note(Change(f"Store:{key}", "store.changed", (f"Store:{key}",), (str(turn),)))

    await execute(store, (Turns,), work)


async def number_all(store: Store, holder: str = "one") -> int:
    numbered = 0
    while more := await number_changes(store, holder):
        numbered += more
    return numbered


async def test_numbers_have_no_gap_and_keep_the_order_of_commits_while_many_write_and_two_number(store: Store) -> None:
    writing = asyncio.gather(*(change(store, *("a", "b", "c")[number % 3 :]) for number in range(60)))

    async def relay(holder: str) -> None:
        while not writing.done():
            await number_changes(store, holder)

    await asyncio.gather(writing, relay("one"), relay("two"))
    await store.write(lambda transaction: transaction.run("MATCH (l:Lease) SET l.until = 0"))
    await number_all(store)
    found = await changes_after(store, 0)
    assert [each.seq for each in found] == list(range(1, 121))
    turns: defaultdict[str, list[int]] = defaultdict(list)
    for each in found:
        turns[each.key].append(int(each.fields[0]))
    assert {key: len(listed) for key, listed in turns.items()} == {"Store:a": 20, "Store:b": 40, "Store:c": 60}
    assert all(listed == sorted(listed) for listed in turns.values())


async def test_what_is_committed_late_is_numbered_late_and_not_missed(store: Store) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(unit: Unit) -> None:
        unit.note(Change("Store:late", "store.changed"))
        await unit.flush()
        unit.changes.clear()
        begun.set()
        await may_end.wait()

    writing = asyncio.create_task(execute(store, (Turns,), slow))
    await begun.wait()
    await change(store, "early")
    assert await number_all(store) == 1
    may_end.set()
    await writing
    assert await number_all(store) == 1
    assert [each.key for each in await changes_after(store, 0)] == ["Store:early", "Store:late"]


async def test_one_holder_numbers_until_its_lease_is_over(store: Store) -> None:
    await change(store, "a")
    assert await number_changes(store, "one") == 1
    await change(store, "a")
    assert await number_changes(store, "two") is None
    assert await number_changes(store, "one") == 1
    await change(store, "a")
    await store.write(lambda transaction: transaction.run("MATCH (l:Lease) SET l.until = timestamp() - 1"))
    assert await number_changes(store, "two") == 1
    await change(store, "a")
    assert await number_changes(store, "one") is None
    assert [each.seq for each in await changes_after(store, 1)] == [2, 3]


async def test_a_relay_that_fails_before_its_commit_gives_no_numbers(store: Store) -> None:
    await change(store, "a", "b")

    class Failing:
        """A store whose transactions are never committed."""

        def __init__(self) -> None:
            self.read = store.read

        async def write(self, work: object) -> None:
            async def failing(transaction: Transaction) -> None:
                await work(transaction)  # type: ignore[operator]
                raise RuntimeError("killed")

            await store.write(failing)

    with pytest.raises(RuntimeError):
        await number_changes(Failing(), "dying")  # type: ignore[arg-type]
    assert await changes_after(store, 0) == []
    assert await number_all(store, "next") == 2
    assert [each.seq for each in await changes_after(store, 0)] == [1, 2]


async def test_many_changes_are_numbered_a_part_at_a_time_and_followed_from_any_number(store: Store) -> None:
    async def work(unit: Unit) -> None:
        for number in range(AT_ONCE + 10):
            unit.note(Change(f"Store:{number}", "store.changed"))

    await execute(store, (Turns,), work)
    assert [await number_changes(store, "one") for _ in range(3)] == [AT_ONCE, 10, 0]
    assert [each.seq for each in await changes_after(store, AT_ONCE, 3)] == [AT_ONCE + 1, AT_ONCE + 2, AT_ONCE + 3]
    assert [each.key for each in await changes_after(store, 0, 3)] == ["Store:0", "Store:1", "Store:2"]


async def test_only_what_is_numbered_is_forgotten_and_a_follower_who_missed_it_can_tell(store: Store) -> None:
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert await ends(store) == Ends(None, 0)
    await change(store, "a")
    assert await forget_changes(store, later) == 0
    await number_all(store)
    assert await ends(store) == Ends(1, 1)
    assert await forget_changes(store, later) == 1
    await change(store, "a")
    await number_all(store)
    kept = await ends(store)
    assert kept == Ends(2, 2)
    assert [kept.hold(after) for after in (0, 1, 2)] == [False, True, True]


def test_the_relay_is_quick_while_changes_come_and_slows_down() -> None:
    assert next_pause(IDLE_SECONDS, 3) == BUSY_SECONDS
    pauses = [BUSY_SECONDS]
    for _ in range(10):
        pauses.append(next_pause(pauses[-1], 0))
    assert pauses == sorted(pauses)
    assert pauses[-1] == IDLE_SECONDS
    assert next_pause(BUSY_SECONDS, None) == ELSEWHERE_SECONDS
