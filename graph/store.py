"""The one door to Neo4j: reads, managed writes and health, with every driver error turned into the project's own."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, LiteralString, Protocol, TypeVar

import neo4j
from neo4j.exceptions import ConfigurationError, ConstraintError, DriverError, Neo4jError, TransientError

from graph.driver_errors import TOO_LATE, contended, lacks_memory, own_errors, passing, translated
from graph.errors import InvalidInput, ServiceUnavailable
from graph.waiting import seconds_left

if TYPE_CHECKING:
    from graph.free_space import Room

T = TypeVar("T")

CHECK_SECONDS = 1.5
"""For a health check, which whoever asks may give up after 2 seconds."""
READ_SECONDS = 15.0
WRITE_SECONDS = 60.0
SERVER_SHARE = 0.8
"""The part of a write's time after which the database itself ends it, so that one too large is told from one unanswered."""
READ_ATTEMPTS = 3
WRITE_ATTEMPTS = 8
SCHEMES = ("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")
WRONG_ADDRESS = "The address of Neo4j must look like bolt://host:7687 or neo4j://host:7687."
NOTHING: Mapping[str, Any] = {}
LANGUAGE: LiteralString = "CYPHER 25 "
"""Stands before each statement, since a database has a default of its own."""

# What the driver has to say becomes our errors; its own lines would repeat it, in its words, beside ours.
logging.getLogger("neo4j").setLevel(logging.CRITICAL)

POOL_CONNECTIONS = 100
DRIVER_SETTINGS: dict[str, Any] = {
    "max_connection_pool_size": POOL_CONNECTIONS,
    "connection_timeout": 3,
    "connection_acquisition_timeout": 2,
    "max_transaction_retry_time": 5,
    "liveness_check_timeout": 30,
    # The first of the doubling pauses between two runs of a write: a deadlock is over sooner than the usual second.
    "initial_retry_delay": 0.1,
    "telemetry_disabled": True,
    "notifications_min_severity": "OFF",
    "user_agent": "customer360",
}


class Reader(Protocol):
    """Whoever answers one statement that only reads: the store, or a transaction, which sees what it has written."""

    async def read(self, statement: LiteralString, parameters: Mapping[str, Any] = NOTHING) -> list[list[Any]]: ...


class Transaction(Reader, Protocol):
    """One write transaction; rows come as lists. A statement finds its parameters in the one map `$p`."""

    async def run(self, statement: LiteralString, parameters: Mapping[str, Any] = NOTHING) -> list[list[Any]]: ...


class _ManagedTransaction:
    def __init__(self, transaction: neo4j.AsyncManagedTransaction) -> None:
        self._transaction = transaction

    async def run(self, statement: LiteralString, parameters: Mapping[str, Any] = NOTHING) -> list[list[Any]]:
        try:
            result = await self._transaction.run(LANGUAGE + statement, in_one_map(parameters))
            return await result.values()
        except Neo4jError as error:
            if lacks_memory(error):
                raise translated(error) from None
            raise

    read = run


class Store:
    """One driver for the process. Opening connects to nothing; `check` tells whether the database answers."""

    def __init__(self, driver: neo4j.AsyncDriver, database: str, *, routed: bool, room: Room | None = None) -> None:
        self._driver = driver
        self.room = room
        self._database = database
        # In a cluster, who wrote reads their write from any member.
        self._bookmarks = neo4j.AsyncGraphDatabase.bookmark_manager() if routed else None

    @classmethod
    async def open(cls, uri: str, user: str, password: str, database: str = "neo4j", room: Room | None = None) -> Store:
        """Return a store for `bolt://host:port` (one server) or `neo4j://...` (cluster or cloud).

        `room` is that of the database's disk, where it is one of this machine.
        """
        return cls(_driver(uri, user, password), database, routed=uri.startswith("neo4j"), room=room)

    @property
    def is_low(self) -> bool:
        """Whether the disk of the database has no room for anything new."""
        return self.room is not None and self.room.is_low

    def require_room(self) -> None:
        """Raise StorageFull where the disk of the database has no room for anything new."""
        if self.room is not None:
            self.room.require()

    async def move(self, uri: str, user: str, password: str) -> None:
        """Ask the one server at another address from now on; what is under way at the former one is given up."""
        former, self._driver = self._driver, _driver(uri, user, password)
        await former.close()

    async def close(self) -> None:
        await self._driver.close()

    async def read(
        self, statement: LiteralString, parameters: Mapping[str, Any] = NOTHING, *, seconds: float = READ_SECONDS
    ) -> list[list[Any]]:
        """Run one statement that only reads and return its rows; a passing failure is tried again, at most twice.

        The statement finds its parameters in the one map `$p`.
        """
        seconds = min(seconds, seconds_left())
        if seconds <= 0:
            raise ServiceUnavailable(TOO_LATE)
        query = neo4j.Query(LANGUAGE + statement, timeout=seconds)
        async with own_errors(seconds):
            for attempt in range(1, READ_ATTEMPTS + 1):
                try:
                    async with self._session(neo4j.READ_ACCESS) as session:
                        result = await session.run(query, in_one_map(parameters))
                        return await result.values()
                except (Neo4jError, DriverError) as error:
                    if attempt == READ_ATTEMPTS or not passing(error):
                        raise
        raise AssertionError("the last attempt returns or raises")

    async def write(self, work: Callable[[Transaction], Awaitable[T]], *, seconds: float = WRITE_SECONDS) -> T:
        """Run `work` in one managed write transaction and return its result once that is committed.

        `work` can run more than once (deadlock, lost connection, two writers that create one key), so it must
        have no effect outside its transaction. Raises StorageFull where the disk must not be written to any more.
        """
        self._require_reserve()
        seconds = min(seconds, seconds_left())
        if seconds <= 0:
            raise ServiceUnavailable(TOO_LATE)

        @neo4j.unit_of_work(timeout=seconds * SERVER_SHARE)
        async def managed(transaction: neo4j.AsyncManagedTransaction) -> T:
            return await work(_ManagedTransaction(transaction))

        async with own_errors(seconds):
            for attempt in range(1, WRITE_ATTEMPTS + 1):
                try:
                    async with self._session(neo4j.WRITE_ACCESS) as session:
                        return await session.execute_write(managed)
                except (ConstraintError, TransientError) as error:
                    # Two writers merged one new key: the other has it now, and the next run finds it. Or they took
                    # turns in deadlocks for as long as the driver tries: on a busy machine that is not for ever.
                    if attempt == WRITE_ATTEMPTS or not contended(error):
                        raise
        raise AssertionError("the last attempt returns or raises")

    async def check(self, *, seconds: float = CHECK_SECONDS) -> None:
        """Return when the database answers; raise ServiceUnavailable when it does not, within 2 seconds also if it hangs."""
        await self.read("RETURN 1", seconds=seconds)

    async def write_in_batches(self, statement: LiteralString, *, seconds: float) -> None:
        """Run a statement that commits on its own as it goes, by `CALL { } IN TRANSACTIONS`.

        What it has committed stays when it fails, so it must bear being run again.
        """
        self._require_reserve()
        async with own_errors(seconds), self._session(neo4j.WRITE_ACCESS) as session:
            await (await session.run(neo4j.Query(LANGUAGE + statement, timeout=seconds))).consume()

    def _require_reserve(self) -> None:
        if self.room is not None:
            self.room.require_reserve()

    def _session(self, access: str) -> neo4j.AsyncSession:
        return self._driver.session(  # pyright: ignore[reportUnknownMemberType]  (its settings are untyped)
            database=self._database, default_access_mode=access, fetch_size=-1, bookmark_manager=self._bookmarks
        )


def _driver(uri: str, user: str, password: str) -> neo4j.AsyncDriver:
    if not uri.startswith(SCHEMES):
        raise InvalidInput(WRONG_ADDRESS)
    try:
        return neo4j.AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]  (its settings are untyped)
            uri, auth=(user, password), **DRIVER_SETTINGS
        )
    except (ConfigurationError, ValueError):
        raise InvalidInput(WRONG_ADDRESS) from None


def in_one_map(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters as `$p`: Neo4j plans again for each order of magnitude of a text or list that is one of its own."""
    return {"p": dict(parameters)}
