"""What holds of every model of cases, and of one that is trained on made-up cases by a fixed seed."""

from __future__ import annotations

import random
import string
from dataclasses import replace
from math import exp, isclose
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.sorting.made_up import made_up
from graph.cases.sorting import training
from graph.cases.sorting.measuring import at, lower_bound, macro_f1, majority, threshold
from graph.cases.sorting.model import CaseModel, predict, shares_of
from graph.cases.sorting.nearest import alike, nearest, remember, signature
from graph.cases.sorting.past_cases import PastCase, parted
from graph.cases.sorting.stored import from_json, to_json
from graph.cases.sorting.training import FEWEST_PEOPLE, train, vocabulary_of
from graph.cases.sorting.words import counted, ngrams, words
from graph.errors import Conflict, InvalidInput
from tests.graph.cases.models import VERSION, by_hand

COUNT, SEEN = 2_500, 2_000
CASES = made_up("a test", COUNT)
"""Those that are not SEEN come after all that a model is trained on, chosen by or checked with."""
TEXTS = st.text(alphabet=st.sampled_from("荷物が届きません返品したいaeinst 9。@-"), max_size=60)


@pytest.fixture(scope="module")
def model() -> CaseModel:
    return train(CASES[:SEEN], VERSION)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("荷物が届きません。", ["荷物が", "届きません"]),
        ("ＰＤＦを２通", ["pdf", "を", "0", "通"]),
        ("Re: My order 1234-5", ["re", "my", "order", "0000", "0"]),
        ("キャンセルしたい", ["キャンセルしたい"]),
        ("hanako@example.jp に連絡、09012345678", ["に", "連絡", "00000000000"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words_without_addresses_and_numbers(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_the_ngrams_of_a_word_have_two_to_four_characters_and_reach_into_no_other_word() -> None:
    assert list(ngrams("返品")) == [" 返", "返品", "品 ", " 返品", "返品 ", " 返品 "]


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_nothing_is_trained_on_what_came_later_than_what_judges_it(times: list[int]) -> None:
    cases = [PastCase(str(number), f"{time:06}", "who", "") for number, time in enumerate(times)]
    parts = parted(cases)
    in_order = [*parts.trained, *parts.tuned, *parts.held_out]
    assert [case.at for case in in_order] == sorted(case.at for case in cases)
    assert sorted(case.id for case in in_order) == sorted(case.id for case in cases)


def test_what_is_learned_does_not_depend_on_what_came_later(model: CaseModel) -> None:
    later = [replace(case, text="まったく別の話", topic="BILLING") for case in parted(CASES[:SEEN]).held_out]
    other = train([*CASES[: SEEN - len(later)], *later], VERSION)
    assert other.vocabulary == model.vocabulary
    for field, labeller in model.fields.items():
        assert (labeller.coefficients, labeller.tuned) == (other.fields[field].coefficients, other.fields[field].tuned)


def test_what_scikit_learn_says_is_said_without_it(model: CaseModel) -> None:
    from scipy.special import softmax
    from sklearn.feature_extraction.text import TfidfVectorizer

    labeller, places = model.fields["topic"], model.vocabulary.places
    library = TfidfVectorizer(
        analyzer=lambda text: [ngram for word in words(text) for ngram in ngrams(word)], vocabulary=places, sublinear_tf=True
    )
    library.fit([case.text for case in parted(CASES[:SEEN]).trained])
    texts = [case.text for case in CASES[SEEN : SEEN + 50]]
    speaks = library.transform(texts) @ [list(row) for row in zip(*labeller.coefficients, strict=True)] + labeller.intercepts
    expected = softmax(labeller.inverse_temperature * speaks, axis=1)
    for text, row in zip(texts, expected, strict=True):
        said = predict(labeller, model.vocabulary, text)
        assert said is not None
        assert said.label == labeller.labels[row.argmax()]
        assert isclose(said.probability, row.max(), abs_tol=1e-4)


@given(TEXTS)
def test_the_shares_of_the_words_are_together_what_speaks_for_a_label_and_the_strongest_are_its_reasons(text: str) -> None:
    model = by_hand({"topic": {"DELIVERY": "荷物が届きません", "RETURNS": "返品したい east"}})
    labeller, vocabulary = model.fields["topic"], model.vocabulary
    said = predict(labeller, vocabulary, text)
    weights = vocabulary.weights(words(text))
    assert (said is None) == (not weights)
    if said is None:
        return
    spoken = [sum(row[vocabulary.places[ngram]] * weight for ngram, weight in weights.items()) for row in labeller.coefficients]
    place = labeller.labels.index(said.label)
    shares = shares_of(words(text), weights, labeller.coefficients[place], vocabulary)
    assert isclose(sum(shares.values()), spoken[place], abs_tol=1e-9)
    assert isclose(said.probability, exp(spoken[place]) / sum(map(exp, spoken)), abs_tol=1e-9)
    assert list(said.words) == sorted(said.words, key=lambda share: (-share[1], share[0]))
    assert len(said.words) <= 5
    assert all(share == shares[word] > 0 for word, share in said.words)
    assert not said.words or said.words[0][1] == max(shares.values())


def test_as_json_it_says_the_same_and_reads_back_as_it_was(model: CaseModel) -> None:
    read = from_json(to_json(model))
    assert to_json(read) == to_json(model)
    for case in CASES[SEEN : SEEN + 100]:
        for field, labeller in model.fields.items():
            assert predict(read.fields[field], read.vocabulary, case.text) == predict(labeller, model.vocabulary, case.text)


def _without(name: str) -> Any:
    return lambda told: {key: value for key, value in told.items() if key != name}


@pytest.mark.parametrize(
    "change",
    [
        _without("ngrams"),
        _without("fields"),
        lambda told: {**told, "format": 0},
        lambda told: {**told, "idf": told["idf"][1:]},
        lambda told: {**told, "remembered": [["case", "no number"]]},
        lambda told: {**told, "fields": {"topic": {**told["fields"]["topic"], "coefficients": [[1.0]]}}},
        lambda _: [],
    ],
)
def test_a_file_that_is_no_model_is_refused(change: Any) -> None:
    import orjson

    told = orjson.loads(to_json(by_hand({"topic": {"A": "荷物", "B": "返品"}})))
    with pytest.raises(InvalidInput, match="train it anew"):
        from_json(orjson.dumps(change(told)))


def test_it_is_better_than_the_commonest_label_on_cases_that_came_later(model: CaseModel) -> None:
    for labeller in model.fields.values():
        assert labeller.figures.macro_f1 > labeller.figures.majority_f1 + 0.3


@pytest.mark.parametrize("precision", [0.8, 0.85, 0.9])
def test_what_it_fills_in_of_later_cases_is_right_as_often_as_is_asked_for(model: CaseModel, precision: float) -> None:
    labeller = model.fields["topic"]
    least = labeller.threshold(precision)
    assert least is not None
    said = [(predict(labeller, model.vocabulary, case.text), case.topic) for case in CASES[SEEN:]]
    judged = [(each.probability, each.label == truth) for each, truth in said if each is not None]
    coverage, held = at(judged, least)
    assert coverage > 0.3
    assert held is not None
    assert held >= precision


def test_of_labels_that_say_nothing_it_fills_in_nothing() -> None:
    topics = [case.topic for case in CASES[:SEEN]]
    random.Random("shuffled").shuffle(topics)
    shuffled = [replace(case, topic=topic, priority=None) for case, topic in zip(CASES, topics, strict=False)]
    model = train(shuffled, VERSION)
    assert [labeller.threshold(0.6) for labeller in model.fields.values()] == [None]


def test_an_ngram_that_too_few_people_have_written_is_not_kept_however_often_they_wrote_it() -> None:
    written = [(f"person {who}", "一般の話") for who in range(FEWEST_PEOPLE)]
    written += [(f"person {who % (FEWEST_PEOPLE - 1)}", "秘密") for who in range(50)]
    kept = vocabulary_of([PastCase(str(number), "", who, text) for number, (who, text) in enumerate(written)]).places
    assert set(counted(["一般の"])) <= kept.keys()
    assert not any("秘" in ngram or "密" in ngram for ngram in kept)


def test_the_file_holds_no_text_that_anybody_has_written(model: CaseModel) -> None:
    stored = to_json(model).decode()
    assert max(map(len, model.vocabulary.places)) <= 4
    assert all(case.text not in stored and case.who not in stored for case in CASES)
    assert not any(set(ngram) & set(string.digits) - {"0"} for ngram in model.vocabulary.places)


def test_too_few_cases_are_refused_in_words() -> None:
    with pytest.raises(Conflict, match="Too few cases"):
        train(CASES[:90], VERSION)


def test_a_field_of_which_people_have_said_too_little_is_left_out() -> None:
    cases = [replace(case, priority=None) for case in CASES[:600]]
    assert set(train(cases, VERSION).fields) == {"topic"}


def test_without_scikit_learn_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "find_spec", lambda _: None)
    with pytest.raises(Conflict, match=r"customer360\[sorting\]"):
        train(CASES[:SEEN], VERSION)


@given(TEXTS, TEXTS)
def test_likeness_is_of_a_text_with_itself_the_greatest(one: str, other: str) -> None:
    vocabulary = by_hand({"topic": {"A": "荷物が届きません", "B": "返品したい east"}}).vocabulary
    own, of_other = (signature(vocabulary.weights(words(text))) for text in (one, other))
    assert alike(own, own) == 1.0
    assert alike(own, of_other) == alike(of_other, own) <= 1.0


def test_the_signatures_tell_about_the_angle_between_two_texts(model: CaseModel) -> None:
    texts = [model.vocabulary.weights(words(case.text)) for case in CASES[:40]]
    off = [
        abs(alike(signature(one), signature(other)) - sum(weight * other.get(ngram, 0.0) for ngram, weight in one.items()))
        for place, one in enumerate(texts)
        for other in texts[:place]
    ]
    assert sum(off) / len(off) < 0.1


def test_the_nearest_past_case_is_the_one_with_the_same_text(model: CaseModel) -> None:
    past = remember(model.vocabulary, [(case.id, case.text) for case in CASES[:200]])
    own = signature(model.vocabulary.weights(words(CASES[7].text)))
    found = nearest(own, past)
    assert CASES[7].id in found
    assert len(found) <= 3


@pytest.mark.parametrize(
    ("truth", "said", "score"),
    [
        (["a", "b"], ["a", "b"], 1.0),
        (["a", "b"], ["b", "a"], 0.0),
        (["a", "a", "b"], ["a", "a", "a"], 0.4),
        (["a", "b"], ["a", None], 0.5),
        ([], [], 0.0),
    ],
)
def test_macro_f1_is_the_mean_over_the_true_labels(truth: list[str], said: list[str | None], score: float) -> None:
    assert isclose(macro_f1(truth, said), score)


def test_of_the_commonest_labels_the_first_in_the_alphabet_counts() -> None:
    assert (majority(["b", "a", "b", "a"]), majority(["b", "a", "b"])) == ("a", "b")


@given(st.lists(st.tuples(st.sampled_from([0.2, 0.5, 0.7, 0.9]), st.booleans()), max_size=200), st.sampled_from([0.6, 0.9]))
def test_from_a_threshold_on_the_precision_holds_in_the_later_part(judged: list[tuple[float, bool]], precision: float) -> None:
    half = len(judged) // 2
    least = threshold(judged[:half], judged[half:], precision)
    if least is not None:
        _, held = at(judged[half:], least)
        assert held is not None
        assert held >= precision


@pytest.mark.parametrize(("right", "of", "bound"), [(0, 10, 0.0), (10, 10, 0.859), (90, 100, 0.855), (900, 1000, 0.887)])
def test_the_lower_bound_comes_nearer_with_more_cases(right: int, of: int, bound: float) -> None:
    assert isclose(lower_bound(right, of), bound, abs_tol=0.001)
