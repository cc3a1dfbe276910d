"""The unit of work: what it locks, what it writes, and that a run that starts again leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, LiteralString

import pytest

from graph.errors import Conflict
from graph.writes.changes import Change
from graph.writes.unit import Nodes, Unit, execute

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.store import Store
    from graph.writes.lock_order import Label
    from graph.writes.unit import Step

LOCK: LiteralString = """
UNWIND $p.Store AS id
MERGE (s:Store {id: id}) REMOVE s.lock WITH s
RETURN 'Store' AS label, [s.id, s.next] AS row
"""
NOTED = "MATCH (e:OutboxEntry) RETURN e.key, e.type, e.refs, e.fields, e.state ORDER BY e.id"


class Chain(Nodes):
    """Stores that name each other: each that is locked brings in the next."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Store": LOCK}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.locked: list[str] = []
        self.written: list[Step] = []

    def take_in(self, label: Label, row: list[Any]) -> None:
        self.locked.append(row[0])
        if row[1]:
            self.unit.want(label, (row[1],))

    def after(self) -> Iterable[Step]:
        return self.written


@pytest.fixture(autouse=True)
async def chain(store: Store) -> None:
    await store.write(lambda transaction: transaction.run("MATCH (e:OutboxEntry) DELETE e"))
    await store.write(
        lambda transaction: transaction.run(
            "UNWIND [['a', 'b'], ['b', 'c'], ['c', null], ['z', null]] AS pair MERGE (s:Store {id: pair[0]}) SET s.next = pair[1]"
        )
    )


async def test_what_is_locked_brings_in_what_it_names_each_once_in_the_order_of_keys(store: Store) -> None:
    async def work(unit: Unit) -> list[str]:
        unit.want("Store", ("z", "a"))
        await unit.lock()
        unit.want("Store", ("b",))
        await unit.lock()
        return unit.of(Chain).locked

    assert await execute(store, (Chain,), work) == ["a", "z", "b", "c"]


async def test_a_run_that_starts_again_locks_all_that_it_knew_in_one_pass(store: Store) -> None:
    passes: list[list[str]] = []

    async def work(unit: Unit) -> None:
        unit.want("Store", ("a",))
        await unit.lock()
        passes.append(unit.of(Chain).locked)
        if len(passes) == 1:
            # Two of one key: the database refuses, as it does when another writer was first.
            await unit.transaction.run("CREATE (:Store {id: 'twice'}), (:Store {id: 'twice'})")

    await execute(store, (Chain,), work)
    assert passes == [["a", "b", "c"], ["a", "b", "c"]]


async def test_what_is_noted_is_written_with_the_change_once_and_without_values(store: Store) -> None:
    change = Change("Store:a", "store.changed", ("Store:a",), ("name",))

    async def work(unit: Unit) -> None:
        unit.note(change)
        unit.note(change)

    await execute(store, (Chain,), work)
    assert await store.read(NOTED) == [["Store:a", "store.changed", ["Store:a"], ["name"], "NEW"]]


@pytest.mark.parametrize("dry_run", [True, False])
async def test_only_a_unit_that_is_committed_leaves_anything(store: Store, dry_run: bool) -> None:
    async def work(unit: Unit) -> str:
        unit.note(Change("Store:a", "store.changed"))
        unit.of(Chain).written.append(("MATCH (s:Store {id: 'a'}) SET s.seen = $p.how", {"how": str(dry_run)}))
        return "answer"

    async def failing(unit: Unit) -> None:
        await work(unit)
        raise Conflict("it was changed meanwhile")

    assert await execute(store, (Chain,), work, dry_run=dry_run) == "answer"
    with pytest.raises(Conflict):
        await execute(store, (Chain,), failing)
    seen = await store.read("MATCH (s:Store {id: 'a'}) RETURN s.seen, COUNT { (:OutboxEntry) }")
    assert seen == [[None, 0] if dry_run else ["False", 1]]
