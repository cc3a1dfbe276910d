"""Reading a file ten times as long takes hardly more memory (whole sizes: `python -m bench.import_memory`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.import_memory import LIMIT, measure


@pytest.mark.parametrize("shape", ["rows of CSV", "groups that stand apart"])
def test_ten_times_the_rows_take_at_most_a_fifth_more_memory(shape: str, tmp_path: Path) -> None:
    one, ten = (measure(shape, rows, tmp_path).megabytes for rows in (2_000, 20_000))
    assert ten <= LIMIT * one
