"""What follows an order: in whatever sequence it is cancelled, edited, opened again and returned, nothing is minted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.loyalty.days import after_days
from graph.loyalty.following_order import Standing, post_order
from graph.loyalty.ledger import About, Ledger, Posting
from graph.loyalty.lots import Taken
from graph.loyalty.programme import deserved
from graph.loyalty.spending import can_spend, give_back, spend
from graph.orders.standing import OrderStanding
from tests.graph.loyalty.standings import TOKYO, agree, line, order, programme
from tests.laws import examples

RULES = programme(used_from=frozenset({"/shop"}))
LATER = [f"2026-{month:02d}-{day:02d}T03:00:00.000000Z" for month in (7, 8, 9, 12) for day in (1, 9, 20)] + [
    f"2027-{month:02d}-15T03:00:00.000000Z" for month in range(1, 12)
]


class Till:
    """Two accounts, the orders on them, and everything that was redeemed, in memory."""

    def __init__(self) -> None:
        self.ledgers = {name: Ledger(name) for name in ("a", "b")}
        self.now = LATER[0]

    @property
    def taken(self) -> list[Taken]:
        return [each for ledger in self.ledgers.values() for each in ledger.taken]

    def taken_for(self, own_id: str) -> list[Taken]:
        entries = {entry.id for ledger in self.ledgers.values() for entry in ledger.posted if entry.about.order == own_id}
        return [each for each in self.taken if each.entry in entries]

    def follow(self, placed: OrderStanding, account: str | None = "a") -> None:
        for ledger in self.ledgers.values():
            ledger.settle(self.now)
        standing = Standing(placed, RULES, deserved(placed, RULES, None))
        post_order(standing, account, self.ledgers, self.taken_for(placed.id), self.now)

    def redeem(self, points: int, key: str, own_id: str | None = None) -> None:
        about = About(order=own_id, redemption=key, commanded=True)
        if points <= can_spend(list(self.ledgers.values())):
            spend(list(self.ledgers.values()), Posting("REDEEM", key, self.now, about), points)

    def entries(self) -> list[Any]:
        return [entry for ledger in self.ledgers.values() for entry in ledger.posted]

    def agree(self) -> None:
        for ledger in self.ledgers.values():
            agree(ledger)
        lots = [lot for ledger in self.ledgers.values() for lot in ledger.lots.values()]
        there = sum(lot.remaining for lot in lots) - sum(ledger.debt for ledger in self.ledgers.values())
        earned, expired = sum(lot.earned for lot in lots), sum(lot.expired for lot in lots)
        assert there == earned - expired - sum(each.outstanding for each in self.taken), "nothing is minted, nothing is lost"


def test_editing_a_cancelled_order_earns_nothing() -> None:
    till, placed = Till(), order(line(10_000))
    till.follow(placed)
    till.follow(replace(placed, status="CANCELLED"))
    till.follow(replace(placed, status="CANCELLED", lines=(line(50_000),)))
    assert (till.ledgers["a"].pending, till.ledgers["a"].balance, till.ledgers["a"].earned_by("o-1")) == (0, 0, 0)
    till.agree()


def test_a_repeat_leaves_nothing_and_an_order_that_changes_hands_takes_its_points_along() -> None:
    till, placed = Till(), order(line(10_000), points_used=30)
    till.follow(placed)
    before = till.entries()
    till.follow(placed)
    assert till.entries() == before
    assert (till.ledgers["a"].pending, till.ledgers["a"].debt) == (100, 30)

    till.follow(placed, "b")

    assert [(each.pending, each.debt) for each in till.ledgers.values()] == [(0, 0), (100, 30)]
    till.agree()


def test_points_used_on_an_order_come_back_with_the_share_that_is_returned() -> None:
    till = Till()
    till.follow(order(line(10_000), own_id="o-0"))
    till.now = LATER[3]
    bought = order(line(600), line(400, 2), own_id="o-2", at="2027-01-01T00:00:00.000000Z", points_used=81)
    till.follow(bought)
    assert till.ledgers["a"].balance == 100 - 81

    till.follow(replace(bought, lines=(line(600), line(400, 2, refunded=400))))
    assert till.ledgers["a"].balance == 100 - 81 + 32, "81 x 400 / 1,000, rounded down"
    till.follow(replace(bought, status="CANCELLED"))
    assert till.ledgers["a"].balance == 100
    till.follow(bought)
    assert till.ledgers["a"].balance == 100 - 81, "opened again"
    till.agree()


@pytest.mark.parametrize("first", ["by a person", "by the order"])
def test_what_a_person_has_given_back_is_not_taken_again(first: str) -> None:
    till = Till()
    till.follow(order(line(12_000), own_id="o-0"))
    till.now = LATER[3]
    bought = order(line(1_000), own_id="o-2", at="2027-01-01T00:00:00.000000Z")
    returned = replace(bought, lines=(line(1_000, refunded=500),))
    till.follow(bought)
    till.redeem(120, "r", "o-2")
    if first == "by the order":
        till.follow(returned)
        assert till.ledgers["a"].balance == 60

    give_back(
        till.ledgers, till.taken, Posting("REVERSE", "p", till.now), 120, until=after_days(till.now, 30, TOKYO), by_person=True
    )
    till.follow(returned)

    assert till.ledgers["a"].balance == 120
    till.agree()


amounts = st.lists(st.integers(0, 30_000), min_size=1, max_size=3)
statuses = st.sampled_from(["PLACED", "CANCELLED", "FULFILLED", "RETURNED", None])
steps = st.tuples(
    st.sampled_from(["edit", "status", "return", "use", "hands", "redeem", "undo", "time", "other", "repeat"]),
    amounts, statuses, st.integers(0, 400), st.sampled_from(["a", "b", "b", None]),
)  # fmt: skip


class Told:
    """An order as a sequence of reports and of what people do beside tells it, and the account that it is on."""

    def __init__(self) -> None:
        self.till, self.placed, self.other = Till(), order(line(10_000)), order(line(20_000), own_id="o-0")
        self.account: str | None = "a"
        self.later = iter(LATER[1:])
        self.till.follow(self.other)
        self.till.follow(self.placed)

    def tell(self, turn: int, what: str, told: list[int], status: str | None, points: int, whose: str | None) -> None:
        till, placed = self.till, self.placed
        if what == "edit":
            self.placed = replace(placed, lines=tuple(line(each, place) for place, each in enumerate(told, 1)))
        elif what == "status":
            self.placed = replace(placed, status=status)
        elif what == "return":
            back = tuple(replace(each, refunded=(each.amount or 0) * (points % 101) // 100) for each in placed.lines)
            self.placed = replace(placed, lines=back)
        elif what == "use":
            self.placed = replace(placed, points_used=points)
        elif what == "hands":
            self.account = whose
        elif what == "redeem":
            till.redeem(points, f"r{turn}", placed.id if points % 2 else None)
        elif what == "undo" and till.taken:
            redeemed, until = till.taken[points % len(till.taken)], after_days(till.now, 30, TOKYO)
            give_back(till.ledgers, [redeemed], Posting("REVERSE", f"u{turn}", till.now), points, until=until, by_person=True)
        elif what == "time":
            till.now = next(self.later, till.now)
        elif what == "other":
            self.other = replace(self.other, status=status)
            till.follow(self.other)
        till.follow(self.placed, self.account)


@settings(max_examples=examples(test=200, soak=10_000))
@given(st.lists(steps, min_size=2, max_size=14))
def test_in_any_sequence_of_cancel_edit_open_again_and_return_nothing_is_minted(
    sequence: list[tuple[str, list[int], str | None, int, str | None]],
) -> None:
    told = Told()
    for turn, step in enumerate(sequence):
        told.tell(turn, *step)
        wanted = deserved(told.placed, RULES, None).points
        earned = {name: ledger.earned_by(told.placed.id) for name, ledger in told.till.ledgers.items()}
        assert earned == {name: wanted if name == told.account else 0 for name in earned}
        told.till.agree()
