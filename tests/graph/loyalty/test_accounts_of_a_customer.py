"""Accounts over merges and unmerges, in any sequence: against a plain count of what each entry says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from graph.loyalty.days import after_days
from graph.loyalty.ledger import About, Ledger, Posting
from graph.loyalty.spending import can_spend, give_back, planned, spend
from tests.graph.loyalty.standings import TOKYO, agree
from tests.laws import examples

NAMES = ("a", "b", "c", "d")
names = st.sampled_from(NAMES)
points = st.integers(1, 300)


def moment(days: int) -> str:
    return after_days("2026-01-01T00:00:00.000000Z", days, TOKYO)


class Accounts(RuleBasedStateMachine):
    """`customer` says whose each account is; `counted` is what each has, counted by hand from what was done."""

    @initialize()
    def open(self) -> None:
        self.ledgers = {name: Ledger(name) for name in NAMES}
        self.customer = {name: name for name in NAMES}
        self.day = self.turn = self.given = self.spent = 0

    def key(self) -> str:
        self.turn += 1
        return str(self.turn)

    def theirs(self, name: str) -> list[Ledger]:
        found = [self.ledgers[each] for each in NAMES if self.customer[each] == self.customer[name]]
        for ledger in found:
            ledger.settle(moment(self.day))
        return found

    @rule(name=names, many=points, pending=st.integers(0, 20), lives=st.integers(1, 60))
    def earn(self, name: str, many: int, pending: int, lives: int) -> None:
        ledger, key, now = self.ledgers[name], self.key(), moment(self.day)
        ledger.settle(now)
        begins = moment(self.day + pending) if pending else now
        lot = ledger.new_lot(
            key, many, now=now, active_from=begins, expires_at=moment(self.day + pending + lives), order=f"o-{key}"
        )
        ledger.grant(Posting("EARN", key, now), [lot])
        self.given += many

    @rule(name=names, many=points)
    def redeem(self, name: str, many: int) -> None:
        theirs = self.theirs(name)
        before = can_spend(theirs)
        plan = planned(theirs, many)
        if many > before:
            assert sum(each for given in plan.values() for _, each, _ in given) <= many
            return
        spend(theirs, Posting("REDEEM", self.key(), moment(self.day), About(redemption="r", commanded=True)), many)
        assert can_spend(theirs) == before - many
        self.spent += many

    @precondition(lambda self: any(ledger.taken for ledger in self.ledgers.values()))
    @rule(which=st.integers(0, 50), many=points)
    def reverse(self, which: int, many: int) -> None:
        taken = [each for ledger in self.ledgers.values() for each in ledger.taken]
        chosen = taken[which % len(taken)]
        redemption = [each for each in taken if each.at == chosen.at and each.entry == chosen.entry]
        self.theirs(chosen.account)
        now = moment(self.day)
        self.spent -= give_back(
            self.ledgers, redemption, Posting("REVERSE", self.key(), now), many, until=moment(self.day + 30), by_person=True
        )

    @rule(name=names, share=st.integers(1, 100))
    def take_back(self, name: str, share: int) -> None:
        ledger = self.ledgers[name]
        ledger.settle(moment(self.day))
        for own_id in sorted({lot.order for lot in ledger.lots.values() if lot.order and lot.earned})[:1]:
            many = max(1, ledger.earned_by(own_id) * share // 100)
            ledger.take_back(Posting("REVERSE", self.key(), moment(self.day)), own_id, many)
            self.given -= many

    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        self.day += days

    @rule(one=names, other=names)
    def merge(self, one: str, other: str) -> None:
        was, now = self.customer[one], self.customer[other]
        self.customer = {name: now if whose == was else whose for name, whose in self.customer.items()}

    @rule(name=names)
    def unmerge(self, name: str) -> None:
        before = {each.id: (each.balance, each.pending, each.debt, each.number) for each in self.ledgers.values()}
        self.customer[name] = name
        assert before == {each.id: (each.balance, each.pending, each.debt, each.number) for each in self.ledgers.values()}

    @invariant()
    def all_agree(self) -> None:
        ledgers = list(self.ledgers.values())
        for ledger in ledgers:
            agree(ledger)
        there = sum(ledger.balance + ledger.pending for ledger in ledgers)
        expired = sum(lot.expired for ledger in ledgers for lot in ledger.lots.values())
        assert there == self.given - self.spent - expired


def test_in_any_sequence_with_merges_and_unmerges_all_sums_agree_and_nothing_is_minted() -> None:
    machine: Callable[[], Any] = Accounts
    profile = settings(max_examples=examples(test=60, soak=2_000), stateful_step_count=30)
    run_state_machine_as_test(machine, settings=profile)
