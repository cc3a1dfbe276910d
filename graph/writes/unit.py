"""The unit of work: one transaction in which nodes are locked in one order, changed in memory, and written by one flush."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar, LiteralString, TypeAlias, TypeVar, cast

from graph.store import Store, Transaction
from graph.writes.batching import in_turn
from graph.writes.changes import WRITE_CHANGES, Change, change_rows
from graph.writes.dry_run import write_or_roll_back
from graph.writes.lock_order import LOCK_ORDER, Label

Step: TypeAlias = tuple[LiteralString, Mapping[str, Any]]
Wants: TypeAlias = dict[Label, dict[str, Any]]
"""Label -> key -> what its locking statement unwinds. It outlives a restart: the next attempt locks all of it at once."""
T = TypeVar("T")
N = TypeVar("N", bound="Nodes")
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


class Nodes:
    """The nodes of one noun in a unit: how they are locked and taken in, and what is written of them.

    LOCKS: label -> a statement over `$p.<Label>` that locks and returns rows `label, row`, the row's first item being
    the node's key. WRITES: statements over lists of `rows()`, run as one statement with those of all nouns.
    """

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {}
    WRITES: ClassVar[tuple[LiteralString, ...]] = ()

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def take_in(self, label: Label, row: list[Any]) -> None:
        """Keep what was locked; it may want more."""

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        """Return the lists that WRITES work on, by name."""
        return {}

    def before(self) -> Iterable[Step]:
        """Yield the rare statements that must run before WRITES, each with its parameters."""
        return ()

    def after(self) -> Iterable[Step]:
        """Yield the rare statements that need what WRITES wrote."""
        return ()


class Unit:
    """One attempt at a transaction. `of(Noun)` is where a noun keeps its nodes."""

    def __init__(self, transaction: Transaction, nouns: Sequence[type[Nodes]], wants: Wants) -> None:
        self.transaction = transaction
        self.now = datetime.now(UTC).strftime(TIME)
        self.changes: list[Change] = []
        self._nouns = tuple(nouns)
        self._wants = wants
        self._nodes = {noun: noun(self) for noun in nouns}
        self._keepers: dict[Label, Nodes] = {label: self._nodes[noun] for noun in nouns for label in noun.LOCKS}
        self._looked_for: dict[Label, set[str]] = {label: set() for label in self._keepers}

    def of(self, noun: type[N]) -> N:
        """Return the nodes of one noun."""
        return cast("N", self._nodes[noun])

    def want(self, label: Label, keys: Iterable[str], row: Callable[[str], Any] | None = None) -> None:
        """Ask `lock` for the nodes of these keys; `row(key)` is what the locking statement unwinds, else the key itself."""
        wanted = self._wants.setdefault(label, {})
        for key in keys:
            if key not in wanted:
                wanted[key] = row(key) if row else key

    def look_again(self, label: Label, keys: Iterable[str]) -> None:
        """Let keys that were not there when they were looked for be looked for again."""
        self._looked_for[label].difference_update(keys)

    async def lock(self) -> None:
        """Lock and load what is wanted and all that this brings in, until nothing is new."""
        statement = locking(self._nouns)
        while any((wanted := self._not_looked_for()).values()):
            for label, rows in await self.transaction.run(statement, wanted):
                for row in rows:
                    self._looked_for[label].add(row[0])
                    self._keepers[label].take_in(label, row)

    def note(self, change: Change) -> None:
        """Record what changed and for whom; it is written in the same transaction."""
        self.changes.append(change)

    async def flush(self) -> None:
        """Write everything that changed: the only place that does."""
        for noun in self._nouns:
            await self._run(self._nodes[noun].before())
        rows = {name: listed for noun in self._nouns for name, listed in self._nodes[noun].rows().items()}
        rows["changes"] = change_rows(self.changes, self.now)
        if any(rows.values()):
            await self.transaction.run(writing(self._nouns), {**rows, "now": self.now})
        for noun in self._nouns:
            await self._run(self._nodes[noun].after())

    async def _run(self, steps: Iterable[Step]) -> None:
        for statement, parameters in steps:
            await self.transaction.run(statement, parameters)

    def _not_looked_for(self) -> dict[str, list[Any]]:
        """Return the new wants by label, each list in the order of its keys, and note that they are looked for."""
        found: dict[str, list[Any]] = {}
        for label, looked_for in self._looked_for.items():
            wanted = self._wants.get(label, {})
            new = sorted(wanted.keys() - looked_for)
            found[label] = [wanted[key] for key in new]
            looked_for.update(new)
        return found


@cache
def locking(nouns: tuple[type[Nodes], ...]) -> LiteralString:
    """Return the one statement that locks the nodes of these nouns, in the stated order of labels.

    Its rows are few, a label with all its nodes each: the driver spends more on a row than on what is in it.
    """
    parts: dict[Label, LiteralString] = {}
    for noun in nouns:
        parts.update(noun.LOCKS)
    return "\nUNION ALL\n".join(
        ["CALL () {" + parts[label] + "} RETURN label, COLLECT(row) AS rows" for label in LOCK_ORDER if label in parts]
    )


@cache
def writing(nouns: tuple[type[Nodes], ...]) -> LiteralString:
    """Return the one statement that writes what most transactions write of these nouns."""
    parts: list[LiteralString] = []
    for noun in nouns:
        parts.extend(noun.WRITES)
    return in_turn(*parts, WRITE_CHANGES)


async def execute(
    store: Store, nouns: Sequence[type[Nodes]], work: Callable[[Unit], Awaitable[T]], *, dry_run: bool = False
) -> T:
    """Return what `work` returns once everything that it changed is committed, or with `dry_run` rolled back.

    `work` runs again after a deadlock, with every key that was known by then locked in one sorted pass, so it must have
    no effect outside its unit.
    """
    wants: Wants = {}

    async def attempt(transaction: Transaction) -> T:
        unit = Unit(transaction, nouns, wants)
        result = await work(unit)
        await unit.flush()
        return result

    return await write_or_roll_back(store, attempt, dry_run=dry_run)


async def plan_writes(store: Store, nouns: Sequence[type[Nodes]]) -> None:
    """Have the database plan what most units of these nouns run, for most of a second, before the first is waited for."""

    async def nothing(transaction: Transaction) -> None:
        for statement in (locking(tuple(nouns)), writing(tuple(nouns))):
            await transaction.run(statement)

    await write_or_roll_back(store, nothing, dry_run=True)
