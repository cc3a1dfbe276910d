"""What orders move: a table of how an order can stand."""

from __future__ import annotations

import pytest

from graph.stock.deserving import LEFT, WAITING, Line, Move, Part, Selling, deserved
from graph.stock.entries import COMMITMENT, RETURN, SALE

AT, LATER = "2026-12-01T10:00:00.000000Z", "2026-12-03T10:00:00.000000Z"


def order(status: str | None, *lines: Line, in_store: bool = False, store: str | None = "web") -> Selling:
    return Selling(status, in_store, store, AT, lines)


def of_rest(kind: str, quantity: int = 2) -> list[Move]:
    return [Move("", kind, "A", "web", quantity, AT)]


@pytest.mark.parametrize(
    ("status", "in_store", "moves"),
    [
        ("PLACED", False, of_rest(COMMITMENT)),
        ("CONFIRMED", False, of_rest(COMMITMENT)),
        ("PARTIALLY_FULFILLED", False, of_rest(COMMITMENT)),
        ("FULFILLED", False, of_rest(SALE)),
        ("CANCELLED", False, []),
        ("RETURNED", False, [*of_rest(SALE), *of_rest(RETURN)]),
        (None, False, of_rest(COMMITMENT)),
        (None, True, of_rest(SALE)),
    ],
)
def test_an_order_without_fulfilments_moves_what_its_status_says(status: str | None, in_store: bool, moves: list[Move]) -> None:
    assert deserved(order(status, Line("A", 2), in_store=in_store)) == moves


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        *((state, COMMITMENT) for state in sorted(WAITING)),
        *((state, SALE) for state in sorted(LEFT)),
        ("EXPIRED", None),
        ("CANCELLED", None),
    ],
)
def test_a_fulfilment_moves_what_its_state_says_at_its_own_store(state: str, kind: str | None) -> None:
    # given
    line = Line("A", 1, [Part("f", "ginza", 1, LATER, state)])
    # then
    assert deserved(order("CONFIRMED", line)) == ([Move("f", kind, "A", "ginza", 1, LATER)] if kind else [])


def test_what_no_fulfilment_names_comes_from_the_store_of_the_order() -> None:
    line = Line("A", 3, [Part("f", "ginza", 1, LATER, "SHIPPED")])
    assert deserved(order("CONFIRMED", line)) == [Move("f", SALE, "A", "ginza", 1, LATER), *of_rest(COMMITMENT)]


def test_a_cancelled_order_frees_what_waits_and_keeps_what_has_left() -> None:
    line = Line("A", 2, [Part("f", "ginza", 1, AT, "READY_FOR_PICKUP"), Part("g", "ginza", 1, AT, "SHIPPED")])
    assert deserved(order("CANCELLED", line)) == [Move("g", SALE, "A", "ginza", 1, AT)]


def test_a_return_comes_back_where_it_was_brought_unless_it_cannot_be_sold() -> None:
    # given two sold in one store, brought back in another, one of them damaged
    line = Line("A", 2, (), [Part("r", "shibuya", 1, LATER), Part("s", "shibuya", 1, LATER, restocked=False)])
    # then
    assert deserved(order("RETURNED", line)) == [*of_rest(SALE), Move("r", RETURN, "A", "shibuya", 1, LATER)]


def test_a_negative_line_of_a_till_is_a_return() -> None:
    assert deserved(order(None, Line("A", -1), in_store=True)) == of_rest(RETURN, 1)
    assert deserved(order("PLACED", Line("A", -1))) == []


def test_lines_of_one_product_are_one_movement_and_what_has_no_store_is_none() -> None:
    assert deserved(order("PLACED", Line("A", 2), Line("A", 3))) == of_rest(COMMITMENT, 5)
    assert deserved(order("PLACED", Line("A", 2), store=None)) == []
