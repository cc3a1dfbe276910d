"""Slips of a finger: one sign wrong, missing or too many, two neighbours exchanged, day and month the wrong way round."""

from __future__ import annotations

from rapidfuzz.distance import OSA


def is_slip(one: str, other: str) -> bool:
    """Tell whether one sign is wrong, missing or too many, or two neighbours have changed places."""
    return OSA.distance(one, other, score_cutoff=1) <= 1


def is_slip_of_date(one: str, other: str) -> bool:
    """Tell whether two ISO dates differ by one slip, or have day and month exchanged."""
    year, month, day = other.split("-")
    return one == f"{year}-{day}-{month}" or is_slip(one, other)
