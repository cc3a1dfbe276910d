"""Ids and cursors: opaque both ways, and nothing else gets in."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidInput
from resolvers.engine import cursors, ids

NAMES = st.from_regex(r"[A-Z][A-Za-z]{0,20}", fullmatch=True)
KEYS = st.text(st.characters(codec="utf-8"), min_size=1)


@given(NAMES, KEYS)
def test_an_id_comes_back_as_it_was(type_name: str, raw: str) -> None:
    assert ids.decode(ids.encode(type_name, raw)) == (type_name, raw)


@given(st.text())
def test_any_other_text_is_refused_or_means_the_one_thing_it_encodes(text: str) -> None:
    node_id = None
    with suppress(InvalidInput):
        node_id = ids.decode(text)
    assert node_id is None or ids.encode(*node_id) == text.rstrip("=")


@given(NAMES, KEYS)
def test_a_cursor_comes_back_as_it_was(name: str, key: str) -> None:
    assert cursors.decode(name, cursors.encode(name, key)) == key


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "MTA", "日本", "\ud800", cursors.encode("orders", "k")])
def test_a_cursor_that_this_list_did_not_give_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInput, match="cursor"):
        cursors.decode("timeline", cursor)


@pytest.mark.parametrize(("first", "size"), [(None, 20), (0, 0), (1, 1), (100, 100)])
def test_a_page_has_0_to_100_edges_and_20_unless_told(first: int | None, size: int) -> None:
    assert cursors.page_size(first) == size


@pytest.mark.parametrize("first", [-1, 101, 100_000])
def test_another_size_is_refused(first: int) -> None:
    with pytest.raises(InvalidInput, match="first"):
        cursors.page_size(first)


def test_an_id_of_another_type_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Store"):
        ids.decode_as("Store", ids.encode("Order", "1"))
