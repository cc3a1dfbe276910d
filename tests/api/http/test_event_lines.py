"""NDJSON in pieces: wherever the pieces are cut, the same lines come out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.http.body_limit import BodyTooLarge
from api.http.event_lines import CHUNK_BYTES, chunks
from graph.events.invalid import InvalidJson

LONGEST = 10 * CHUNK_BYTES


async def pieces(data: bytes, cuts: Sequence[int]) -> AsyncIterator[bytes]:
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    for start, end in pairwise(edges):
        yield data[start:end]


async def gathered(data: bytes, cuts: Sequence[int] = (), longest: int = LONGEST) -> list[list[object]]:
    return [chunk async for chunk in chunks(pieces(data, cuts), longest)]


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.text(), st.text(), max_size=2), max_size=6), st.lists(st.integers(0, 200), max_size=6))
async def test_lines_come_out_whole_wherever_the_stream_is_cut(values: list[dict[str, str]], cuts: list[int]) -> None:
    data = b"\n".join(json.dumps(value).encode() for value in values)
    assert [line for chunk in await gathered(data, cuts) for line in chunk] == values


async def test_chunks_hold_at_most_a_thousand_lines() -> None:
    assert [len(chunk) for chunk in await gathered(b"{}\n" * 2_500)] == [1000, 1000, 500]


async def test_chunks_of_long_lines_hold_fewer() -> None:
    line = b'"' + b"x" * (CHUNK_BYTES // 2) + b'"\n'
    assert [len(chunk) for chunk in await gathered(line * 5)] == [2, 2, 1]


async def test_a_line_that_is_no_json_is_told_by_its_number_and_blank_lines_count() -> None:
    [[first, broken, last]] = await gathered(b"{}\r\n\r\n{nope\n{}")
    assert (first, last) == ({}, {})
    assert isinstance(broken, InvalidJson)
    assert "Line 3" in broken.message


@pytest.mark.parametrize("cuts", [(), (5, 10, 15), tuple(range(40))])
async def test_a_line_that_is_too_long_is_refused_before_it_is_whole(cuts: tuple[int, ...]) -> None:
    with pytest.raises(BodyTooLarge, match="Line 2"):
        await gathered(b"{}\n" + b"x" * 30, cuts, longest=20)
