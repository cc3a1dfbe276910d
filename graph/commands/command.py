"""A command, and what carries it out: a repeat gets the first answer, a dry run the same answer and nothing is written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import orjson

from graph.commands.nodes import Commands
from graph.commands.turns import turn
from graph.errors import Conflict
from graph.keys import opaque
from graph.store import Reader, Store, Transaction
from graph.words import Sentence
from graph.writes.dry_run import write_or_roll_back
from graph.writes.unit import Nodes, Unit, Wants

T = TypeVar("T")
Answer: TypeAlias = dict[str, Any]
"""What was decided, as JSON knows it: ids and counts, never what an id stands for, which is read anew each time."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who sends a command and why.

    `client` is the app, `actor` the account of the person (the app's own where nobody stands behind it), `key` the
    idempotency key that the client chose, `reason` free text. `only` is the key of the source record of a customer who acts
    for themselves alone, empty where they have none; None for who acts for anybody. `roles` are those in which they send it.
    """

    client: str
    actor: str
    key: str
    reason: str = ""
    only: str | None = None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Command:
    """`request` is what JSON knows of what is asked, `nouns` are those whose nodes it locks and writes.

    `execute(unit, id)` does it; what it makes bears that id. It may run again, so it has no effect outside the unit.
    """

    author: Author
    kind: str
    request: object
    nouns: Sequence[type[Nodes]]
    execute: Callable[[Unit, str], Awaitable[Answer]]

    @property
    def digest(self) -> str:
        """What tells a repeat from another request under the same key."""
        request = orjson.dumps(self.request, option=orjson.OPT_SORT_KEYS).decode()
        return opaque(self.kind, self.author.actor, self.author.reason, request)


async def run(store: Store, command: Command, read: Callable[[Answer, Reader], Awaitable[T]], *, dry_run: bool = False) -> T:
    """Execute a command, or find its first answer, and return what `read` makes of that.

    `read` reads after the commit; in a dry run it reads in the transaction, which is rolled back then. Raises Conflict for
    another request under the same key, Overloaded for one dry run too many, StorageFull where nothing new is taken, and what
    `execute` raises; nothing is written then.
    """

    wants: Wants = {}

    async def attempt(transaction: Transaction) -> Answer:
        return await _answered(Unit(transaction, (Commands, *command.nouns), wants), command)

    async def tried(transaction: Transaction) -> T:
        return await read(await attempt(transaction), transaction)

    if dry_run:
        async with turn(store):
            return await write_or_roll_back(store, tried, dry_run=True)
    store.require_room()
    return await read(await store.write(attempt), store)


async def _answered(unit: Unit, command: Command) -> Answer:
    client, key = command.author.client, command.author.key
    own = unit.of(Commands)
    await own.lock(client, key)
    if own.digest is not None:
        if own.digest != command.digest:
            raise Conflict(Sentence("refusal.KEY_USED"), "/idempotencyKey")
        return orjson.loads(own.answer or "")
    answer = await command.execute(unit, own.id)
    kept = {"kind": command.kind, "actor": command.author.actor, "digest": command.digest}
    own.keep(client, key, **kept, answer=orjson.dumps(answer).decode())
    await unit.flush()
    return answer
