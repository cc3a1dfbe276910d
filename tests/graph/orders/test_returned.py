"""What came back is never more than what was bought, and all pieces bring back exactly what they cost."""

from __future__ import annotations

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.orders.returned import Bought, Counted, Return, Returned, above, count_returns
from tests.laws import examples

SHIRTS = {1: Bought(3, 1000)}


def back(quantity: float, position: str, amount: int | None = None, line: int = 1) -> Return:
    return Return(position, position, [Returned(line, quantity, amount, restocked=True)])


def test_each_piece_brings_back_its_part_and_all_of_them_the_whole() -> None:
    counted = count_returns(SHIRTS, [back(1, "a"), back(1, "b"), back(1, "c")])

    assert [line.amount for lines in counted.values() for line in lines] == [333, 334, 333]


def test_the_earliest_returns_count_and_of_a_later_one_what_is_left() -> None:
    counted = count_returns(SHIRTS, [back(2, "b", amount=500), back(2, "a")])

    assert counted == {"a": [Counted(1, 2, 667, restocked=True)], "b": [Counted(1, 1, 250, restocked=True)]}


def test_what_is_no_line_of_the_order_does_not_count_nor_does_what_was_given_back_on_the_receipt() -> None:
    assert count_returns({1: Bought(-1, -500)}, [back(1, "a"), back(1, "b", line=2)]) == {"a": [], "b": []}


def test_the_line_that_is_above_what_is_left_is_named_by_its_place() -> None:
    both = Return("b", "b", [Returned(1, 1, None, restocked=True), Returned(2, 2, None, restocked=True)])
    bought = {**SHIRTS, 2: Bought(1, 100)}

    assert above(bought, [back(2, "a")], both) == 1
    assert above({**bought, 2: Bought(2, 100)}, [back(2, "a")], both) is None
    assert above(bought, [back(3, "z")], back(1, "a")) == 0, "one that happened later took the last piece first"


@st.composite
def told(draw: st.DrawFn) -> tuple[dict[int, Bought], list[Return]]:
    bought = {number: Bought(draw(st.integers(0, 5)), draw(st.integers(0, 10_000))) for number in (1, 2)}
    positions = map(str, count(100))
    returns = [
        Return(position, position, [Returned(line, draw(st.integers(1, 4)), None, restocked=draw(st.booleans()))])
        for position, line in zip(positions, draw(st.lists(st.sampled_from((1, 2, 3)), max_size=6)), strict=False)
    ]
    return bought, returns


@settings(max_examples=examples(test=100, soak=5_000))
@given(told(), st.randoms())
def test_whatever_comes_back_in_whichever_order_no_line_brings_back_more_than_it_was(
    case: tuple[dict[int, Bought], list[Return]], random: object
) -> None:
    bought, returns = case
    shuffled = sorted(returns, key=lambda _: random.random())  # type: ignore[attr-defined]

    counted = count_returns(bought, returns)

    assert count_returns(bought, shuffled) == counted
    for number, of in bought.items():
        lines = [line for each in counted.values() for line in each if line.line == number]
        assert sum(line.quantity for line in lines) <= of.quantity
        assert sum(line.amount for line in lines) <= (of.amount or 0)
        if of.quantity and sum(line.quantity for line in lines) == of.quantity:
            assert sum(line.amount for line in lines) == of.amount
