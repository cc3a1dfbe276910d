"""Scores: sums of measured bits, told field by field, in sentences for every level."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.likeness.measuring import labelled
from graph.identity.comparing import LEVELS, UNKNOWN
from graph.identity.profile import Profile
from graph.identity.score import CONFIDENCES, CONFLICTING, CONFLICTS, FieldScore, score
from graph.identity.weights import WEIGHTS, Weights
from graph.words import say
from tests.graph.identity.test_comparing import FLAT, HOUSE, LANDLINE, named, profile

FAMILY: dict[str, Any] = {"address": {"full": FLAT}, "identifiers": [LANDLINE]}
MOBILE = {"kind": "PHONE", "value": "090-1000-4101"}
PEOPLE = [each for _, each in labelled("scores", 60).records()]


@pytest.mark.parametrize(
    ("one", "other", "confidence"),
    [
        # The same person, as two systems have them.
        (
            named("試験", "太郎", birthDate="1988-08-09", identifiers=[MOBILE]),
            named("試験", "太郎", birthDate="1988-08-09", identifiers=[MOBILE]),
            "ALMOST_CERTAIN",
        ),
        # A marriage: another surname and another home, all else agrees.
        (
            named("試験", "花子", birthDate="1988-08-09", identifiers=[MOBILE], address={"full": FLAT}),
            named("見本", "花子", birthDate="1988-08-09", identifiers=[MOBILE], address={"full": HOUSE}),
            "ALMOST_CERTAIN",
        ),
        # Housemates: everything that a family shares, and nothing else.
        (
            named("試験", "太郎", birthDate="1950-08-09", **FAMILY),
            named("試験", "花子", birthDate="1988-01-20", **FAMILY),
            "UNLIKELY",
        ),
        # Namesakes without anything to tell them apart.
        (named("試験", "太郎"), named("試験", "太郎"), "UNLIKELY"),
        # Whoever took over a number.
        (named("試験", "太郎", identifiers=[MOBILE]), named("見本", "花子", identifiers=[MOBILE]), "UNLIKELY"),
        (profile(), profile(), "UNLIKELY"),
    ],
)
def test_a_score_says_what_a_person_would(one: Profile, other: Profile, confidence: str) -> None:
    assert score(one, other).confidence == confidence


CARD = {"kind": "POS_CARD", "value": "C1"}


@pytest.mark.parametrize(
    ("one", "other", "confidence", "sentence"),
    [
        (
            named("試験", "太郎", birthDate="1988-08-08", identifiers=[MOBILE], address={"full": HOUSE}),
            named("試験", "太郎", birthDate="1980-04-01", identifiers=[MOBILE], address={"full": HOUSE}),
            CONFLICTING,
            "The birth dates conflict: check before taking them for one person.",
        ),
        (
            named("試験", "太郎", birthDate="1988-08-08", identifiers=[MOBILE], address={"full": FLAT}),
            named("試験", "次郎", birthDate="1988-08-08", identifiers=[MOBILE], address={"full": FLAT}),
            CONFLICTING,
            "The given names conflict: check before taking them for one person.",
        ),
        (
            named("試験", None, birthDate="1988-08-08", identifiers=[MOBILE]),
            named("見本", None, birthDate="1988-08-08", identifiers=[MOBILE]),
            CONFLICTING,
            "The surnames conflict: check before taking them for one person.",
        ),
        # What a slip is forgiven for where an account joins, no headline holds against them.
        (
            named("試験", "太郎", birthDate="1988-08-08", identifiers=[CARD]),
            named("試験", "太郎", birthDate="1988-08-09", identifiers=[CARD]),
            "ALMOST_CERTAIN",
            "Almost certainly one person.",
        ),
        # Who is hardly one person anyway is told so.
        (named("試験", "太郎"), named("見本", "花子"), "UNLIKELY", "Probably not one person."),
    ],
)
def test_where_a_guard_stands_the_headline_says_the_conflict(
    one: Profile, other: Profile, confidence: str, sentence: str
) -> None:
    found = score(one, other)
    assert (found.confidence, found.sentence("en")) == (confidence, sentence)


@given(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_whom_a_guard_parts_no_score_calls_one_person(one: Profile, other: Profile) -> None:
    found = score(one, other)
    assert found.conflict is None or found.confidence in (CONFLICTING, "UNLIKELY")


def mailed(mail: str, **more: Any) -> Profile:
    return named("試験", "太郎", identifiers=[{"kind": "EMAIL", "value": mail}], **more)


@pytest.mark.parametrize("other", ["taro.shiken@example.jp", "taro.shiken2@example.jp", "taro.shiken1@mail.example.com"])
def test_a_mail_that_is_nearly_the_same_is_weak_evidence_for_namesakes(other: str) -> None:
    found = score(mailed("taro.shiken1@example.jp"), mailed(other))
    [mail] = [each for each in found.fields if each.field == "MAIL"]
    assert abs(mail.bits) < 6
    assert found.confidence == "UNLIKELY"
    born = score(mailed("taro.shiken1@example.jp", birthDate="1988-08-08"), mailed(other, birthDate="1980-04-01"))
    assert born.confidence == "UNLIKELY"


@given(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_the_evidence_is_the_sum_of_its_fields_and_what_is_unknown_adds_nothing(one: Profile, other: Profile) -> None:
    found = score(one, other)
    assert found.bits == pytest.approx(sum(field.bits for field in found.fields))
    assert all(field.bits == 0 for field in found.fields if field.agreement == UNKNOWN)
    assert 0 < found.probability <= 1
    turned = score(other, one)
    assert (turned.bits, [(each.second, each.first) for each in turned.fields]) == (
        found.bits,
        [(each.first, each.second) for each in found.fields],
    )


@pytest.mark.parametrize(("bits", "probability"), [(0.0, 0.5), (1.0, 2 / 3), (-1.0, 1 / 3), (1e6, 1.0), (-1e6, 0.0)])
def test_as_much_evidence_as_the_prior_asks_for_is_one_in_two(bits: float, probability: float) -> None:
    weights = Weights("", "", -20.0, {field: dict.fromkeys(levels, 0.0) for field, levels in LEVELS.items()})
    weights = Weights("", "", -20.0, {**weights.bits, "GENDER": {"SAME": 20.0 + bits}})
    woman = profile(gender="FEMALE")
    assert score(woman, woman, weights).probability == pytest.approx(probability)


def test_the_table_has_every_level_and_the_first_speaks_for_one_person_and_the_last_against_it() -> None:
    assert {field: tuple(levels) for field, levels in WEIGHTS.bits.items()} == LEVELS
    assert WEIGHTS.prior < -10
    for field, levels in LEVELS.items():
        bits = [WEIGHTS.bits_of(field, level) for level in levels]
        assert bits[0] == max(bits) > 0 > min(bits) == bits[-1]


def test_every_level_and_every_confidence_has_its_sentences() -> None:
    levels = [FieldScore(field, level, 0.0, (), ()) for field, known in LEVELS.items() for level in known]
    told = [(level.sentence("ja"), level.sentence("en")) for level in levels]
    names = [*(name for name, _ in CONFIDENCES), *CONFLICTS]
    told += [(say(f"confidence.{name}", "ja"), say(f"confidence.{name}", "en")) for name in names]
    assert all(japanese != english for japanese, english in told)
    assert len(set(told)) == len(told)
    assert FieldScore("MAIL", UNKNOWN, 0.0, (), ()).sentence("en") == "There is nothing to compare."
