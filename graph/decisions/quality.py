"""How well identity does, in counts of the whole graph: sizes of customers, what waits for how long, what people answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, LiteralString

from graph.store import Store
from graph.waiting import to_its_end
from graph.writes.unit import TIME

AT_ONCE = 10_000

# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord)
SIZES: LiteralString = """
MATCH (c:Customer) WHERE c.id > $p.after
WITH c ORDER BY c.id LIMIT $p.limit
RETURN c.id, COUNT { (c)<-[:RESOLVES_TO]-(:SourceRecord) }
"""
LINKS: LiteralString = """
MATCH (d:Decision) WHERE d.id > $p.after
WITH d ORDER BY d.id LIMIT $p.limit
RETURN d.id, d.rule, d.actor = 'system' AND d.undone_by IS NULL AND d.from_customer IS NULL, d.answered, d.undone_by IS NULL
"""
WAITING: LiteralString = """
MATCH (m:MatchCandidate) USING INDEX SEEK m:MatchCandidate(status, id)
WHERE m.status = 'OPEN' AND m.id > $p.after
WITH m ORDER BY m.status, m.id LIMIT $p.limit
RETURN m.id, m.reason, m.created_at, m.deferred_until > $p.now
"""
AGES: Mapping[str, timedelta] = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
OLDER = "older"


@dataclass(slots=True)
class Quality:
    """`sizes`: source records of a customer -> customers. `links`: rule -> source records that it linked when they came.

    `waiting`: (reason, age by `AGES` or `OLDER`) -> open candidates; `deferred` of them are put off. `answers`: (reason, same
    person or not) -> candidates that people have decided, without those that were taken back.
    """

    sizes: Counter[int] = field(default_factory=Counter[int])
    links: Counter[str] = field(default_factory=Counter[str])
    waiting: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    deferred: int = 0
    answers: Counter[tuple[str, bool]] = field(default_factory=Counter[tuple[str, bool]])


async def quality(store: Store, now: datetime) -> Quality:
    """Count the whole graph in pages, so that nothing waits for it."""
    found = Quality()
    async for _, size in _pages(store, SIZES):
        if size:
            found.sizes[size] += 1
    async for _, rule, linked, answered, stands in _pages(store, LINKS):
        if linked:
            found.links[rule] += 1
        if answered and stands:
            found.answers[answered, rule == "MERGED_BY_PERSON"] += 1
    async for _, reason, created, put_off in _pages(store, WAITING, now=now.strftime(TIME)):
        found.waiting[reason, age_of(created, now)] += 1
        found.deferred += bool(put_off)
    return found


def age_of(created: str | None, now: datetime) -> str:
    """Return how old something is; what does not say so is from before that was kept."""
    age = now - datetime.fromisoformat(created) if created else None
    return next((name for name, most in AGES.items() if age is not None and age <= most), OLDER)


async def _pages(store: Store, statement: LiteralString, **given: Any) -> AsyncIterator[list[Any]]:
    after = ""
    while rows := await to_its_end(store.read(statement, {**given, "after": after, "limit": AT_ONCE})):
        after = rows[-1][0]
        for row in rows:
            yield row
