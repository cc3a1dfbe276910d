"""Training a model of past cases with scikit-learn, which only this needs: TF-IDF, logistic regression, one temperature."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from graph.cases.sorting.measuring import macro_f1, majority
from graph.cases.sorting.model import CaseModel, Figures, Labeller, SortingField, Vocabulary, predict
from graph.cases.sorting.nearest import remember
from graph.cases.sorting.past_cases import Parts, PastCase, parted
from graph.cases.sorting.words import counted, ngrams, words
from graph.errors import Conflict

FEWEST_PEOPLE = 3
"""An n-gram that fewer people have written is not kept: what one writes alone tells who they are."""
MOST_NGRAMS = 20_000
FEWEST_CASES, FEWEST_OF_A_LABEL = 100, 10
"""Labelled cases to train on, and those of one label, without which nothing is learned."""
MOST_REMEMBERED = 5_000
C = 3.0
"""How far coefficients may go from 0; on the made-up cases of `make quality-cases` 1 to 10 give nearly the same."""
LIMITS = (0.01, 10.0)
"""Of the inverse temperature."""
MISSING = "Training needs scikit-learn: pip install 'customer360[sorting]'."
FIELDS: tuple[SortingField, ...] = ("topic", "priority")


def train(cases: Sequence[PastCase], version: str) -> CaseModel:
    """Return a model of past cases, with what it did on the last of them; raises Conflict where there are too few of them.

    What a model is judged by is never what it was trained on: the same model that was judged is returned.
    """
    if find_spec("sklearn") is None:
        raise Conflict(MISSING)
    parts = parted(cases)
    vocabulary = vocabulary_of(parts.trained)
    fields: dict[SortingField, Labeller] = {}
    with import_module("threadpoolctl").threadpool_limits(1):  # threads that wait for each other take far longer
        for field in FIELDS:
            if (found := _labeller(parts, vocabulary, field)) is not None:
                fields[field] = found
    if not fields:
        raise Conflict(
            f"Too few cases to learn from: {FEWEST_CASES} and more are needed whose topic or priority people have set."
        )
    newest = sorted(cases, key=lambda case: (case.at, case.id))[-MOST_REMEMBERED:]
    remembered = remember(vocabulary, ((case.id, case.text) for case in newest))
    return CaseModel(version, len(cases), vocabulary, fields, remembered)


def vocabulary_of(cases: Sequence[PastCase]) -> Vocabulary:
    """Return the n-grams that enough people have written, of too many those of the most; with idf as scikit-learn has it."""
    people: dict[str, set[str]] = defaultdict(set)
    of_words = [words(case.text) for case in cases]
    for case, found in zip(cases, of_words, strict=True):
        for ngram in counted(found):
            people[ngram].add(case.who)
    kept = [ngram for ngram, who in people.items() if len(who) >= FEWEST_PEOPLE]
    kept.sort(key=lambda ngram: (-len(people[ngram]), ngram))
    places = {ngram: place for place, ngram in enumerate(sorted(kept[:MOST_NGRAMS]))}
    if not places:
        return Vocabulary({}, ())
    library = import_module("sklearn.feature_extraction.text")
    fitted: Any = library.TfidfVectorizer(analyzer=_ngrams_of, vocabulary=places, sublinear_tf=True).fit(of_words)
    return Vocabulary(places, [_short(each) for each in fitted.idf_])


def _ngrams_of(found: Sequence[str]) -> list[str]:
    return [ngram for word in found for ngram in ngrams(word)]


def _labeller(parts: Parts, vocabulary: Vocabulary, field: SortingField) -> Labeller | None:
    """Return what was learned of a field; None where too few cases have it, or all the same."""
    trained = [(case.text, label) for case in parts.trained if (label := getattr(case, field))]
    often = defaultdict[str, int](int)
    for _, label in trained:
        often[label] += 1
    common = {label for label, count in often.items() if count >= FEWEST_OF_A_LABEL}
    trained = [row for row in trained if row[1] in common]
    tuned = [(case.text, label) for case in parts.tuned if (label := getattr(case, field))]
    known = [row for row in tuned if row[1] in common]
    if len(trained) < FEWEST_CASES or len(common) < 2 or len(known) < FEWEST_OF_A_LABEL:
        return None
    matrix = _matrix([text for text, _ in trained], vocabulary)
    regression: Any = import_module("sklearn.linear_model").LogisticRegression(C=C, max_iter=2000)
    regression.fit(matrix, [label for _, label in trained])
    later = _matrix([text for text, _ in known], vocabulary)
    temperature = _inverse_temperature(regression, later, [label for _, label in known])
    rows, intercepts = regression.coef_.tolist(), regression.intercept_.tolist()
    if len(rows) == 1:  # of two labels there is one row, which speaks for the second and against the first
        rows, intercepts = [[-each for each in rows[0]], rows[0]], [-intercepts[0], intercepts[0]]
    coefficients = tuple([_short(each) for each in row] for row in rows)
    short = tuple(_short(each) for each in intercepts)
    blank = Labeller(tuple(regression.classes_.tolist()), coefficients, short, _short(temperature), (), (), Figures(0, 0.0, 0.0))
    held_out = [(case.text, label) for case in parts.held_out if (label := getattr(case, field))]
    return _judged(blank, vocabulary, tuned, held_out, majority(label for _, label in trained))


def _matrix(texts: Sequence[str], vocabulary: Vocabulary) -> Any:
    sparse, count = import_module("scipy.sparse"), len(vocabulary.places)
    rows = [vocabulary.weights(words(text)) for text in texts]
    values = [weight for row in rows for weight in row.values()]
    columns = [vocabulary.places[ngram] for row in rows for ngram in row]
    ends = [0]
    for row in rows:
        ends.append(ends[-1] + len(row))
    return sparse.csr_matrix((values, columns, ends), shape=(len(rows), count))


def _inverse_temperature(regression: Any, matrix: Any, labels: Sequence[str]) -> float:
    """Return by what to multiply what speaks for each label so that later labels are the likeliest: one number for all."""
    spoken: Any = regression.decision_function(matrix)
    rows: list[list[float]] = [[-each, each] for each in spoken.tolist()] if spoken.ndim == 1 else spoken.tolist()
    places = [regression.classes_.tolist().index(label) for label in labels]
    softmax: Any = import_module("scipy.special").log_softmax

    def loss(inverse: float) -> float:
        likely = softmax([[inverse * each for each in row] for row in rows], axis=1)
        return -sum(float(row[place]) for row, place in zip(likely, places, strict=True))

    found: Any = import_module("scipy.optimize").minimize_scalar(loss, bounds=LIMITS, method="bounded")
    return float(found.x)


def _judged(
    blank: Labeller, vocabulary: Vocabulary, tuned: Sequence[tuple[str, str]], held_out: Sequence[tuple[str, str]], commonest: str
) -> Labeller:
    """Return the labeller with what it says of later cases."""

    def judge(rows: Sequence[tuple[str, str]]) -> tuple[list[str | None], list[tuple[float, bool]]]:
        said = [predict(blank, vocabulary, text) for text, _ in rows]
        # What it says nothing of is not covered, whatever is asked for.
        judged = [
            (_short(each.probability), each.label == label) if each else (0.0, False)
            for each, (_, label) in zip(said, rows, strict=True)
        ]
        return [each and each.label for each in said], judged

    _, by_tuned = judge(tuned)
    said, by_held_out = judge(held_out)
    truth = [label for _, label in held_out]
    figures = Figures(len(truth), _short(macro_f1(truth, said)), _short(macro_f1(truth, [commonest] * len(truth))))
    return Labeller(blank.labels, blank.coefficients, blank.intercepts, blank.inverse_temperature, by_tuned, by_held_out, figures)


def _short(number: float) -> float:
    """Return a number of six digits, as it is kept: what is judged is what is stored."""
    return float(f"{number:.6g}")
