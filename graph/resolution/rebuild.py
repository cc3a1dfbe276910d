"""Decide identity again for the whole graph, by the rules and the listed values of today, in bounded parts.

A part is one transaction that ends in the same conclusion as a batch of events, so events may arrive meanwhile, and a
rebuild that is cut short leaves every customer as one set of rules or the other makes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from datetime import tzinfo
from typing import Any, LiteralString

from graph.identity.blocking import ListedValues
from graph.identity.normalising.dates import TOKYO
from graph.resolution.counting import count_again
from graph.resolution.identifiers import IdentifierState
from graph.resolution.loading import record_state
from graph.resolution.people import People
from graph.resolution.rebuild_parts import IDENTIFIERS, READINGS, RECORDS, Changes, Part, Position, complete, decide_again
from graph.resolution.rekeying import REKEYED_NOUNS, STILL_USED, is_read_otherwise, rekey
from graph.resolution.rereading import read_again, reads_otherwise
from graph.resolution.revising import revise, to_be_revised
from graph.store import Store
from graph.writes.unit import Unit

PAGE = 200
"""Records of one part; with them come all that are connected with them."""
NODES_READ, IDENTIFIERS_REVISED = 5_000, 20

# (:Identifier), (:SourceRecord)
COUNT: LiteralString = "RETURN COUNT { (:Identifier) }, COUNT { (:SourceRecord) }"
NEXT_RECORDS: LiteralString = "MATCH (r:SourceRecord) WHERE r.key > $p.after RETURN r.key ORDER BY r.key LIMIT $p.limit"
NEXT_TOLD: LiteralString = (
    "MATCH (r:SourceRecord) WHERE r.key > $p.after RETURN r.key, properties(r) ORDER BY r.key LIMIT $p.limit"
)
NEXT_IDENTIFIERS: LiteralString = """
MATCH (i:Identifier) WHERE i.key > $p.after
RETURN i.key, i.kind, i.value, i.mobile, i.state, i.reason, i.ruled, i.given_names ORDER BY i.key LIMIT $p.limit
"""


async def count(store: Store) -> tuple[int, int]:
    """Return how many identifiers and how many source records there are."""
    [[identifiers, records]] = await store.read(COUNT)
    return identifiers, records


async def rebuild(
    store: Store, listed: ListedValues, begin: Position, *, zone: tzinfo = TOKYO, dry_run: bool = False, page: int = PAGE
) -> AsyncGenerator[Part]:
    """Yield each part once it is committed, or with `dry_run` rolled back; begun at a position, it goes on from there.

    `zone` is where the days of the business begin. A dry run decides by what is stored now, beside what its part changes.
    """
    if begin.phase == READINGS:
        async for part in _readings(store, listed, zone, begin.after, page=page, dry_run=dry_run):
            yield part
    if begin.phase != RECORDS:
        async for part in _identifiers(store, listed, begin.after if begin.phase == IDENTIFIERS else "", dry_run):
            yield part
    async for part in _records(store, begin.after if begin.phase == RECORDS else "", page, dry_run):
        yield part


async def _readings(
    store: Store, listed: ListedValues, zone: tzinfo, after: str, *, page: int, dry_run: bool
) -> AsyncGenerator[Part]:
    while rows := await store.read(NEXT_TOLD, {"after": after, "limit": NODES_READ}):
        stale = [key for key, told in rows if reads_otherwise(record_state(key, told, None), listed, zone)]
        changes = Changes()
        for start in range(0, len(stale), page):
            keys = stale[start : start + page]

            async def prepare(unit: Unit, keys: Sequence[str] = keys) -> Counter[str]:
                unit.of(People).want(records=keys)
                await unit.lock()
                await complete(unit)
                await read_again(unit, keys, listed, zone)
                await complete(unit)
                return Counter()

            changes.add(await decide_again(store, prepare, dry_run))
        after = rows[-1][0]
        yield Part(Position(READINGS, after), len(rows), changes)


async def _identifiers(store: Store, listed: ListedValues, after: str, dry_run: bool) -> AsyncGenerator[Part]:
    while rows := await store.read(NEXT_IDENTIFIERS, {"after": after, "limit": NODES_READ}):
        changes = Changes()
        moving = {key for key, kind, value, *_ in rows if is_read_otherwise(kind, value)}
        for key in sorted(moving):
            changes.add(await _rekey(store, key, listed, dry_run))
        stale = [found.key for found in map(_identifier, rows) if found.key not in moving and to_be_revised(listed, found)]
        for start in range(0, len(stale), IDENTIFIERS_REVISED):
            keys = stale[start : start + IDENTIFIERS_REVISED]

            async def prepare(unit: Unit, keys: Sequence[str] = keys) -> Counter[str]:
                unit.of(People).want(identifiers=keys)
                await unit.lock()
                await complete(unit)
                return Counter(
                    filter(None, [await revise(unit, key, listed) for key in keys if key in unit.of(People).identifiers])
                )

            changes.add(await decide_again(store, prepare, dry_run))
        after = rows[-1][0]
        yield Part(Position(IDENTIFIERS, after), len(rows), changes)


async def _rekey(store: Store, key: str, listed: ListedValues, dry_run: bool) -> Changes:
    """Have what hangs on an identifier follow what its value reads as, step by step."""

    async def prepare(unit: Unit) -> Counter[str]:
        await rekey(unit, key, listed)
        await complete(unit)
        return Counter()

    changes = await decide_again(store, prepare, dry_run, REKEYED_NOUNS)
    while not dry_run and await store.read(STILL_USED, {"key": key}):
        changes.add(await decide_again(store, prepare, dry_run, REKEYED_NOUNS))
    return changes


def _identifier(row: Sequence[Any]) -> IdentifierState:
    key, kind, value, mobile, state, reason, ruled, given_names = row
    return IdentifierState(key, kind, value, mobile, "", state, given_names=set(given_names), ruled=ruled, reason=reason)


async def _records(store: Store, after: str, page: int, dry_run: bool) -> AsyncGenerator[Part]:
    ahead: set[str] = set()
    while rows := await store.read(NEXT_RECORDS, {"after": after, "limit": page}):
        keys = [row[0] for row in rows if row[0] not in ahead]

        async def prepare(unit: Unit, keys: Sequence[str] = keys) -> Counter[str]:
            people = unit.of(People)
            people.want(records=keys)
            await unit.lock()
            await complete(unit)
            await count_again(unit.transaction, people.records)
            for record in people.records.values():
                record.identity_changed = True
            return Counter()

        changes = await decide_again(store, prepare, dry_run) if keys else Changes()
        after = rows[-1][0]
        # Whoever came along with a part need not be decided again when their own turn comes.
        ahead = {key for key in ahead | changes.seen if key > after}
        yield Part(Position(RECORDS, after), len(rows), changes)
