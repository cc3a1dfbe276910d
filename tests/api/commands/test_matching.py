"""`customer360 identity train` learns from the records of a graph in pages, and writes a model that scores pairs."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from api.commands.matching import run_training
from api.process.settings import Settings
from bench.identity.japanese import events
from graph.errors import InvalidInput
from graph.identity.normalising.dates import TOKYO, Calendar
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.matching.preparing import prepared
from graph.matching.recorded import DECLARED, recorded
from graph.matching.stored import scorer_of
from graph.store import Store
from tests.conftest import wipe


def settings_in(folder: Path) -> Settings:
    return Settings(_env_file=None, data_folder=folder)  # pyright: ignore[reportCallIssue]


async def test_a_model_of_a_graph_is_written_with_the_fingerprint_of_its_records_and_scores_their_pairs(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.matching.recorded.AT_ONCE", 50)
    await wipe(store)
    raws = [raw for _, raw in events("a small town", 300)]
    await record(store, [read_event(raw, b"key") for raw in raws])
    said = await run_training(store, settings_in(tmp_path))
    stored = (tmp_path / "identity_model.json").read_bytes()
    model = orjson.loads(stored)
    assert model["rows"] == len(raws)
    assert said[0].startswith(f"Learned from {len(raws):,} records (fingerprint {model['fingerprint']})")
    assert said[-1] == "Written: identity_model.json in the data folder."
    records = [each.row async for each in recorded(store)]
    one, other = list(prepared(records, DECLARED, Calendar.at(read_event(raws[0], b"key").time, TOKYO)))[:2]
    scorer = scorer_of(stored, DECLARED)
    assert scorer.bits(one, one) > scorer.bits(one, other)


async def test_a_graph_with_few_records_has_nothing_to_learn_from(store: Store, tmp_path: Path) -> None:
    await wipe(store)
    with pytest.raises(InvalidInput, match="Too few records"):
        await run_training(store, settings_in(tmp_path))


def test_a_file_that_is_no_model_is_refused() -> None:
    for stored in (b"", b"[]", b"{}", b'{"format": 1, "settings": {"comparisons": []}}'):
        with pytest.raises(InvalidInput):
            scorer_of(stored, DECLARED)
