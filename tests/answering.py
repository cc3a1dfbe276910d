"""The way from a door to the schema as a server has it, for tests that need no whole server."""

from __future__ import annotations

from pathlib import Path

from api.http.answering import Answering
from api.http.budgets import Budgets
from api.http.bulk_reading import BulkReading
from api.http.documents import Documents
from graph.audit.journal import Journal
from graph.changes.feed import Feed
from graph.store import Store
from resolvers.live.following import Following

PLENTY = 1_000_000
NO_DOCUMENTS = Documents()


def answering(store: Store, folder: Path, documents: Documents = NO_DOCUMENTS, budget: int = PLENTY) -> Answering:
    journal = Journal(folder / "audit", "test", bytes(32))
    return Answering(store, journal, BulkReading(), Budgets(budget), documents, Following(store, Feed(store)))
