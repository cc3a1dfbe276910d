"""`customer360 identity train`: a model of the records of this graph, learned without labels, and what it would propose."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import typer

from api.process.graph_connection import open_graph
from api.process.settings import Settings, load_settings
from graph import schema
from graph.errors import InvalidInput
from graph.events.newest import utc_text
from graph.identity.normalising.dates import Calendar
from graph.matching.comparisons import comparisons
from graph.matching.evaluating import clustered_rows
from graph.matching.model import Learned, learn
from graph.matching.preparing import prepared
from graph.matching.recorded import DECLARED, Recorded, recorded
from graph.matching.stored import to_json
from graph.matching.training import require_splink
from graph.store import Store

SEED, FEWEST = 360, 100
"""Of what is drawn at random, and records from which on there is anything to learn."""


def train_command() -> None:
    """Learn a model of the records of this graph, write it, and say in counts what its clusters would propose."""
    settings = load_settings()
    for line in asyncio.run(_run(settings)):
        typer.echo(line)


async def _run(settings: Settings) -> list[str]:
    async with open_graph(settings) as store:
        await schema.require_current(store)
        return await run_training(store, settings)


async def run_training(store: Store, settings: Settings) -> list[str]:
    """Return what was learned and what it would propose, in lines without anything personal; raises InvalidInput."""
    require_splink()
    records = [each async for each in recorded(store)]
    if len(records) < FEWEST:
        raise InvalidInput(f"Too few records to learn from: {FEWEST} and more are needed.")
    now = datetime.now(UTC)
    rows = list(prepared((each.row for each in records), DECLARED, Calendar.at(now, settings.business_time_zone)))
    learned = learn(rows, comparisons(DECLARED), SEED)
    path = _written(settings.data_folder, to_json(learned, utc_text(now)))
    return [*described(learned, records, clustered_rows(learned, rows, None)), f"Written: {path.name} in the data folder."]


def described(learned: Learned, records: Sequence[Recorded], clusters: Sequence[frozenset[int]]) -> list[str]:
    """Return in lines what was learned, and how the clusters of the model differ from the customers of now."""
    proposed = 0
    for cluster in clusters:
        customers = {records[place].customer for place in cluster}
        proposed += sum(1 for _ in combinations(customers, 2))
    return [
        f"Learned from {learned.rows:,} records (fingerprint {learned.fingerprint}); {len(learned.pairs):,} pairs are looked at.",
        f"By its clusters {proposed:,} pairs of customers would be one person.",
    ]


def _written(folder: Path, model: bytes) -> Path:
    """Put a model in place of the one before; it holds names that occur, so nobody else may read it."""
    folder.mkdir(parents=True, exist_ok=True)
    path, new = folder / "identity_model.json", folder / "identity_model.json.new"
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(model)
    new.replace(path)
    return path
