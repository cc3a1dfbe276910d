"""`customer360 identity train` and `score`: a model of the records of this graph, learned without labels, and its proposals."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from api.process.graph_connection import open_graph
from api.process.private_file import replace_private
from api.process.settings import Settings, load_settings
from graph import schema
from graph.errors import InvalidInput
from graph.events.newest import utc_text
from graph.identity.normalising.dates import Calendar
from graph.matching.comparisons import comparisons
from graph.matching.model import Learned, applied, clustered_rows, learn
from graph.matching.preparing import prepared
from graph.matching.proposals import proposals
from graph.matching.recorded import DECLARED, Recorded, recorded
from graph.matching.stored import settings_of, to_json
from graph.matching.training import require_splink
from graph.resolution.mates import Proposal
from graph.resolution.proposing import propose
from graph.store import Store

SEED, FEWEST = 360, 100
"""Of what is drawn at random, and records from which on there is anything to learn."""
MODEL = "identity_model.json"


def train_command() -> None:
    """Learn a model of the records of this graph, write it, and say in counts what its clusters would propose."""
    _tell(run_training)


def score_command(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be proposed, and write nothing.")] = False,
) -> None:
    """Propose to people what the clusters of the model hold together and no rule joins: as match candidates."""

    async def run(store: Store, settings: Settings) -> list[str]:
        return await run_scoring(store, settings, dry_run=dry_run)

    _tell(run)


def _tell(run: Callable[[Store, Settings], Awaitable[list[str]]]) -> None:
    settings = load_settings()

    async def work() -> list[str]:
        async with open_graph(settings) as store:
            await schema.require_current(store)
            return await run(store, settings)

    for line in asyncio.run(work()):
        typer.echo(line)


async def run_training(store: Store, settings: Settings) -> list[str]:
    """Return what was learned and what it would propose, in lines without anything personal; raises InvalidInput."""
    known = await _known(store, settings)
    learned = learn(known.rows, comparisons(DECLARED), SEED)
    path = settings.data_folder / MODEL
    replace_private(path, to_json(learned, utc_text(datetime.now(UTC))))
    found = known.proposed(learned)
    return [
        f"Learned from {learned.rows:,} records (fingerprint {learned.fingerprint}); {len(learned.pairs):,} pairs are looked at.",
        f"By its clusters {len(found):,} pairs of customers would be one person.",
        f"Written: {path.name} in the data folder.",
    ]


async def run_scoring(store: Store, settings: Settings, *, dry_run: bool) -> list[str]:
    """Propose what the model of the data folder holds together; return in lines how much that is; raises InvalidInput."""
    try:
        stored = await asyncio.to_thread((settings.data_folder / MODEL).read_bytes)
    except FileNotFoundError:
        raise InvalidInput("There is no model yet: run `customer360 identity train` first.") from None
    model = settings_of(stored, DECLARED)
    known = await _known(store, settings)
    found = known.proposed(applied(model, known.rows, comparisons(DECLARED)))
    told = f"By the clusters of the model {len(found):,} pairs of customers are one person"
    if dry_run:
        return [f"{told}; nothing was written."]
    return [f"{told}; {await propose(store, found):,} of them wait for a person now."]


@dataclass(frozen=True, slots=True)
class _Known:
    """The source records of a graph, and the same as prepared rows."""

    records: Sequence[Recorded]
    rows: Sequence[dict[str, Any]]

    def proposed(self, learned: Learned) -> list[Proposal]:
        records, rows, scorer = self.records, self.rows, learned.scorer()
        clusters = clustered_rows(learned, rows, lambda one, other: records[other].key in records[one].apart)
        return list(proposals(records, clusters, lambda one, other: scorer.bits(rows[one], rows[other])))


async def _known(store: Store, settings: Settings) -> _Known:
    require_splink()
    records = [each async for each in recorded(store)]
    if len(records) < FEWEST:
        raise InvalidInput(f"Too few records to learn from: {FEWEST} and more are needed.")
    today = Calendar.at(datetime.now(UTC), settings.business_time_zone)
    return _Known(records, list(prepared((each.row for each in records), DECLARED, today)))
