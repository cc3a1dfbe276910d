"""Importing: drafts of files become events and are recorded in batches, by the same path as events over HTTP."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import islice

from graph.errors import InvalidInput
from graph.events.facts import Event
from graph.events.outcomes import REJECTED
from graph.identity.blocking import NOTHING_LISTED, ListedValues
from graph.identity.normalising.dates import TOKYO
from graph.imports.drafts import Draft
from graph.intake.reading import read_event
from graph.intake.record import LARGEST_BATCH, record
from graph.keys import receipt_key
from graph.store import Store

LARGEST_ROWS = 5_000
"""Rows of one transaction: orders with many lines make batches shorter, so that a transaction stays small."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row or event that was not taken: where it stands and why; nothing of what stands there."""

    file: str
    line: int
    entry: str
    code: str
    message: str
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of the import that is committed. `rows` are counted by entry of the mapping, `receipt` is the key of one
    that the graph now holds."""

    drafts: int
    rows: Mapping[str, int]
    outcomes: Sequence[str]
    rejects: Sequence[Reject]
    receipt: str | None


@dataclass(slots=True)
class _Part:
    """Drafts that are read: what can be recorded, and what cannot."""

    drafts: list[Draft] = field(default_factory=list[Draft])
    events: list[tuple[Draft, Event]] = field(default_factory=list[tuple[Draft, Event]])
    rejects: list[Reject] = field(default_factory=list[Reject])


async def import_drafts(
    store: Store,
    drafts: Iterator[Draft],
    digest_key: bytes,
    committed: Callable[[Batch], None],
    *,
    listed: ListedValues = NOTHING_LISTED,
    time_zone: tzinfo = TOKYO,
    dry_run: bool = False,
) -> None:
    """Record all drafts; `committed` is called after each commit, in order. The next part is read while one is written."""
    reading = asyncio.ensure_future(asyncio.to_thread(_read_part, drafts, digest_key, listed, time_zone))
    try:
        while (part := await reading).drafts:
            reading = asyncio.ensure_future(asyncio.to_thread(_read_part, drafts, digest_key, listed, time_zone))
            committed(await _record_part(store, part, dry_run))
    finally:
        # A thread cannot be cancelled: whoever closes the drafts must not find it at work on them.
        await asyncio.wait([reading])


def count_rows(drafts: Iterable[Draft]) -> Counter[str]:
    """Return how many rows of each entry the drafts took."""
    rows: Counter[str] = Counter()
    for draft in drafts:
        rows[draft.rule] += draft.rows
    return rows


def _read_part(drafts: Iterator[Draft], digest_key: bytes, listed: ListedValues, time_zone: tzinfo) -> _Part:
    part, rows = _Part(), 0
    for draft in islice(drafts, LARGEST_BATCH):
        part.drafts.append(draft)
        try:
            if draft.event is None:
                part.rejects.append(_reject(draft, "UNREADABLE_ROW", draft.problem or ""))
            else:
                part.events.append((draft, read_event(draft.event, digest_key, listed, time_zone)))
        except InvalidInput as problem:
            part.rejects.append(_reject(draft, problem.code, problem.message, problem.pointer))
        rows += draft.rows
        if rows >= LARGEST_ROWS:
            break
    return part


async def _record_part(store: Store, part: _Part, dry_run: bool) -> Batch:
    receipts = await record(store, [event for _, event in part.events], dry_run=dry_run) if part.events else []
    rejects, kept = list(part.rejects), None
    for (draft, event), receipt in zip(part.events, receipts, strict=True):
        if receipt.error is not None:
            rejects.append(_reject(draft, receipt.error.code, receipt.error.message, receipt.error.pointer))
        else:
            kept = receipt_key(event.source, event.id)
    return Batch(
        drafts=len(part.drafts),
        rows=count_rows(part.drafts),
        outcomes=[receipt.outcome for receipt in receipts] + [REJECTED] * len(part.rejects),
        rejects=sorted(rejects, key=lambda reject: (reject.file, reject.line)),
        receipt=kept,
    )


def _reject(draft: Draft, code: str, message: str, pointer: str | None = None) -> Reject:
    return Reject(draft.file, draft.line, draft.rule, code, message, pointer)
