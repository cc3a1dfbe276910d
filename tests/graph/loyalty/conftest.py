"""A graph without accounts, and a process that computes by one programme."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest

from graph.loyalty.programme import EarnRule
from graph.loyalty.programmes import use_programmes
from graph.store import Store
from tests.conftest import wipe
from tests.graph.loyalty.standings import programme

ALL = EarnRule("all", per=100, points=1)
GOLD = EarnRule("gold", per=100, points=2, ranks=frozenset({"GOLD"}), adds=True)
NEXT_YEAR = EarnRule("next", per=100, points=9, begins=date(2027, 1, 1), adds=True)


@pytest.fixture
async def graph(store: Store) -> AsyncIterator[Store]:
    await wipe(store)
    use_programmes([programme(ALL, GOLD, NEXT_YEAR, used_from=frozenset({"/shop"}))])
    yield store
    use_programmes([])
