"""A programme that a company saves: kept as versions, read as it was kept, taken up by every process."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.loyalty.programme import EarnRule, Programme, Rank
from graph.loyalty.programme_text import programme_of, programme_text
from graph.loyalty.programme_versions import save, take_up
from graph.loyalty.programmes import NO_RULES, current, programme_at, use_programmes
from graph.store import Store
from tests.graph.loyalty.standings import BASE, JULY, programme

pytestmark = pytest.mark.anyio
some = st.none() | st.frozensets(st.text(max_size=5), max_size=3)
day = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
rules = st.builds(
    EarnRule, st.text(max_size=5), st.integers(1, 500), st.integers(0, 50), day, day, *[some] * 7, st.booleans()
)  # fmt: skip


@given(st.lists(rules, max_size=4), st.lists(st.builds(Rank, st.text(max_size=5), st.integers(0))), st.frozensets(st.text()))
def test_a_programme_is_read_as_it_was_kept(told: list[EarnRule], ranks: list[Rank], sources: frozenset[str]) -> None:
    kept = Programme(3, "2026", "Asia/Tokyo", "JPY", 14, 365, 30, sources, tuple(ranks), tuple(told))
    assert programme_of(3, "2026", programme_text(kept)) == kept


async def test_what_is_saved_twice_is_one_version_and_all_versions_are_taken_up(graph: Store) -> None:
    use_programmes([])
    assert (current(), programme_at("2026")) == (NO_RULES, NO_RULES)
    assert [await save(graph, programme(BASE)), await save(graph, programme(BASE)), await save(graph, programme(BASE, JULY))] == [
        True, False, True,
    ]  # fmt: skip
    assert (await take_up(graph), await take_up(graph)) == (True, False)
    assert (current().number, current().rules) == (2, (BASE, JULY))
    assert programme_at("2026-01-01T00:00:00.000000Z").rules == (BASE,), "what is older than all versions is of the first"
