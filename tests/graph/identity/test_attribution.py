"""Whose a bare contact is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.identity.attribution import NOBODY_KNOWN, SEVERAL_HOLDERS, SOLE_HOLDER, Attribution, Endpoint, Holder, attribute
from graph.identity.members import Holding
from graph.identity.normalising.nothing import Nothing
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


def test_an_account_without_a_name_is_no_rival_of_whoever_tells_one() -> None:
    account = replace(held("a", "A"), named=False)
    assert attribute([by("p", account, held("b", "B"))], NOON) == Attribution("b", SOLE_HOLDER, "p")
    assert attribute([by("p", account)], NOON) == Attribution("a", SOLE_HOLDER, "p")
    assert attribute([by("p", replace(held("c", "B", "2025"), named=False), held("b", "B"))], NOON).record == "c"
    assert attribute([by("p", account, replace(held("b", "B"), named=False))], NOON).rule == SEVERAL_HOLDERS


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ([Nothing.WITHHELD], "WITHHELD"),
        ([Nothing.PAY_PHONE], "PAY_PHONE"),
        ([Nothing.NOT_SHOWN], "NOT_SHOWN"),
        ([Nothing.NONE], NOBODY_KNOWN),
        ([Nothing.NOT_SHOWN, Nothing.WITHHELD], "WITHHELD"),
        ([Nothing.WITHHELD, None], NOBODY_KNOWN),
    ],
)
def test_a_contact_that_came_by_no_value_says_why(values: list[Nothing | None], rule: str) -> None:
    endpoints = [Endpoint(f"e{number}", Strength.SHARED, (), nothing) for number, nothing in enumerate(values)]
    assert attribute(endpoints, NOON) == Attribution(None, rule)


def test_who_withheld_the_number_is_still_known_by_another_endpoint() -> None:
    withheld = Endpoint("withheld", Strength.SHARED, (), Nothing.WITHHELD)
    assert attribute([withheld, by("card", held("a", "A"))], NOON) == Attribution("a", SOLE_HOLDER, "card")
