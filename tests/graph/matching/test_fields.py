"""Mappings of evaluated data sets, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import InvalidInput
from graph.matching.fields import Declared, read_declared


def test_kinds_have_a_column_or_several() -> None:
    told = {"id": "no", "fields": {"given_name": "first", "address": ["street", "town"]}, "verified_email": True}
    found = read_declared(told)
    assert found == Declared({"given_name": ("first",), "address": ("street", "town")}, id="no", verified=True)
    assert found.named == ("no", "first", "street", "town")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (None, "must be a table"),
        ({"fields": {}}, "declares no fields"),
        ({"fields": {"shoe_size": "x"}}, "shoe_size is no kind of field"),
        ({"fields": {"email": 3}}, "email must name a column"),
        ({"fields": {"email": []}}, "email must name a column"),
        ({"fields": {"email": "e"}, "id": ["a"]}, "id must name one column"),
        ({"fields": {"email": "e"}, "distinct_within_source": "yes"}, "must be true or false"),
        ({"fields": {"email": "e"}, "threshold": 3}, "no key threshold"),
    ],
)
def test_what_is_wrong_is_said(told: Any, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_declared(told)
