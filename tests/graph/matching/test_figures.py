"""Figures of a partition against the truth."""

from __future__ import annotations

import pytest

from graph.matching.figures import figures, wilson

TRUTH = {0: "a", 1: "a", 2: "a", 3: "b", 4: "b"}


def test_the_true_partition_is_right_in_every_figure() -> None:
    found = figures([[0, 1, 2], [3, 4]], TRUTH)
    assert (found.precision, found.recall, found.f1, found.b3_f1) == (1, 1, 1, 1)


def test_pairs_and_b_cubed_count_what_is_joined_wrongly_and_what_is_not_joined() -> None:
    found = figures([[0, 1], [2, 3], [4]], TRUTH)
    assert (found.joined, found.right, found.true) == (2, 1, 4)
    assert found.f1 == pytest.approx(2 * 1 / (2 + 4))
    # By hand: each record's share of its own in its cluster, and of its person's in its cluster.
    assert found.b3_precision == pytest.approx((1 + 1 + 0.5 + 0.5 + 1) / 5)
    assert found.b3_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)


def test_a_record_in_no_cluster_is_refused() -> None:
    with pytest.raises(ValueError, match="every record"):
        figures([[0, 1]], TRUTH)


@pytest.mark.parametrize(("right", "of", "least"), [(0, 0, 0.0), (10, 10, 0.7225), (50, 100, 0.4038), (9_999, 10_000, 0.99943)])
def test_wilson_is_as_in_the_tables(right: int, of: int, least: float) -> None:
    assert wilson(right, of) == pytest.approx(least, abs=1e-4)
