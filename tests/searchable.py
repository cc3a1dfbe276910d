"""The text indexes follow a commit by a moment: a test that searches for what it has just written waits for them."""

from __future__ import annotations

from graph.store import Store

AWAIT_INDEXES = "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()"


async def until_searchable(store: Store) -> None:
    """Return when everything that is committed can be found by its text."""
    await store.read(AWAIT_INDEXES)
