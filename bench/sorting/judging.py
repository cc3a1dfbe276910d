"""What says topic and priority of cases, each judged on the same cases, which came after all that anything was learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from bench.sorting.rules import RULES
from graph.cases.priority_rules import Incoming, sort
from graph.cases.sorting.measuring import at, macro_f1, majority
from graph.cases.sorting.model import CaseModel, SortingField, predict
from graph.cases.sorting.past_cases import PastCase

PRECISIONS = (0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Judgement:
    """On how many cases one said something (coverage), and how often it was right in that; macro-F1 of all, null of some."""

    field: str
    by: str
    macro_f1: float | None
    coverage: float
    precision: float | None

    def row(self) -> dict[str, object]:
        return asdict(self)


def judged(field: SortingField, model: CaseModel, known: Sequence[PastCase], later: Sequence[PastCase]) -> list[Judgement]:
    """Return how the commonest label of `known` cases, the rules and the model do on `later` ones, and what is filled in."""
    labeller = model.fields[field]
    commonest = majority(label for case in known if (label := getattr(case, field)))
    said = [predict(labeller, model.vocabulary, case.text) for case in later]
    truth = [getattr(case, field) for case in later]
    rows = [
        _judged(field, "commonest", truth, [commonest for _ in later]),
        _judged(field, "rules", truth, [_by_rules(field, case) for case in later]),
        _judged(field, "model", truth, [each and each.label for each in said]),
    ]
    for precision in PRECISIONS:
        least = labeller.threshold(precision)
        fills = [each.label if each and least is not None and each.probability >= least else None for each in said]
        rows.append(replace(_judged(field, f"model, fills for {precision:.0%}", truth, fills), macro_f1=None))
    return rows


def _by_rules(field: SortingField, case: PastCase) -> str | None:
    found = sort(Incoming(case.text, "EMAIL"), RULES)
    return found.topic if field == "topic" else found.priority


def _judged(field: str, by: str, truth: Sequence[str], said: Sequence[str | None]) -> Judgement:
    coverage, precision = at([(float(each is not None), each == true) for each, true in zip(said, truth, strict=True)], 1.0)
    return Judgement(field, by, macro_f1(truth, said), coverage, precision)
