"""`customer360 identity rebuild`: decide identity again by the rules and the listed values of today."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import orjson
import typer

from api.commands.evaluating import evaluate_command
from api.commands.import_files import graph_name
from api.commands.matching import score_command, train_command
from api.commands.quality import report_command
from api.commands.sending_progress import counted
from api.process.graph_connection import prepared_graph
from api.process.identity_files import blocked_values
from api.process.settings import Settings, load_settings
from graph.identity.blocking import ListedValues
from graph.identity.strength import RULES_VERSION
from graph.imports.checkpoint import replace_file
from graph.keys import opaque
from graph.resolution.attribution_steps import attribute_all
from graph.resolution.rebuild import count, rebuild
from graph.resolution.rebuild_parts import IDENTIFIERS, RECORDS, Changes, Position
from graph.store import Store
from graph.threads.steps import settle_anew

identity_commands = typer.Typer(help="Who is who, for the whole graph.", no_args_is_help=True)
identity_commands.command("evaluate")(evaluate_command)
identity_commands.command("train")(train_command)
identity_commands.command("score")(score_command)
identity_commands.command("report")(report_command)


@identity_commands.callback()
def identity() -> None:
    """Who is who, for the whole graph."""


@identity_commands.command("rebuild")
def rebuild_command(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
) -> None:
    """Decide again who is who, after new rules or another list of blocked values. One that is cut short goes on where it was."""
    settings = load_settings()
    changes = asyncio.run(_run(settings, dry_run))
    for line in report(changes, dry_run=dry_run):
        typer.echo(line)


async def _run(settings: Settings, dry_run: bool) -> Changes:
    listed = blocked_values(settings)
    async with prepared_graph(settings) as store:
        return await run_rebuild(store, settings, listed, dry_run)


async def run_rebuild(store: Store, settings: Settings, listed: ListedValues, dry_run: bool) -> Changes:
    """Rebuild and return what changed since this rebuild began, the parts before an interruption among it."""
    trace = settings.data_folder / "rebuilds" / f"{_name(settings)}.json"
    position, changes = (Position(), Changes()) if dry_run else _begun(trace)
    identifiers, records = await count(store)
    total = {RECORDS: records, IDENTIFIERS: identifiers + records}.get(position.phase, identifiers + 2 * records)
    with counted("Identifiers and records", total, "decide about again") as advance:
        async for part in rebuild(store, listed, position, zone=settings.business_time_zone, dry_run=dry_run):
            changes.add(part.changes)
            if not dry_run:
                _save(trace, part.position, changes)
            advance(part.count)
    if not dry_run:
        await attribute_all(store)
        await settle_anew(store)
        trace.unlink(missing_ok=True)
    return changes


def report(changes: Changes, *, dry_run: bool) -> list[str]:
    """Return what changed in counts, without anything personal."""
    verb = "would be" if dry_run else "are"
    lines = [
        f"Rules {RULES_VERSION}{', dry run: nothing is written' if dry_run else ''}.",
        f"Customers: {changes.joined:,} {verb} joined to others, {changes.parted:,} {verb} parted from others.",
        f"Source records: {changes.rules.total():,} {verb} moved. Contacts of nobody named: {changes.contacts:,} {verb} moved.",
    ]
    lines += [f"  {number:,} records by {rule}" for rule, number in sorted(changes.rules.items())]
    return lines + [f"  {number:,} identifiers {verb} {state} now" for state, number in sorted(changes.states.items())]


def _name(settings: Settings) -> str:
    """Name a rebuild by the graph, the rules and the list: another of them begins at the beginning."""
    path = settings.blocked_values_file
    return opaque("Rebuild", graph_name(settings), RULES_VERSION, path.read_text("utf-8") if path else "")


def _begun(trace: Path) -> tuple[Position, Changes]:
    try:
        known = orjson.loads(trace.read_bytes())
        told = known["changes"]
        states, rules = Counter[str](told.pop("states")), Counter[str](told.pop("rules"))
        return Position(**known["position"]), Changes(states, rules, **told)
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return Position(), Changes()


def _save(trace: Path, position: Position, changes: Changes) -> None:
    told = {name: getattr(changes, name) for name in ("states", "rules", "joined", "parted", "contacts")}
    replace_file(trace, orjson.dumps({"position": asdict(position), "changes": told}))
