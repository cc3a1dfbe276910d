"""Which part of a found value was typed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.spans import name_spans, value_spans
from graph.search.terms import terms


@pytest.mark.parametrize(
    ("values", "typed", "marked"),
    [
        (["試験 花子"], "花子", ["花子"]),
        (["試験 花子 試"], "花子 試験", ["試験", "花子"]),
        (["渡邊 眞由美"], "渡辺真由美", ["渡邊 眞由美"]),
        (["渡邊 良 眞由美"], "真由美 渡辺", ["渡邊", "眞由美"]),
        (["シケン ハナコ"], "しけん", ["シケン"]),
        (["ﾜﾀﾅﾍﾞ ﾏﾕﾐ"], "わたなべ", ["ﾜﾀﾅﾍﾞ"]),
        (["シケン ハナコ"], "ﾊﾅｺ", ["ハナコ"]),
        (["試験 花子", "シケン ハナコ"], "hana", ["Hana"]),
        (["試験 裕子", "シケン ユウコ"], "yūko", ["Yuko"]),
        (["John O'Brien"], "o’brien", ["O'Brien"]),
        (["試験 花子", None], "別人", []),
        ([None], "何か", []),
    ],
)
def test_what_was_typed_of_a_name_is_marked_however_it_is_written(
    values: list[str | None], typed: str, marked: list[str]
) -> None:
    spans = name_spans(values, terms(typed).words)
    assert [text for text, is_typed in spans if is_typed] == marked


def test_of_an_identifier_all_or_its_first_or_last_letters_and_digits_were_typed() -> None:
    assert value_spans("+819055550101", exact=True) == [("+819055550101", True)]
    assert value_spans("+819055550101", exact=False, last=4) == [("+81905555", False), ("0101", True)]
    assert value_spans("+819055550101", exact=False, first=5) == [("+", False), ("81905", True), ("5550101", False)]
    assert value_spans("0101", exact=False, last=4) == [("0101", True)]


@given(st.text(min_size=1), st.text())
def test_the_pieces_are_the_value_and_no_two_neighbours_are_alike(value: str, typed: str) -> None:
    spans = name_spans([value], terms(typed).words)
    marks = [is_typed for _, is_typed in spans]
    assert all(one != other for one, other in itertools.pairwise(marks))
    if "".join(text for text, _ in spans) != value:
        assert any(marks), "another form of the name is shown only where that was typed"
