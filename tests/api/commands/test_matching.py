"""`customer360 identity train` learns from the records of a graph in pages, and writes a model that scores pairs."""

from __future__ import annotations

from pathlib import Path
from typing import LiteralString

import orjson
import pytest

from api.commands.matching import run_scoring, run_training
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

CUSTOMERS: LiteralString = "MATCH (c:Customer {status: 'ACTIVE'}) RETURN c.id, c.version ORDER BY c.id"
PROPOSED: LiteralString = """
MATCH (m:MatchCandidate {rule: 'SCORE', status: 'OPEN'})
WITH m, COLLECT { MATCH (m)-[:BETWEEN]->(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c.id ORDER BY c.id } AS customers
RETURN customers ORDER BY customers
"""


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
    shares = [share for known in model["frequencies"].values() for share in known.values()]
    assert all(share >= 10 / len(raws) for share in shares), "nobody is to be found by a rare name"


async def test_what_the_clusters_of_a_model_hold_together_is_proposed_and_joins_nobody(store: Store, tmp_path: Path) -> None:
    await wipe(store)
    raws = [raw for _, raw in events("a small town", 300)]
    await record(store, [read_event(raw, b"key") for raw in raws])
    settings = settings_in(tmp_path)
    await run_training(store, settings)
    before = await store.read(CUSTOMERS)
    [said] = await run_scoring(store, settings, dry_run=True)
    assert said.endswith("; nothing was written.")
    assert await store.read(PROPOSED) == []
    [said] = await run_scoring(store, settings, dry_run=False)
    proposed = await store.read(PROPOSED)
    assert proposed
    assert f"{len(proposed):,} of them wait for a person now" in said
    assert len({tuple(customers) for [customers] in proposed}) == len(proposed), "two customers are asked about once"
    assert await store.read(CUSTOMERS) == before
    await run_scoring(store, settings, dry_run=False)
    assert await store.read(PROPOSED) == proposed


async def test_without_a_model_there_is_nothing_to_score_by(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="identity train"):
        await run_scoring(store, settings_in(tmp_path), dry_run=False)


async def test_a_graph_with_few_records_has_nothing_to_learn_from(store: Store, tmp_path: Path) -> None:
    await wipe(store)
    with pytest.raises(InvalidInput, match="Too few records"):
        await run_training(store, settings_in(tmp_path))


def test_a_file_that_is_no_model_is_refused() -> None:
    for stored in (b"", b"[]", b"{}", b'{"format": 1, "settings": {"comparisons": []}}'):
        with pytest.raises(InvalidInput):
            scorer_of(stored, DECLARED)
