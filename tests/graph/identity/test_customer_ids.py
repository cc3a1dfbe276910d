"""Customer ids survive merges, come back after a split, and those left behind redirect."""

from __future__ import annotations

from itertools import count

from graph.identity.customer_ids import Lineage, Naming, name_clusters


def named(*parts: str, alive_elsewhere: str = "", **lineage: tuple[str | None, str | None]) -> Naming:
    """Name clusters of one-letter records; lineage tells (customer now, born with), and records are as old as their letter."""
    fresh = (f"new{number}" for number in count(1))
    return name_clusters(
        [frozenset(part) for part in parts],
        {key: Lineage(customer, born, key) for key, (customer, born) in lineage.items()},
        alive_elsewhere=frozenset(alive_elsewhere.split()),
        mint=lambda: next(fresh),
    )


def test_a_new_record_gets_a_new_id() -> None:
    assert named("a", a=(None, None)) == Naming({"a": "new1"}, {})


def test_the_larger_part_of_a_merge_keeps_its_id_and_the_other_redirects() -> None:
    found = named("abc", a=("A", "A"), b=("B", "B"), c=("B", "C"))
    assert found == Naming(dict.fromkeys("abc", "B"), {"A": "B"})


def test_among_equals_the_customer_with_the_oldest_record_stays() -> None:
    assert named("ab", a=("X", "X"), b=("B", "B")).redirects == {"B": "X"}


def test_who_comes_apart_takes_back_the_id_its_oldest_record_was_born_with() -> None:
    found = named("ab", "c", a=("A", "A"), b=("A", "B"), c=("A", "C"))
    assert found == Naming({"a": "A", "b": "A", "c": "C"}, {})


def test_an_id_that_somebody_else_bears_meanwhile_is_not_taken_back() -> None:
    assert named("ab", "c", alive_elsewhere="C", a=("A", "A"), b=("A", "B"), c=("A", "C")).customer_of["c"] == "new1"


def test_two_parts_of_a_split_never_bear_one_id() -> None:
    found = named("a", "b", "c", a=("A", "A"), b=("A", "A"), c=("A", "A"))
    assert len(set(found.customer_of.values())) == 3
