"""A model of cases for tests, made by hand: it knows some words, and takes each for a sign of one label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.cases.sorting.model import CaseModel, Figures, Labeller, SortingField, Vocabulary
from graph.cases.sorting.nearest import remember
from graph.cases.sorting.words import counted, words

VERSION = "2026-04-01T00:00:00.000000Z"


def by_hand(
    fields: Mapping[SortingField, Mapping[str, str]], past: Iterable[tuple[str, str]] = (), *, right: int = 60
) -> CaseModel:
    """Return a model of field -> label -> the words that speak for it. `past` are ids of cases with their texts.

    Of 60 later cases it was right in so many, whatever its probability.
    """
    known = sorted({ngram for labels in fields.values() for text in labels.values() for ngram in counted(words(text))})
    vocabulary = Vocabulary({ngram: place for place, ngram in enumerate(known)}, [1.0] * len(known))
    judged = [(0.5, number < right) for number in range(60)]
    labellers = {
        field: Labeller(
            tuple(labels),
            tuple([3.0 if ngram in counted(words(text)) else 0.0 for ngram in known] for text in labels.values()),
            (0.0,) * len(labels),
            1.0,
            judged,
            judged,
            Figures(60, 0.9, 0.1),
        )
        for field, labels in fields.items()
    }
    return CaseModel(VERSION, 60, vocabulary, labellers, remember(vocabulary, past))
