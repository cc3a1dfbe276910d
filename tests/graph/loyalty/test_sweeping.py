"""What happens to points by itself is posted once, whoever does it and however many at once; changes say whose it was."""

from __future__ import annotations

import asyncio

import pytest

from graph.loyalty.sweeping import settle_due
from graph.store import Store
from tests.graph.loyalty.accounts import account, bought, customer, entries, expire

pytestmark = pytest.mark.anyio
CHANGES = "MATCH (e:OutboxEntry {type: 'points.changed'}) RETURN e.key, e.refs ORDER BY e.id"


async def test_points_become_usable_and_expire_once_whoever_looks_for_them(graph: Store) -> None:
    await bought(graph, "S-1", 10_000, time="2026-11-29T03:00:00Z")
    assert await settle_due(graph) == 0

    await expire(graph, account(), active=False)
    await asyncio.gather(*(settle_due(graph) for _ in range(4)))
    assert await entries(graph, account()) == [["EARN", 0, 100], ["ACTIVATE", 100, -100]]
    await expire(graph, account())
    await asyncio.gather(*(settle_due(graph) for _ in range(4)))
    assert await entries(graph, account()) == [["EARN", 0, 100], ["ACTIVATE", 100, -100], ["EXPIRE", -100, 0]]
    assert await settle_due(graph) == 0


async def test_each_change_of_an_account_names_it_and_its_customer(graph: Store) -> None:
    await bought(graph, "S-2", 10_000)
    whose = (await customer(graph)).id
    assert await graph.read(CHANGES) == [[f"LoyaltyAccount:{account()}", [f"LoyaltyAccount:{account()}", f"Customer:{whose}"]]]
