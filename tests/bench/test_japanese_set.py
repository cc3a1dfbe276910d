"""The Japanese set of `make identity-quality`: the same for one seed, with the errors that its page names, people known."""

from __future__ import annotations

from itertools import chain

from bench.identity.japanese import DECLARED, events, japanese


def test_the_same_seed_gives_the_same_rows_and_another_seed_others() -> None:
    (one, rules), (again, _), (other, _) = (japanese(seed, 40) for seed in ("a", "a", "b"))
    assert one == again
    assert one.rows != other.rows
    assert sorted(chain.from_iterable(rules.clusters)) == list(range(len(one.rows)))
    assert len(set(one.people)) > 20


def test_rows_tell_what_the_mapping_declares() -> None:
    known, _ = japanese("a", 40)
    columns = set(DECLARED.named)
    assert all(row.keys() <= columns for row in known.rows)
    assert {column for row in known.rows for column, value in row.items() if value} == columns


def test_names_without_a_gap_fillers_and_numbers_of_employers_occur() -> None:
    told = [raw["data"] for _, raw in events("a", 500)]
    names = [data["name"]["full"] for data in told if "full" in data.get("name", {})]
    values = [claim["value"] for data in told for claim in data["identifiers"]]
    assert any(len(name.split()) == 1 for name in names)
    assert {"noreply@example.jp", "090-0000-0000"} <= set(values)
    assert any(value.startswith("06-6990-") for value in values)
