"""A chain of lines holds as it was written, and at no line that was changed, left out, doubled or put elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.audit.chain import BEGINNING, Broken, checked, linked
from tests.graph.audit.entries import KEY, entry, entry_of

COUNT = 5


def written(count: int = COUNT) -> list[bytes]:
    lines: list[bytes] = []
    before = BEGINNING
    for number in range(count):
        line, before = linked(KEY, before, entry(number).members())
        lines.append(line)
    return lines


def broken_at(lines: list[bytes], key: bytes = KEY) -> int | None:
    try:
        list(checked(key, lines))
    except Broken as broken:
        return broken.line
    return None


def test_what_was_written_is_read_again() -> None:
    assert [entry_of(members) for members, _ in checked(KEY, written())] == [entry(number) for number in range(COUNT)]


@given(st.integers(0, COUNT - 1), st.data())
def test_a_flipped_bit_is_told_with_its_line(place: int, data: st.DataObject) -> None:
    lines = written()
    at = data.draw(st.integers(0, len(lines[place]) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    lines[place] = lines[place][:at] + bytes([lines[place][at] ^ bit]) + lines[place][at + 1 :]
    assert broken_at(lines) == place + 1


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (lambda all_: all_[1:], 1),
        (lambda all_: [*all_[:2], *all_[3:]], 3),
        (lambda all_: [*all_[:2], all_[1], *all_[2:]], 3),
        (lambda all_: [all_[0], all_[2], all_[1], *all_[3:]], 2),
        (lambda all_: [all_[0].replace(b'":', b'": '), *all_[1:]], 1),
        (lambda all_: [b"\n", *all_], 1),
        (lambda all_: [b"[]\n", *all_], 1),
    ],
)  # fmt: skip
def test_a_line_that_is_gone_doubled_moved_or_written_by_others_breaks_the_chain(lines, line: int) -> None:  # type: ignore[no-untyped-def]
    assert broken_at(lines(written())) == line


def test_who_has_not_the_key_writes_no_line_that_holds() -> None:
    assert broken_at(written(), key=bytes(32)) == 1
