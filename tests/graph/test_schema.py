"""Migrations on a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.schema import migrations, require_current

if TYPE_CHECKING:
    from graph.store import Store

pytestmark = pytest.mark.anyio


async def test_a_migrated_graph_is_current(store: Store) -> None:
    await require_current(store)
    names = [name for [name] in await store.read("MATCH (m:Migration) RETURN m.name ORDER BY m.name")]
    assert names == [migration.name for migration in migrations()]
