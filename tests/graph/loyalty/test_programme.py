"""Earn rules: which counts for which line, how it is rounded, and by which version an order earns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.loyalty.programme import EarnRule, Programme, deserved, in_force
from graph.orders.standing import OrderStanding
from tests.graph.loyalty.standings import line, order, programme

NEWER = "2026-07-15T00:00:00.000000Z"
SHIRTS = EarnRule("no-shirts", per=100, points=0, skus=frozenset({"SHIRT"}))
EVERYTHING = EarnRule("all", per=100, points=1)
APP = EarnRule("app", per=100, points=2, channels=frozenset({"APP"}), adds=True)
GOLD = EarnRule("gold", per=200, points=1, ranks=frozenset({"GOLD"}), adds=True)
PENS = EarnRule("pens", per=100, points=5, categories=frozenset({"筆記具"}))
BRAND = EarnRule("brand", per=100, points=2, brands=frozenset({"試験文具"}), adds=True)
GINZA = EarnRule("ginza", per=100, points=3, stores=frozenset({"S01"}), sources=frozenset({"/shop"}), adds=True)
PEN = replace(line(1000), categories=("文具", "筆記具"), brand="試験文具")


@pytest.mark.parametrize(
    ("placed", "points"),
    [
        ("2026-06-30T14:59:00.000000Z", 100),  # 23:59 in Tokyo on 06-30: 1 %, whenever it is shipped
        ("2026-06-30T15:00:00.000000Z", 500),  # midnight of 07-01: 5 %
        ("2026-07-31T15:00:00.000000Z", 0),
    ],
)
def test_an_order_earns_by_the_rule_of_the_day_on_which_it_was_placed(placed: str, points: int) -> None:
    assert deserved(order(line(10_000), at=placed), programme(), None).points == points


@pytest.mark.parametrize(
    ("what", "rules", "placed", "rank", "points"),
    [
        ("rounded down once for the order", (EVERYTHING,), order(line(150), line(150, 2)), None, 3),
        ("and once for each rule", (EVERYTHING, GOLD), order(line(399)), "GOLD", 3 + 1),
        ("less what came back", (EVERYTHING,), order(line(1000, refunded=400)), None, 6),
        ("never below zero", (EVERYTHING,), order(line(1000, refunded=1400)), None, 0),
        ("without the order's discount", (EVERYTHING,), order(line(1000), discount=500), None, 5),
        ("without what was paid back in all", (EVERYTHING,), order(line(1000, refunded=100), refunded=300), None, 7),
        ("the first that fits counts", (SHIRTS, EVERYTHING), order(line(1000, sku="SHIRT"), line(500, 2)), None, 5),
        ("what adds counts besides", (SHIRTS, EVERYTHING, APP), order(line(1000, sku="SHIRT"), channel="APP"), None, 20),
        ("of another door does not", (EVERYTHING, APP), order(line(1000)), None, 10),
        ("of a store and a source", (EVERYTHING, GINZA), order(line(1000), store="S01"), None, 40),
        ("by a category of its product", (PENS, EVERYTHING), order(PEN, line(1000, 2)), None, 50 + 10),
        ("by its brand besides", (PENS, EVERYTHING, BRAND), order(PEN, line(1000, 2)), None, 50 + 10 + 20),
        ("of no category by none", (PENS,), order(line(1000)), None, 0),
        ("of another rank does not", (EVERYTHING, GOLD), order(line(1000)), "SILVER", 10),
        ("on its total without lines", (EVERYTHING,), order(total=1000), None, 10),
        ("nothing in another currency", (EVERYTHING,), order(line(1000), currency="USD"), None, 0),
        ("nothing when cancelled", (EVERYTHING,), order(line(1000), status="CANCELLED"), None, 0),
        ("nothing when returned", (EVERYTHING,), order(line(1000), status="RETURNED"), None, 0),
        ("a line without an amount earns nothing", (EVERYTHING,), order(replace(line(1), amount=None)), None, 0),
    ],
)
def test_an_order_earns(what: str, rules: tuple[EarnRule, ...], placed: OrderStanding, rank: str | None, points: int) -> None:
    assert deserved(placed, programme(*rules), rank).points == points, what


def test_the_rules_that_gave_points_are_told_and_a_rule_that_gave_none_is_not() -> None:
    assert deserved(order(line(1000)), programme(EVERYTHING, APP, GOLD), "GOLD").rules == ("all", "gold")


@pytest.mark.parametrize(("at", "number"), [("2020-01-01", 1), ("2026-07-14", 1), (NEWER, 2), ("2027-01-01", 2)])
def test_a_rate_that_is_rewritten_counts_for_what_is_placed_from_then_on(at: str, number: int) -> None:
    versions = [programme(number=2, saved_at=NEWER), programme()]
    found = in_force(versions, at)
    assert isinstance(found, Programme)
    assert found.number == number


def test_without_any_version_nothing_is_in_force() -> None:
    assert in_force([], NEWER) is None


def test_a_rule_begins_and_ends_with_its_days() -> None:
    rule = EarnRule("may", per=100, points=1, begins=date(2026, 5, 1), ends=date(2026, 5, 31))
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1)]
    assert [rule.fits(line(1), order(), day, None) for day in days] == [False, True, True, False]
