"""`customer360 import`: files into the graph by a mapping.

Exit code 0 done, 3 done with rejects, 2 done but for an entry that found no file (or wrong usage), 1 failed.
"""

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
from graph.imports.mapping import load_mapping
from graph.imports.plans import NoFileForIt, plan, rules_without_files
from graph.resolution.attribution_steps import attribute_all

DONE_WITH_REJECTS = 3
ENTRY_WITHOUT_FILE = 2


def import_command(
    mapping: Annotated[Path, typer.Option(help="The mapping file (YAML) of the source.", dir_okay=False)],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="CSV, JSONL or Parquet files, or folders of them.")],
    rejects: Annotated[
        Path | None,
        typer.Option(
            help="Where rejected rows are listed [default: imports/MAPPING-rejects.jsonl in the data folder].", dir_okay=False
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing to the graph.")] = False,
) -> None:
    """Import files by a mapping. Running it twice changes nothing; a run that was cut short goes on where it was."""
    settings = load_settings()
    job = FileImport(
        mapping=mapping,
        paths=paths,
        graph=graph_name(settings),
        folder=settings.data_folder / "imports",
        rejects=rejects or settings.data_folder / "imports" / f"{mapping.stem}-rejects.jsonl",
        digest_key=local_key(settings.data_folder, "digests"),
        listed=blocked_values(settings),
        time_zone=settings.business_time_zone,
        dry_run=dry_run,
    )
    unserved = _unserved(mapping, paths)
    outcomes = asyncio.run(_run(settings, job))
    typer.echo(summary(outcomes, dry_run=dry_run))
    if outcomes[REJECTED]:
        typer.echo(f"Rejected rows are listed with line and reason in {job.rejects_file}.", err=True)
    if unserved:
        typer.echo(f"No file here is for {'; '.join(unserved)}.", err=True)
        raise typer.Exit(ENTRY_WITHOUT_FILE)
    if outcomes[REJECTED]:
        raise typer.Exit(DONE_WITH_REJECTS)


def _unserved(mapping: Path, paths: list[Path]) -> list[str]:
    """Return the entries that find no file in a folder, with their patterns; files that were named are wanted by themselves."""
    read = load_mapping(mapping)
    try:
        steps = plan(read, paths)
    except NoFileForIt as problem:
        typer.echo(f"customer360: {problem.message}", err=True)
        raise typer.Exit(ENTRY_WITHOUT_FILE) from None
    if not any(path.is_dir() for path in paths):
        return []
    return [f"the entry {rule.name} ({', '.join(rule.files)})" for rule in rules_without_files(read, steps)]


async def _run(settings: Settings, job: FileImport) -> Counter[str]:
    with shown_progress() as progress:
        async with prepared_graph(settings) as store:
            outcomes = await import_files(store, job, progress)
            if not job.dry_run:
                await attribute_all(store)
            return outcomes


def graph_name(settings: Settings) -> str:
    """Name the graph that the settings lead to, so that a checkpoint of one is not taken for another's."""
    return f"{settings.neo4j_uri or 'local'} {settings.neo4j_database}"


def summary(outcomes: Counter[str], *, dry_run: bool = False) -> str:
    """Return the line that ends an import."""
    parts = ", ".join(f"{outcomes[name]:,} {name.lower()}" for name in (CREATED, UPDATED, UNCHANGED, REPEATED, REJECTED))
    return f"{'Dry run, nothing written' if dry_run else 'Imported'}: {outcomes.total():,} events, {parts}."
