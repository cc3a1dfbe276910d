"""Who gets what waits, as a table; and as laws over arrivals, ends, refusals and people who come and go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.cases.assignment import NOBODY_THERE, Choice, push
from graph.cases.candidates import (
    ACCOUNT_MANAGER,
    AWAY,
    DECLINED,
    FREE,
    FULL,
    NO_LANGUAGE,
    NO_SKILL,
    OFF_SHIFT,
    OTHER_TEAM,
    OWNER,
    SCORES,
    SERVED_LAST,
    WEIGHTS,
    Agent,
    Waiting,
    candidate,
)
from graph.events.newest import utc_text
from graph.vocabulary import CHANNELS
from tests.graph.cases.calendars import NIGHT_AND_DAY, OFFICE, tokyo
from tests.laws import examples

NOW = tokyo("2026-04-01 10:00")


def agent(name: str, **values: Any) -> Agent:
    everything = {"teams": frozenset({"red"}), "skills": frozenset({"delivery"}), "languages": frozenset({"ja"})}
    return Agent(name, **{**everything, "shift": OFFICE, "capacity": 6, **values})


def waiting(case: str = "c", **values: Any) -> Waiting:
    return Waiting(case, values.pop("since", "2026-04-01"), values.pop("weight", 1), **values)


@pytest.mark.parametrize(
    ("agents", "wanted", "staff", "why"),
    [
        ([agent("a")], waiting(team="red", topic="delivery", language="ja"), "a", (FREE,)),
        ([agent("a", load=3), agent("b")], waiting(), "b", (FREE,)),
        ([agent("b"), agent("a")], waiting(), "a", (FREE,)),
        ([agent("a", load=5), agent("b")], waiting(owner="a"), "a", (OWNER, FREE)),
        ([agent("a"), agent("b"), agent("c")], waiting(owner="c", served_last="b", account_manager="b"), "c", (OWNER, FREE)),
        ([agent("a"), agent("b")], waiting(served_last="b", account_manager="a"), "b", (SERVED_LAST, FREE)),
        ([agent("a"), agent("b", load=5)], waiting(account_manager="b"), "b", (ACCOUNT_MANAGER, FREE)),
        ([agent("a"), agent("b")], waiting(owner="b", served_last="b"), "b", (OWNER, SERVED_LAST, FREE)),
        ([agent("a"), agent("b", load=6)], waiting(owner="b"), "a", (FREE,)),
        ([agent("a"), agent("b", away=True)], waiting(owner="b"), "a", (FREE,)),
        # Nobody
        ([], waiting(), None, (NOBODY_THERE,)),
        ([agent("a", away=True)], waiting(), None, (AWAY,)),
        ([agent("a", shift=replace(OFFICE, holidays=frozenset({NOW.date()})))], waiting(), None, (OFF_SHIFT,)),
        ([agent("a")], waiting(team="blue"), None, (OTHER_TEAM,)),
        ([agent("a")], waiting(topic="returns"), None, (NO_SKILL,)),
        ([agent("a")], waiting(language="en"), None, (NO_LANGUAGE,)),
        ([agent("a")], waiting(declined=frozenset({"a"})), None, (DECLINED,)),
        ([agent("a", load=1)], waiting(weight=6), None, (FULL,)),
        # Of those who came closest: b lacks the language only, a is away and of another team.
        (
            [agent("a", away=True), agent("b", teams=frozenset({"blue"}))],
            waiting(team="blue", language="en"),
            None,
            (NO_LANGUAGE,),
        ),
        ([agent("a", load=6), agent("b", away=True)], waiting(), None, (AWAY, FULL)),
    ],
)
def test_what_arrives_goes_to_the_best_whom_it_fits(agents: list[Agent], wanted: Waiting, staff: str | None, why: Any) -> None:
    choice = push(wanted, agents, NOW)
    assert (choice.case, choice.staff, choice.why) == ("c", staff, why)
    assert {one.staff for one in choice.candidates} == {one.staff for one in agents}


def test_everybody_who_was_looked_at_is_kept_with_score_and_reasons() -> None:
    agents = [agent("a", load=3), agent("b", away=True, load=6), agent("c")]
    choice = push(waiting(served_last="a"), agents, NOW)
    assert [(one.staff, one.score, one.reasons, one.obstacles) for one in choice.candidates] == [
        ("a", SCORES[SERVED_LAST] + 50, ((SERVED_LAST, SCORES[SERVED_LAST]), (FREE, 50)), ()),
        ("c", SCORES[FREE], ((FREE, SCORES[FREE]),), ()),
        ("b", 0, (), (AWAY, FULL)),
    ]


def test_each_channel_has_a_weight_and_each_reason_outweighs_those_that_follow_it() -> None:
    assert set(WEIGHTS) == set(CHANNELS)
    assert min(WEIGHTS.values()) >= 1
    points = list(SCORES.values())
    assert all(more > sum(points[place + 1 :]) for place, more in enumerate(points))


class Floor:
    """A team at work: what waits is offered by its age whenever something has changed, as the sweep does (distributing.py)."""

    def __init__(self, agents: list[Agent]) -> None:
        self.agents = {one.staff: one for one in agents}
        self.waiting: dict[str, Waiting] = {}
        self.taken: list[tuple[str, Waiting]] = []
        self.now = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)

    def arrive(self, **values: Any) -> None:
        case = f"{len(self.taken)}-{self.now:%j%H%M%S}"
        self.offer(Waiting(case, utc_text(self.now), **values))

    def offer(self, item: Waiting) -> None:
        self.waiting[item.case] = item
        self.settle(push(item, self.agents.values(), self.now))

    def end(self, place: int) -> None:
        if self.taken:
            staff, item = self.taken.pop(place % len(self.taken))
            self.load(staff, -item.weight)
            self.sweep()

    def decline(self, place: int) -> None:
        if self.taken:
            staff, item = self.taken.pop(place % len(self.taken))
            self.load(staff, -item.weight)
            self.offer(replace(item, declined=item.declined | {staff}))
            self.sweep()

    def come_or_go(self, staff: str) -> None:
        self.agents[staff] = replace(self.agents[staff], away=not self.agents[staff].away)
        self.sweep()

    def sweep(self) -> None:
        for item in sorted(self.waiting.values(), key=lambda one: (one.since, one.case)):
            self.settle(push(item, self.agents.values(), self.now))

    def settle(self, choice: Choice) -> None:
        assert choice.why
        assert {one.staff for one in choice.candidates} == set(self.agents)
        if choice.staff is not None:
            item = self.waiting.pop(choice.case)
            self.load(choice.staff, item.weight)
            self.taken.append((choice.staff, item))

    def load(self, staff: str, more: int) -> None:
        self.agents[staff] = replace(self.agents[staff], load=self.agents[staff].load + more)


ITEMS = st.fixed_dictionaries({
    "weight": st.integers(1, 3),
    "team": st.sampled_from([None, "red", "blue"]),
    "language": st.sampled_from([None, "ja", "en"]),
    "served_last": st.sampled_from([None, "a", "b"]),
})  # fmt: skip
STEPS = st.one_of(
    st.tuples(st.just("arrive"), ITEMS),
    st.tuples(st.just("end"), st.integers(0, 9)),
    st.tuples(st.just("decline"), st.integers(0, 9)),
    st.tuples(st.just("come_or_go"), st.sampled_from("abc")),
)


@settings(max_examples=examples(test=60, soak=2_000))
@given(st.lists(STEPS, max_size=200))
def test_nobody_is_above_capacity_and_nothing_waits_while_somebody_whom_it_fits_is_free(steps: list[tuple[str, Any]]) -> None:
    both = frozenset({"red", "blue"})
    team = [agent("a", languages=frozenset({"ja", "en"})), agent("b", teams=both), agent("c", teams=both, skills=frozenset())]
    floor = Floor([replace(one, shift=NIGHT_AND_DAY, capacity=3) for one in team])
    for step, value in steps:
        floor.now += timedelta(seconds=61)
        floor.arrive(**value) if step == "arrive" else getattr(floor, step)(value)
        for one in floor.agents.values():
            assert one.load == sum(item.weight for staff, item in floor.taken if staff == one.staff)
            assert 0 <= one.load <= one.capacity
            assert not any(candidate(item, one, floor.now).fits for item in floor.waiting.values())
