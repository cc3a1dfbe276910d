"""Ids of identifiers: nobody computes a number from the id of what they see masked, and an id stays the same."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.keys import identifier_id
from resolvers.engine import cursors, ids
from resolvers.engine.opaque import unpack
from resolvers.engine.sealing import KEY_BYTES, Seal, seal, use_key

RAW = identifier_id("PHONE::+819012340001")


@pytest.fixture(autouse=True)
def key_of_an_installation() -> Iterator[None]:
    use_key(os.urandom(KEY_BYTES))
    yield
    use_key(bytes(KEY_BYTES))


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES))
def test_what_is_sealed_opens_to_the_same(raw: bytes, key: bytes) -> None:
    assert Seal(key).open(Seal(key).close(raw.hex())) == raw.hex()


def test_an_id_tells_nothing_that_could_be_computed_from_the_number() -> None:
    told = unpack(ids.encode("Identifier", RAW)) or ""
    assert RAW not in told
    assert ids.decode(ids.encode("Identifier", RAW)).raw == RAW
    assert ids.encode("Identifier", RAW) == ids.encode("Identifier", RAW)


def test_a_cursor_of_identifiers_tells_nothing_either() -> None:
    cursor = cursors.encode("identifiers", f"PHONE:{RAW}")
    assert RAW not in (unpack(cursor) or "")
    assert cursors.decode("identifiers", cursor) == f"PHONE:{RAW}"


@pytest.mark.parametrize("text", ["", "x", "日本", "00", RAW.upper(), RAW + "00"])
def test_what_is_no_id_of_the_graph_passes(text: str) -> None:
    assert seal().close(text) == text
    assert seal().open(text) == text


def test_another_installation_has_other_ids() -> None:
    first = ids.encode("Identifier", RAW)
    use_key(os.urandom(KEY_BYTES))
    assert ids.encode("Identifier", RAW) != first
    assert ids.decode(first).raw != RAW
