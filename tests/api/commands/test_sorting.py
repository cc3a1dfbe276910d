"""`customer360 sorting` says what a model did, and compares what models have said with what people have set."""

from __future__ import annotations

from dataclasses import replace

from api.commands.sorting import compared, described
from graph.cases.sorting.model import Figures
from graph.cases.sorting.past_cases import PastCase
from graph.cases.sorting.reading import Read
from tests.graph.cases.models import by_hand


def test_a_model_is_described_with_what_it_fills_in_and_what_there_was_too_little_of() -> None:
    figures = "topic: macro-F1 0.900 on 60 later cases (0.100 by the commonest)"
    model = by_hand({"topic": {"A": "荷物", "B": "返品"}})
    assert described(model, 0.9) == [
        "Learned from 60 cases: 12 n-grams.",
        f"{figures}; from 0.50 on it is right in 100.0%, which are 100.0% of the cases.",
        "priority: too few cases to learn from.",
    ]


def test_one_that_is_not_right_often_enough_only_suggests() -> None:
    [_, topic, _] = described(by_hand({"topic": {"A": "荷物", "B": "返品"}}, right=50), 0.9)
    assert topic.endswith("it is not surely right in 90%, so it suggests and fills nothing in.")


def test_one_that_few_later_cases_could_judge_says_how_many_are_needed() -> None:
    model = by_hand({"topic": {"A": "荷物"}})
    few = replace(model.fields["topic"], figures=Figures(45, 0.98, 0.1), tuned=[], held_out=[])
    [_, topic, _] = described(replace(model, fields={"topic": few}), 0.9)
    assert topic.endswith("50 are needed to know, so it suggests and fills nothing in.")


def read(topic: str | None, *forecasts: tuple[str, float, str]) -> Read:
    return Read(PastCase("1", "", "", "", topic), forecasts)


def test_what_was_said_is_right_where_people_have_set_the_same_and_counts_only_where_they_have_set_any() -> None:
    said = [
        read("A", ("topic", 0.95, "A"), ("priority", 0.9, "HIGH")),
        read("B", ("topic", 0.6, "A")),
        read(None, ("topic", 0.99, "A")),
        read("A"),
    ]
    assert compared(said) == [
        "topic: 2 cases of which a model has said something and people too.",
        "  from 0.50 on: 100.0% of them, 50.0% right",
        "  from 0.70 on: 50.0% of them, 100.0% right",
        "  from 0.90 on: 50.0% of them, 100.0% right",
        "  from 0.95 on: 50.0% of them, 100.0% right",
        "priority: 0 cases of which a model has said something and people too.",
    ]
