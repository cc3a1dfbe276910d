"""The read audit's share of a customer view: how long an answer waits for its record, in a folder that is memory.

What is noted while a row is projected is a part of the view itself here, since it cannot be left out.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from api.http.answering import Answering
from api.http.budgets import Budgets
from api.http.bulk_reading import BulkReading
from api.http.documents import Documents
from bench import view
from bench.figures import Figure, median_ms
from bench.statements import OPERATOR
from graph.audit.entry import Entry
from graph.audit.journal import Journal
from graph.changes.feed import Feed
from graph.store import Store
from resolvers.live.following import Following

WARM_UP, ROUNDS, TARGET = 100, 600, 0.10
_SHARED = Path("/dev/shm")  # noqa: S108  (a folder of its own is made in it)
MEMORY = _SHARED if _SHARED.is_dir() else None
NO_LIMIT = 10**9


@dataclass(slots=True)
class TimedJournal(Journal):
    """A journal that notes how long it keeps answers waiting."""

    spent: list[float] = field(default_factory=list[float])

    async def record(self, entry: Entry) -> None:
        began = time.perf_counter()
        await Journal.record(self, entry)
        self.spent.append(time.perf_counter() - began)


async def time_audit(store: Store, ids: Sequence[str]) -> Figure:
    """Return the part of a view's median, asked in this process, for which it waits for its record."""
    views: list[float] = []
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        journal = TimedJournal(Path(folder) / "audit", "bench", bytes(32))
        answering = Answering(store, journal, BulkReading(), Budgets(NO_LIMIT), Documents(), Following(store, Feed(store)))
        for turn in range(WARM_UP + ROUNDS):
            variables = {"id": view.node_id("Customer", ids[turn % len(ids)])}
            began = time.perf_counter()
            await answering.execute(view.QUERY, variables, None, OPERATOR, only_read=False)
            views.append(time.perf_counter() - began)
        await journal.close()
    share = median_ms(journal.spent[WARM_UP:]) / median_ms(views[WARM_UP:])
    return Figure("audit_share", share, "", target=TARGET, ok=share <= TARGET)
