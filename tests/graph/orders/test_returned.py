"""What came back is never more than what was bought, and all pieces bring back exactly what they cost."""

from __future__ import annotations

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.orders.returned import Bought, Counted, Return, Returned, above, count_returns, paid_of
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


def test_a_discount_of_the_whole_order_is_shared_by_what_its_lines_cost() -> None:
    bought = {2: Bought(1, 3000), 1: Bought(2, 13800), 3: Bought(-1, -500), 4: Bought(1, None)}

    paid = paid_of(bought, 1680)

    assert paid == {1: Bought(2, 12420), 2: Bought(1, 2700), 3: Bought(-1, -500), 4: Bought(1, None)}
    counted = count_returns(paid, [back(1, "a"), back(1, "b", line=2), back(1, "c")])
    assert [line.amount for lines in counted.values() for line in lines] == [6210, 2700, 6210]


def test_no_line_is_less_than_free_and_a_discount_below_nothing_takes_none() -> None:
    assert paid_of(SHIRTS, 5000) == {1: Bought(3, 0)}
    assert paid_of(SHIRTS, -300) == SHIRTS
    assert paid_of({1: Bought(1, 0)}, 100) == {1: Bought(1, 0)}


@settings(max_examples=examples(test=100, soak=5_000))
@given(st.lists(st.integers(-500, 10_000), min_size=1, max_size=6), st.integers(0, 20_000))
def test_shares_of_a_discount_are_never_more_than_their_line_and_together_all_of_it(amounts: list[int], discount: int) -> None:
    bought = {number: Bought(1, amount) for number, amount in enumerate(amounts, 1)}
    goods = sum(max(0, amount) for amount in amounts)

    shares = [amount - (paid_of(bought, discount)[number].amount or 0) for number, amount in enumerate(amounts, 1)]

    assert sum(shares) == min(discount, goods)
    assert all(0 <= share <= max(0, amount) for share, amount in zip(shares, amounts, strict=True))


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
