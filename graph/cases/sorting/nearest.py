"""Which past cases are like a new one, by signatures of 256 bits that tell likeness and do not give a text back.

A signature has a bit for each of 256 random planes: on which side of it the text lies. Two texts differ in about as many of
them as the angle between them is of a half turn (Charikar, Similarity Estimation Techniques from Rounding Algorithms, 2002).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from math import cos, pi

from graph.cases.sorting.model import Remembered, Vocabulary
from graph.cases.sorting.words import words

BITS = 256
NEAREST = 3
LEAST_ALIKE = 0.3
"""Cosine of the angle from which on a past case is shown as like another."""
_LANE = 6
"""Hexadecimal digits of a lane: one lane adds up one bit."""
_STEPS = 1000
"""A weight is counted in thousandths."""


def signature(weights: Mapping[str, float]) -> int:
    """Return the signature of a text by the weights of its n-grams."""
    steps = {ngram: round(weight * _STEPS) for ngram, weight in weights.items()}
    half = sum(steps.values()) / 2
    lanes = f"{sum(step * _spread(ngram) for ngram, step in steps.items()):0{BITS * _LANE}x}"
    bits = (int(lanes[start : start + _LANE], 16) > half for start in range(0, BITS * _LANE, _LANE))
    return int("".join("1" if bit else "0" for bit in bits), 2)


def remember(vocabulary: Vocabulary, past: Iterable[tuple[str, str]]) -> tuple[Remembered, ...]:
    """Return what is kept of past cases (id, text); nothing of one whose words are all unknown, which is like none."""
    weighed = ((own_id, vocabulary.weights(words(text))) for own_id, text in past)
    return tuple(Remembered(own_id, signature(weights)) for own_id, weights in weighed if weights)


def alike(one: int, other: int) -> float:
    """Return about the cosine of the angle between two texts, by their signatures."""
    return cos(pi * (one ^ other).bit_count() / BITS)


def nearest(own: int, remembered: Iterable[Remembered], most: int = NEAREST) -> list[str]:
    """Return the ids of the past cases that are most like a text, the most alike first; those that are not are left out."""
    found = nsmallest(most, remembered, key=lambda each: ((own ^ each.signature).bit_count(), each.case))
    return [each.case for each in found if alike(own, each.signature) >= LEAST_ALIKE]


@lru_cache(maxsize=30_000)
def _spread(ngram: str) -> int:
    """Return the side on which an n-gram lies of each plane, each in a lane of its own so that they can be added up."""
    hashed = int.from_bytes(blake2b(ngram.encode(), digest_size=BITS // 8).digest())
    lanes = f"{hashed:0{BITS}b}".replace("0", "0" * _LANE).replace("1", "0" * (_LANE - 1) + "1")
    return int(lanes, 16)
