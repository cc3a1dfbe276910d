"""An amount shared out over lines in proportion: whole minor units, none lost and none over."""

from __future__ import annotations

from collections.abc import Sequence


def share_out(amount: int, weights: Sequence[int]) -> list[int]:
    """Return the part of each line of an amount that is at most the sum of the weights, which are not negative.

    Each gets its part rounded down; what is left goes, one unit each, to the largest remainders, of equal ones to the first.
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [amount * weight // whole for weight in weights]
    remainders = [amount * weight % whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in by_remainder[: amount - sum(parts)]:
        parts[place] += 1
    return parts
