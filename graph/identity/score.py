"""How strongly a comparison speaks for one person: the sum of the bits of its fields (Fellegi and Sunter, 1969).

A level that occurs in true pairs with probability m and in random pairs with probability u is worth log2(m / u) bits.
The prior, in bits too, is how unlikely one person is before anything is compared. No rule joins by a score.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.identity.comparing import UNKNOWN, compare
from graph.identity.profile import FIELDS, Profile
from graph.identity.weights import WEIGHTS, Weights
from graph.words import say

CONFIDENCES = (("ALMOST_CERTAIN", 0.999), ("LIKELY", 0.9), ("OPEN", 0.1), ("UNLIKELY", 0.0))
"""What a probability is called, and from where on."""
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
    """`bits` is the sum of those of the fields; with the prior added it tells the probability of one person."""

    bits: float
    prior_bits: float
    fields: tuple[FieldScore, ...]
    weights_version: str

    @property
    def probability(self) -> float:
        return 1 / (1 + 2 ** -_within(self.bits + self.prior_bits))

    @property
    def confidence(self) -> str:
        return next(name for name, least in CONFIDENCES if self.probability >= least)

    def sentence(self, language: str) -> str:
        """Return what the score says in all, in one of `LANGUAGES`."""
        return say(f"confidence.{self.confidence}", language)


def score(one: Profile, other: Profile, weights: Weights = WEIGHTS) -> Score:
    """Return the score of two records with what each field adds to it; unknown fields add nothing."""
    levels = compare(one, other)
    fields = tuple(
        FieldScore(field, levels[field], weights.bits_of(field, levels[field]), one.shown[field], other.shown[field])
        for field in FIELDS
    )
    return Score(round(sum((each.bits for each in fields), 0.0), 1), weights.prior, fields, weights.version)


def _within(bits: float) -> float:
    return max(-_MOST_BITS, min(_MOST_BITS, bits))
