"""Brings a graph to the schema of this program: ordered, recorded migrations, one runner at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, LiteralString, cast

from graph.errors import GraphNotMigrated, GraphTooNew, ServiceUnavailable, StatementFailed
from graph.store import READ_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.store import Store, Transaction

MIGRATION_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its name without the ending, a checksum of its statements, and the statements in order."""

    name: str
    checksum: str
    statements: tuple[LiteralString, ...]


def migrations() -> tuple[Migration, ...]:
    """Return the migrations of this program in the order of their numbers."""
    files = sorted(
        (file for file in resources.files("graph.migrations").iterdir() if file.name.endswith(".cypher")),
        key=lambda file: file.name,
    )
    return tuple(read_migration(file.name.removesuffix(".cypher"), file.read_text("utf-8")) for file in files)


def read_migration(name: str, text: str) -> Migration:
    """Return the migration that `text` describes: comment lines left out, a `;` at the end of a line ends a statement."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("//")]
    parts = [part.strip() for part in re.split(r";[ \t]*(?:\n|$)", "\n".join(lines))]
    # The text comes with the program, so it is as literal as a constant in the code.
    statements = cast("tuple[LiteralString, ...]", tuple(part for part in parts if part))
    return Migration(name, sha256(";\n".join(statements).encode()).hexdigest()[:16], statements)


async def migrate(store: Store, known: Sequence[Migration] | None = None) -> list[str]:
    """Apply what is missing, in order, and return the names applied. A second runner waits for the first.

    Raises GraphTooNew if the graph was migrated by a newer program.
    """
    wanted = migrations() if known is None else known
    if not await _missing(store, wanted):
        return []
    await _prepare(store)

    async def hold_lock_and_apply(transaction: Transaction) -> list[str]:
        await _take_lock(transaction)
        missing = await _missing(store, wanted)
        for migration in missing:
            await _apply(store, migration)
        return [migration.name for migration in missing]

    return await store.write(hold_lock_and_apply, seconds=MIGRATION_SECONDS)


async def require_current(store: Store, known: Sequence[Migration] | None = None, *, seconds: float = READ_SECONDS) -> None:
    """Raise GraphNotMigrated or GraphTooNew unless the graph has exactly the schema of this program."""
    missing = await _missing(store, migrations() if known is None else known, seconds)
    if missing:
        names = ", ".join(migration.name for migration in missing)
        raise GraphNotMigrated(f"The graph lacks migrations ({names}). Run: customer360 migrate")


DEFAULT_LANGUAGE = "SHOW DATABASES YIELD name, defaultLanguage WHERE name = $p.name RETURN DISTINCT defaultLanguage"


async def default_language(store: Store, database: str) -> str | None:
    """Return the language of statements that name none in this database, as the store writes it; None if it may not be known."""
    try:
        rows = await store.read(DEFAULT_LANGUAGE, {"name": database})
    except StatementFailed:
        return None
    return rows[0][0] if rows else None


# (:Migration {name, checksum, applied_at})
RECORDED = "MATCH (m:Migration) RETURN m.name, m.checksum ORDER BY m.name"


async def _missing(store: Store, known: Sequence[Migration], seconds: float = READ_SECONDS) -> list[Migration]:
    recorded: dict[str, str] = dict(await store.read(RECORDED, seconds=seconds))
    checksums = {migration.name: migration.checksum for migration in known}
    foreign = sorted(name for name, checksum in recorded.items() if checksums.get(name) != checksum)
    if foreign:
        raise GraphTooNew(
            f"The graph was migrated by another version of customer360 ({', '.join(foreign)}). "
            "Run the version that migrated it, or a newer one."
        )
    return [migration for migration in known if migration.name not in recorded]


PREPARE = (
    "CREATE CONSTRAINT migration_name IF NOT EXISTS FOR (n:Migration) REQUIRE n.name IS UNIQUE",
    "CREATE CONSTRAINT migration_lock_name IF NOT EXISTS FOR (n:MigrationLock) REQUIRE n.name IS UNIQUE",
)


async def _prepare(store: Store) -> None:
    for statement in PREPARE:
        await _run_alone(store, statement)


# (:MigrationLock {name}): writing it holds its lock until the transaction ends, also if the runner dies
TAKE_LOCK = "MERGE (l:MigrationLock {name: 'runner'}) SET l.taken_at = datetime()"


async def _take_lock(transaction: Transaction) -> None:
    await transaction.run(TAKE_LOCK)


# (:Migration {name, checksum, applied_at})
RECORD = "MERGE (m:Migration {name: $p.name}) SET m.checksum = $p.checksum, m.applied_at = datetime()"
AWAIT_INDEXES = "CALL db.awaitIndexes(3600)"
FAILED_INDEXES = "SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name"


IN_BATCHES = re.compile(r"\bIN\s+TRANSACTIONS\b")


async def _apply(store: Store, migration: Migration) -> None:
    # Neo4j does not mix changes of schema and of data in one transaction, so each statement has its own.
    for statement in migration.statements:
        if IN_BATCHES.search(statement):
            await store.write_in_batches(statement, seconds=MIGRATION_SECONDS)
        else:
            await _run_alone(store, statement)
    await _run_alone(store, AWAIT_INDEXES)
    failed = [name for [name] in await store.read(FAILED_INDEXES)]
    if failed:
        raise ServiceUnavailable(f"Neo4j could not build these indexes: {', '.join(failed)}. Its log says why.")

    async def record(transaction: Transaction) -> None:
        await transaction.run(RECORD, {"name": migration.name, "checksum": migration.checksum})

    await store.write(record)


async def _run_alone(store: Store, statement: LiteralString) -> None:
    async def run(transaction: Transaction) -> None:
        await transaction.run(statement)

    await store.write(run, seconds=MIGRATION_SECONDS)
