"""The model of cases is read at the start and when it has been replaced; one that cannot be read harms nothing that runs."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from api.process.case_model import CurrentSorter, model_file, write_model
from api.process.settings import InvalidSettings, Settings
from tests.graph.cases.models import VERSION, by_hand


def settings(folder: Path, **more: Any) -> Settings:
    return Settings(_env_file=None, data_folder=folder, **more)


def replaced(folder: Path, text: bytes) -> None:
    """Put another file in place, with another time, whatever the clock says."""
    model_file(folder).write_bytes(text)
    before = model_file(folder).stat().st_mtime_ns
    os.utime(model_file(folder), ns=(before + 1_000_000_000, before + 1_000_000_000))


def test_without_a_model_there_are_the_rules_alone(tmp_path: Path) -> None:
    sorter = CurrentSorter(settings(tmp_path))()
    assert (sorter.rules, sorter.model, sorter.mode) == ((), None, "suggest")


@pytest.mark.parametrize(("precision", "fills"), [(0.9, True), (0.99, False)])
def test_a_model_fills_in_where_it_is_as_precise_as_is_asked_for(tmp_path: Path, precision: float, fills: bool) -> None:
    write_model(tmp_path, by_hand({"topic": {"A": "荷物", "B": "返品"}}))
    sorter = CurrentSorter(settings(tmp_path, case_model="fill", case_model_precision=precision))()
    assert sorter.mode == "fill"
    assert (sorter.thresholds["topic"] is not None) == fills


def test_a_model_that_has_been_trained_meanwhile_is_taken_up(tmp_path: Path) -> None:
    current = CurrentSorter(settings(tmp_path))
    write_model(tmp_path, by_hand({"topic": {"A": "荷物", "B": "返品"}}))
    model = current().model
    assert model is not None
    assert (model.version, current().model) == (VERSION, model)


def test_one_that_cannot_be_read_leaves_the_one_before_and_at_the_start_is_told_in_words(tmp_path: Path) -> None:
    write_model(tmp_path, by_hand({"topic": {"A": "荷物", "B": "返品"}}))
    current = CurrentSorter(settings(tmp_path))
    before = current()
    replaced(tmp_path, b"{")
    assert current() is before
    with pytest.raises(InvalidSettings, match=r"case_model\.json.*train it anew"):
        CurrentSorter(settings(tmp_path))


def test_one_that_was_taken_away_is_used_no_more(tmp_path: Path) -> None:
    path = write_model(tmp_path, by_hand({"topic": {"A": "荷物", "B": "返品"}}))
    current = CurrentSorter(settings(tmp_path))
    path.unlink()
    assert current().model is None


def test_the_file_is_its_owners_alone_and_no_other_is_left(tmp_path: Path) -> None:
    path = write_model(tmp_path, by_hand({"topic": {"A": "荷物", "B": "返品"}}))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["case_model.json"]


@pytest.mark.parametrize("told", [{"case_model": "guess"}, {"case_model_precision": 0.3}, {"case_model_precision": 1}])
def test_what_no_model_can_do_is_refused(tmp_path: Path, told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        settings(tmp_path, **told)
