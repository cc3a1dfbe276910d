"""The read audit's share of a customer view: recorded in a folder that is memory, so that no disk is measured."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from api.http.answering import Answering
from api.http.budgets import Budgets
from api.http.bulk_reading import BulkReading
from api.http.documents import Documents
from bench import view
from bench.figures import Figure, median_ms
from bench.statements import OPERATOR
from graph.audit.journal import Journal
from graph.store import Store
from resolvers.execution import execute

WARM_UP, ROUNDS, TARGET = 100, 600, 0.10
_SHARED = Path("/dev/shm")  # noqa: S108  (a folder of its own is made in it)
MEMORY = _SHARED if _SHARED.is_dir() else None
NO_LIMIT = 10**9


async def time_audit(store: Store, ids: Sequence[str]) -> Figure:
    """Return how much longer a view takes in this process when it is recorded, as a part of the whole."""
    bare: list[float] = []
    recorded: list[float] = []
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        journal = Journal(Path(folder) / "audit", "bench", bytes(32))
        answering = Answering(store, journal, BulkReading(), Budgets(NO_LIMIT), Documents())
        for turn in range(WARM_UP + ROUNDS):
            variables = {"id": view.node_id("Customer", ids[turn % len(ids)])}
            began = time.perf_counter()
            await execute(store, view.QUERY, variables, None, OPERATOR)
            between = time.perf_counter()
            await answering.execute(view.QUERY, variables, None, OPERATOR, only_read=False)
            bare.append(between - began)
            recorded.append(time.perf_counter() - between)
        await journal.close()
    whole = median_ms(recorded[WARM_UP:])
    share = (whole - median_ms(bare[WARM_UP:])) / whole
    return Figure("audit_share", share, "", target=TARGET, ok=share <= TARGET)
