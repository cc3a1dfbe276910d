"""A model of the company's own cases: what it says of a text, how sure it is, and by which words. It needs no library.

A text is TF-IDF of n-grams of characters: (1 + ln count) x idf, of length 1. What speaks for a label is linear in that, so
that each word has a share in it; one temperature makes probabilities of what speaks for each (Guo et al., On Calibration of
Modern Neural Networks, 2017).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Literal

from graph.cases.sorting.measuring import Judged, threshold
from graph.cases.sorting.words import counted, ngrams, words

SortingField = Literal["topic", "priority"]
MOST_WORDS = 5
"""Words that are shown as reasons."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """N-gram -> its place among the coefficients, and its inverse document frequency."""

    places: Mapping[str, int]
    idf: Sequence[float]

    def weights(self, of: Sequence[str]) -> dict[str, float]:
        """Return the weight of each known n-gram of some words; empty where none is known."""
        counts = {ngram: count for ngram, count in counted(of).items() if ngram in self.places}
        raw = {ngram: (1 + log(count)) * self.idf[self.places[ngram]] for ngram, count in counts.items()}
        length = sqrt(sum(weight * weight for weight in raw.values()))
        return {ngram: weight / length for ngram, weight in raw.items()}


@dataclass(frozen=True, slots=True)
class Figures:
    """How it did on cases that came after all that it was trained on: macro-F1 of the model, and of the commonest label."""

    cases: int
    macro_f1: float
    majority_f1: float


@dataclass(frozen=True, slots=True)
class Labeller:
    """What speaks for each label: an intercept, and a coefficient for each n-gram of the vocabulary.

    `tuned` and `held_out` are (probability, whether it was right) of cases that came after all that it was trained on, those
    held out after those by which the temperature was chosen; a threshold must hold for both.
    """

    labels: tuple[str, ...]
    coefficients: tuple[Sequence[float], ...]
    intercepts: tuple[float, ...]
    inverse_temperature: float
    tuned: Judged
    held_out: Judged
    figures: Figures

    def threshold(self, precision: float) -> float | None:
        """Return from which probability on it may fill in; None where no threshold holds what is asked for."""
        return threshold(self.tuned, self.held_out, precision)


@dataclass(frozen=True, slots=True)
class Prediction:
    """The likeliest label; `words` are those that speak for it the most, with what each adds, the strongest first."""

    label: str
    probability: float
    words: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A past case by its id, and what is kept of its text to tell whether another is like it."""

    case: str
    signature: int


@dataclass(frozen=True, slots=True)
class CaseModel:
    """`version` is the time at which it was trained, UTC; `fields` has what there were enough cases for."""

    version: str
    cases: int
    vocabulary: Vocabulary
    fields: Mapping[SortingField, Labeller]
    remembered: tuple[Remembered, ...]


def predict(labeller: Labeller, vocabulary: Vocabulary, text: str) -> Prediction | None:
    """Return what a model says of a text; None where it knows nothing that stands in it."""
    found = words(text)
    weights = vocabulary.weights(found)
    if not weights:
        return None
    places = [(vocabulary.places[ngram], weight) for ngram, weight in weights.items()]
    speaks = [
        intercept + sum(row[place] * weight for place, weight in places)
        for row, intercept in zip(labeller.coefficients, labeller.intercepts, strict=True)
    ]
    likeliest = max(range(len(speaks)), key=speaks.__getitem__)
    total = sum(exp(labeller.inverse_temperature * (each - speaks[likeliest])) for each in speaks)
    shares = shares_of(found, weights, labeller.coefficients[likeliest], vocabulary)
    strongest = sorted(shares.items(), key=lambda share: (-share[1], share[0]))[:MOST_WORDS]
    return Prediction(labeller.labels[likeliest], 1 / total, tuple(share for share in strongest if share[1] > 0))


def shares_of(
    found: Sequence[str], weights: Mapping[str, float], coefficients: Sequence[float], vocabulary: Vocabulary
) -> dict[str, float]:
    """Return what each word adds to what speaks for a label: of each n-gram an equal share wherever it stands.

    Together they are what speaks for it without the intercept.
    """
    often = counted(found)
    shares: Counter[str] = Counter()
    for word in found:
        for ngram in ngrams(word):
            if ngram in weights:
                shares[word] += coefficients[vocabulary.places[ngram]] * weights[ngram] / often[ngram]  # type: ignore[assignment]
    return dict(shares)
