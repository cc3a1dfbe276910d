"""What sorts new cases in this installation: rules first; of what no rule and no person has told, a model says what it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.cases.history import CaseEvent
from graph.cases.priority_rules import NORMAL, WORDS, Applied, Incoming, Rule, sort
from graph.cases.sorting.model import CaseModel, Prediction, SortingField, predict
from graph.cases.sorting.nearest import nearest, signature
from graph.cases.sorting.words import words

Mode = Literal["watch", "suggest", "fill"]
LEAST_SUGGESTED = 0.3
"""What is less probable is not worth a look."""


@dataclass(frozen=True, slots=True)
class Sorter:
    """`rules` in their order. `thresholds` say from which probability on the model may fill in; null or absent is never."""

    rules: tuple[Rule, ...] = ()
    model: CaseModel | None = None
    mode: Mode = "suggest"
    thresholds: Mapping[SortingField, float | None] = field(default_factory=dict[SortingField, float | None])


NO_SORTER = Sorter()


def sorter_of(rules: tuple[Rule, ...], model: CaseModel | None, mode: Mode, precision: float) -> Sorter:
    """Return the sorter that fills in only what is right as often as `precision` asks for, measured on later cases."""
    if model is None:
        return Sorter(rules, mode=mode)
    return Sorter(rules, model, mode, {name: labeller.threshold(precision) for name, labeller in model.fields.items()})


@dataclass(frozen=True, slots=True)
class Unsorted:
    """A case that has just been opened: its id, the time of that, and what whoever opened it has told of its priority."""

    case: str
    at: str
    incoming: Incoming
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """`happened` are events without an actor. `forecasts` are all that the model said, also where nobody is shown it."""

    happened: tuple[CaseEvent, ...]
    forecasts: tuple[str, ...] = ()


def sorted_by(sorter: Sorter, unsorted: Unsorted) -> Sorted:
    """Return what happens to a new case by itself. What somebody has told is kept."""
    found = sort(unsorted.incoming, sorter.rules)
    happened: list[CaseEvent] = []
    open_fields: list[SortingField] = []
    if found.by_topic is not None:
        happened.append(_by_rule(unsorted, "topic", found.topic, found.by_topic))
    elif unsorted.incoming.topic is None:
        open_fields.append("topic")
    if unsorted.priority is None and found.by_priority is not None:
        happened.append(_by_rule(unsorted, "priority", found.priority, found.by_priority))
    elif unsorted.priority is None:
        open_fields.append("priority")
    if sorter.model is None:
        return Sorted(tuple(happened))
    said: list[tuple[SortingField, Prediction]] = []
    for name in open_fields:
        if (prediction := _said(sorter.model, name, unsorted)) is not None:
            said.append((name, prediction))  # noqa: PERF401 - a comprehension loses the words that a field may be
    forecasts = tuple(f"{name} {each.probability:.4f} {each.label}" for name, each in said)
    shown = () if sorter.mode == "watch" else _by_model(sorter, sorter.model, unsorted, said)
    return Sorted((*happened, *shown), forecasts)


def _said(model: CaseModel, name: SortingField, unsorted: Unsorted) -> Prediction | None:
    labeller = model.fields.get(name)
    return predict(labeller, model.vocabulary, unsorted.incoming.text) if labeller else None


def _by_rule(unsorted: Unsorted, name: SortingField, value: str | None, by: Applied) -> CaseEvent:
    kind = "TOPIC_SET" if name == "topic" else "PRIORITY_SET"
    topic, priority = (value, None) if name == "topic" else (None, value)
    own_id, why = _event_id(unsorted.case, kind), reasons(by.reasons)
    return CaseEvent(own_id, unsorted.at, kind, topic=topic, priority=priority, rule=by.rule, why=why)


def _by_model(
    sorter: Sorter, model: CaseModel, unsorted: Unsorted, said: Iterable[tuple[SortingField, Prediction]]
) -> tuple[CaseEvent, ...]:
    like = nearest(signature(model.vocabulary.weights(words(unsorted.incoming.text))), model.remembered)
    return tuple(
        CaseEvent(
            _event_id(unsorted.case, f"{kind}-{name}"),
            unsorted.at,
            kind,
            model=model.version,
            probability=round(each.probability, 4),
            why=reasons((WORDS, word) for word, _ in each.words),
            similar=tuple(like),
            topic=each.label if name == "topic" else None,
            priority=each.label if name == "priority" else None,
        )
        for name, each in said
        # A priority that is NORMAL is so without being said.
        if (name, each.label) != ("priority", NORMAL) and (kind := _kind(sorter, name, each)) is not None
    )


def _kind(sorter: Sorter, name: SortingField, said: Prediction) -> Literal["TOPIC_SET", "PRIORITY_SET", "SUGGESTED"] | None:
    """Return what comes of what the model says: it fills in, suggests, or keeps to itself."""
    least = sorter.thresholds.get(name)
    if sorter.mode == "fill" and least is not None and said.probability >= least:
        return "TOPIC_SET" if name == "topic" else "PRIORITY_SET"
    return "SUGGESTED" if said.probability >= LEAST_SUGGESTED else None


def _event_id(case: str, what: str) -> str:
    """Return the id of what happens by itself when a case is opened: right after that, also where both are at one time."""
    return f"{case}-0-{what}"


def reasons(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return reasons as an event keeps them: the kind, and after a blank what was found."""
    return tuple(f"{kind} {value}" for kind, value in pairs)
