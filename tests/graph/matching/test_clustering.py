"""Clusters by average link."""

from __future__ import annotations

from graph.matching.clustering import clustered


def _unscored(_: int, __: int) -> float:
    return -8.0


def _never(_: int, __: int) -> bool:
    return False


def _of(*clusters: str) -> list[frozenset[int]]:
    return [frozenset(map(int, each)) for each in clusters]


def test_who_is_in_no_pair_is_a_cluster_alone() -> None:
    assert clustered(range(3), [], _unscored, _never) == _of("0", "1", "2")


def test_a_chain_is_not_joined_whose_ends_contradict_each_other() -> None:
    pairs = [(0, 1, 9.0), (1, 2, 4.0)]
    assert clustered(range(3), pairs, lambda _, __: -12.0, _never) == _of("01", "2")


def test_one_pair_that_differs_is_outvoted_by_two_that_agree() -> None:
    pairs = [(0, 1, 9.0), (1, 2, 8.0), (0, 2, -4.0)]
    assert clustered(range(3), pairs, _unscored, _never) == _of("012")


def test_a_pair_that_no_block_holds_is_asked_for() -> None:
    asked: list[tuple[int, int]] = []

    def bits(one: int, other: int) -> float:
        asked.append((one, other))
        return 3.0

    assert clustered(range(3), [(0, 1, 5.0), (1, 2, 5.0)], bits, _never) == _of("012")
    assert asked == [(0, 2)]


def test_what_is_apart_is_never_joined_and_the_next_best_is() -> None:
    pairs = [(0, 1, 12.0), (0, 2, 6.0), (1, 2, -1.0)]
    assert clustered(range(3), pairs, _unscored, lambda one, other: {one, other} == {0, 1}) == _of("02", "1")


def test_the_order_of_pairs_does_not_matter() -> None:
    pairs = [(0, 1, 5.0), (1, 2, 6.0), (2, 3, 7.0), (0, 3, 1.0), (4, 3, 2.0)]
    assert clustered(range(5), pairs, _unscored, _never) == clustered(range(5), pairs[::-1], _unscored, _never)
