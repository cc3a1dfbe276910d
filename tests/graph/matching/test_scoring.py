"""One pair is worth what Splink says of it, and a model without truth tells the people of a public set apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest
import yaml

import bench.identity
from graph.identity.normalising.dates import TOKYO, Calendar
from graph.matching.blocks import chosen
from graph.matching.comparisons import comparisons
from graph.matching.fields import Declared, read_declared
from graph.matching.model import frequencies
from graph.matching.preparing import prepared
from graph.matching.reading import read_labelled
from graph.matching.scoring import Scorer
from graph.matching.training import TABLE, Settings, fill, scored, settings

FOLDER = Path(bench.identity.__path__[0])
DECLARED = read_declared(yaml.safe_load((FOLDER / "mappings" / "fake_1000.yaml").read_text()))
PAIRS = 10_000
TODAY = Calendar(TOKYO, date(2026, 11, 30))


def _weighed(model: Settings) -> Settings:
    """Give each level an m and a u, whatever they are."""
    random = Random(360)
    for each in model["comparisons"]:
        for level in each["comparison_levels"]:
            if not level.get("is_null_level"):
                level["m_probability"], level["u_probability"] = random.uniform(0.01, 0.9), random.uniform(0.01, 0.9)
    return model


def test_ten_thousand_pairs_are_worth_what_splink_says_to_a_millionth_of_a_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.matching.training.LEAST_BITS", -1_000.0)
    known = read_labelled([FOLDER / "data" / "fake_1000.csv"], "cluster", DECLARED)
    rows = list(prepared(known.rows, DECLARED, TODAY))
    compared = comparisons(DECLARED)
    with duckdb.connect() as database:
        fill(database, rows)
        model = _weighed(settings(compared, chosen(database, TABLE), 0.004))
        pairs = scored(database, TABLE, model)
    assert len(pairs) > PAIRS
    scorer = Scorer(model, compared, frequencies(rows, compared))
    furthest = max(abs(scorer.bits(rows[one], rows[other]) - bits) for one, other, bits in pairs)
    assert furthest < 1e-6


def test_a_pair_is_explained_by_what_each_comparison_adds() -> None:
    declared = Declared({"given_name": ("g",), "surname": ("s",), "birth_date": ("b",)})
    compared = comparisons(declared)
    cells = [{"g": "Hanako", "s": "Mihon", "b": "1980-03-04"}, {"g": "Hanaka", "s": "", "b": "1980-03-04"}]
    one, two = prepared(cells, declared, TODAY)
    scorer = Scorer(_weighed(settings(compared, (), 0.01)), compared, {})
    explained = scorer.explained(one, two)
    assert [(name, level) for name, level, _ in explained] == [("GIVEN", "SLIP"), ("SURNAME", "MISSING"), ("BIRTH_DATE", "SAME")]
    assert scorer.bits(one, two) == pytest.approx(scorer.prior + sum(bits for _, _, bits in explained))
