"""`customer360 mail`: messages in files into the graph, as they lie in an archive or a folder that another program fills."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands.consume import intake_of
from api.commands.import_files import DONE_WITH_REJECTS, summary
from api.connectors.mail.configured import company_of
from api.connectors.mail.incoming import Company, read_mail
from api.http.event_intake import EventIntake
from api.process.background import write_events
from api.process.graph_connection import ended, prepared_graph
from api.process.settings import Settings, load_settings
from graph.errors import InvalidInput
from graph.events.outcomes import REJECTED
from graph.resolution.attribution_steps import attribute_all

AT_ONCE = 200
"""Messages of one transaction."""


def mail_command(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Messages (.eml), or folders of them.", exists=True)],
) -> None:
    """Record messages in files. Running it twice changes nothing."""
    settings = load_settings()
    company, files = company_of(settings), messages_in(paths)
    outcomes = asyncio.run(_run(settings, company, files))
    typer.echo(summary(outcomes))
    if outcomes[REJECTED]:
        raise typer.Exit(DONE_WITH_REJECTS)


def messages_in(paths: list[Path]) -> list[Path]:
    """Return the files that were named and those in folders that end in .eml; raises InvalidInput where there is none."""
    found = [file for path in paths for file in (sorted(path.rglob("*.eml")) if path.is_dir() else [path])]
    if not found:
        raise InvalidInput("There is no file that ends in .eml.")
    return found


async def _run(settings: Settings, company: Company, files: list[Path]) -> Counter[str]:
    async with prepared_graph(settings) as store:
        intake, queue = intake_of(settings, store)
        writing = asyncio.create_task(write_events(queue))
        await asyncio.sleep(0)  # lets it begin: nothing is taken before there is a writer
        try:
            outcomes = await record_files(intake, company, files)
        finally:
            await ended(writing)
        await attribute_all(store)
        return outcomes


async def record_files(intake: EventIntake, company: Company, files: list[Path]) -> Counter[str]:
    """Record messages in the order of their files and return how many events had which outcome."""
    outcomes: Counter[str] = Counter()
    for start in range(0, len(files), AT_ONCE):
        read = await asyncio.to_thread(_events, company, files[start : start + AT_ONCE])
        outcomes.update(receipt.outcome for receipt in await intake.take(read, dry_run=False, patient=True))
    return outcomes


def _events(company: Company, files: list[Path]) -> list[dict[str, object]]:
    # A message without a time that counts is of the time of its file.
    return [
        event
        for file in files
        for event in read_mail(file.read_bytes(), company, datetime.fromtimestamp(file.stat().st_mtime, UTC))
    ]
