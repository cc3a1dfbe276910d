"""`customer360 import`: files into the graph by a mapping. Exit code 0 done, 3 done with rejects, 1 failed, 2 wrong usage."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from api.commands.file_import import FileImport, import_files
from api.commands.import_progress import shown_progress
from api.process.graph_connection import prepared_graph
from api.process.identity_files import blocked_values
from api.process.local_keys import local_key
from api.process.settings import Settings, load_settings
from graph.events.outcomes import CREATED, REJECTED, REPEATED, UNCHANGED, UPDATED
from graph.resolution.attribution_steps import attribute_all

DONE_WITH_REJECTS = 3


def import_command(
    mapping: Annotated[Path, typer.Option(help="The mapping file (YAML) of the source.", dir_okay=False)],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="CSV, JSONL or Parquet files, or folders of them.")],
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected rows are listed [default: MAPPING-rejects.jsonl, here].", dir_okay=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing to the graph.")] = False,
) -> None:
    """Import files by a mapping. Running it twice changes nothing; a run that was cut short goes on where it was."""
    settings = load_settings()
    listed = rejects or Path(f"{mapping.stem}-rejects.jsonl")
    outcomes = asyncio.run(_run(settings, mapping, paths, listed, dry_run))
    typer.echo(summary(outcomes, dry_run=dry_run))
    if outcomes[REJECTED]:
        typer.echo(f"Rejected rows are listed with line and reason in {listed}.", err=True)
        raise typer.Exit(DONE_WITH_REJECTS)


async def _run(settings: Settings, mapping: Path, paths: list[Path], rejects: Path, dry_run: bool) -> Counter[str]:
    job = FileImport(
        mapping=mapping,
        paths=paths,
        graph=graph_name(settings),
        folder=settings.data_folder / "imports",
        rejects=rejects,
        digest_key=local_key(settings.data_folder, "digests"),
        listed=blocked_values(settings),
        time_zone=settings.business_time_zone,
        dry_run=dry_run,
    )
    with shown_progress() as progress:
        async with prepared_graph(settings) as store:
            outcomes = await import_files(store, job, progress)
            if not dry_run:
                await attribute_all(store)
            return outcomes


def graph_name(settings: Settings) -> str:
    """Name the graph that the settings lead to, so that a checkpoint of one is not taken for another's."""
    return f"{settings.neo4j_uri or 'local'} {settings.neo4j_database}"


def summary(outcomes: Counter[str], *, dry_run: bool = False) -> str:
    """Return the line that ends an import."""
    parts = ", ".join(f"{outcomes[name]:,} {name.lower()}" for name in (CREATED, UPDATED, UNCHANGED, REPEATED, REJECTED))
    return f"{'Dry run, nothing written' if dry_run else 'Imported'}: {outcomes.total():,} events, {parts}."
