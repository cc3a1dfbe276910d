"""Whose a bare contact is."""

from __future__ import annotations

import pytest

from graph.identity.attribution import NOBODY_KNOWN, SEVERAL_HOLDERS, SOLE_HOLDER, Attribution, Endpoint, Holder, attribute
from graph.identity.members import Holding
from graph.identity.strength import Strength

NOON = "2026-04-01T12"


def held(record: str, customer: str, first_seen: str = "2026", valid_from: str = "", valid_to: str = "") -> Holder:
    return Holder(record, customer, first_seen, Holding("i", Strength.NEARLY, valid_from, valid_to))


def by(key: str, *holders: Holder, how: Strength = Strength.NEARLY) -> Endpoint:
    return Endpoint(key, how, holders)


@pytest.mark.parametrize(
    ("endpoints", "expected"),
    [
        ([], Attribution(None, NOBODY_KNOWN)),
        ([by("p")], Attribution(None, NOBODY_KNOWN)),
        ([by("p", held("a", "A"))], Attribution("a", SOLE_HOLDER, "p")),
        ([by("p", held("b", "A", "2025"), held("a", "A", "2026"))], Attribution("b", SOLE_HOLDER, "p")),
        ([by("p", held("a", "A"), held("b", "B"))], Attribution(None, SEVERAL_HOLDERS, "p")),
        ([by("p", held("a", "A", valid_to=NOON), held("b", "B", valid_from=NOON))], Attribution("b", SOLE_HOLDER, "p")),
        (
            [by("p", held("a", "A"), held("b", "B")), by("line", held("b", "B"), how=Strength.EXCLUSIVE)],
            Attribution("b", SOLE_HOLDER, "line"),
        ),
        ([by("p", held("a", "A")), by("q", held("b", "B"))], Attribution(None, SEVERAL_HOLDERS, "p")),
        ([by("family", held("a", "A"), how=Strength.SHARED), by("p")], Attribution("a", SOLE_HOLDER, "family")),
    ],
)
def test_the_strongest_endpoint_that_anybody_holds_decides(endpoints: list[Endpoint], expected: Attribution) -> None:
    assert attribute(endpoints, NOON) == expected
    assert attribute(reversed(endpoints), NOON) == expected
