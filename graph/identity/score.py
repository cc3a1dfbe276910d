"""How strongly a comparison speaks for one person: the sum of the bits of its fields (Fellegi and Sunter, 1969).

A level that occurs in true pairs with probability m and in random pairs with probability u is worth log2(m / u) bits.
The prior, in bits too, is how unlikely one person is before anything is compared. No rule joins by a score, and where a
guard keeps two apart no score says that they are one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.identity.comparing import SAME, UNKNOWN, compare
from graph.identity.guards import BIRTH_DATE, GIVEN_NAME, SURNAME, conflict
from graph.identity.members import Member
from graph.identity.profile import FIELDS, Profile
from graph.identity.strength import Strength
from graph.identity.weights import WEIGHTS, Weights
from graph.words import say

UNLIKELY = "UNLIKELY"
CONFIDENCES = (("ALMOST_CERTAIN", 0.999), ("LIKELY", 0.9), ("OPEN", 0.1), (UNLIKELY, 0.0))
"""What a probability is called, and from where on."""
CONFLICTING = "CONFLICTING"
"""What it is called instead where a guard stands, unless it is unlikely anyway."""
CONFLICTS = (GIVEN_NAME, SURNAME, BIRTH_DATE)
_MOST_BITS = 1000.0
"""Beyond it a probability is 0 or 1 in every digit that a float has, and 2 to that power overflows not much later."""


@dataclass(frozen=True, slots=True)
class FieldScore:
    """A field of `FIELDS` with its level and bits; `first` and `second` are the values of the two records."""

    field: str
    agreement: str
    bits: float
    first: tuple[str, ...]
    second: tuple[str, ...]

    def sentence(self, language: str) -> str:
        """Return how far the two agree, in one of `LANGUAGES`."""
        said = "NOTHING_TO_COMPARE" if self.agreement == UNKNOWN else f"{self.field}.{self.agreement}"
        return say(f"score.{said}", language)


@dataclass(frozen=True, slots=True)
class Score:
    """`bits` is the sum of those of the fields; with the prior added it tells the probability of one person.

    `conflict` is the one of `CONFLICTS` that a guard holds against it, None where none stands.
    """

    bits: float
    prior_bits: float
    fields: tuple[FieldScore, ...]
    weights_version: str
    conflict: str | None = None

    @property
    def probability(self) -> float:
        return 1 / (1 + 2 ** -_within(self.bits + self.prior_bits))

    @property
    def confidence(self) -> str:
        name = next(name for name, least in CONFIDENCES if self.probability >= least)
        return CONFLICTING if self.conflict and name != UNLIKELY else name

    def sentence(self, language: str) -> str:
        """Return what the score says in all, in one of `LANGUAGES`."""
        confidence = self.confidence
        return say(f"confidence.{self.conflict if confidence == CONFLICTING else confidence}", language)


def score(one: Profile, other: Profile, weights: Weights = WEIGHTS) -> Score:
    """Return the score of two records with what each field adds to it; unknown fields add nothing."""
    levels = compare(one, other)
    fields = tuple(
        FieldScore(field, levels[field], weights.bits_of(field, levels[field]), one.shown[field], other.shown[field])
        for field in FIELDS
    )
    return Score(bits_of(levels, weights), weights.prior, fields, weights.version, guarded(one, other, levels))


def bits_of(levels: Mapping[str, str], weights: Weights = WEIGHTS) -> float:
    """Return the bits of a comparison, without those of the prior."""
    return round(sum((weights.bits_of(field, level) for field, level in levels.items()), 0.0), 1)


def guarded(one: Profile, other: Profile, levels: Mapping[str, str]) -> str | None:
    """Return what speaks against one person by the guards; one account of both bears a slip, as it does where they join."""
    ours, theirs = (Member(key, each.names, each.birth_date) for key, each in (("one", one), ("other", other)))
    return conflict(ours, theirs, how=Strength.EXCLUSIVE if levels["ACCOUNT"] == SAME else Strength.NEARLY)


def _within(bits: float) -> float:
    return max(-_MOST_BITS, min(_MOST_BITS, bits))
