"""`customer360 audit verify`: whether the read audit is as it was written."""

from __future__ import annotations

import asyncio

import typer

from api.process.audit_folder import audit_folder, audit_key
from api.process.graph_connection import prepared_graph
from api.process.settings import Settings, load_settings
from graph.audit.verifying import Finding, Verified, compare_with_graph, verify_files

audit_commands = typer.Typer(help="The record of who has read personal data.", no_args_is_help=True)


@audit_commands.callback()
def audit() -> None:
    """The record of who has read personal data."""


@audit_commands.command("verify")
def verify_command() -> None:
    """Check every line of the record, and compare it with the graph; exit code 1 when something is wrong."""
    settings = load_settings()
    verified, findings = asyncio.run(_verify(settings))
    for each in findings:
        typer.echo(f"{each.file}, line {each.line}: {each.what}." if each.line else f"{each.file}: {each.what}.")
    if findings:
        raise typer.Exit(1)
    typer.echo(f"The read audit holds: {sum(map(len, verified.ids.values())):,} lines in {len(verified.ids):,} files.")


async def _verify(settings: Settings) -> tuple[Verified, list[Finding]]:
    verified = verify_files(audit_folder(settings), audit_key(settings))
    async with prepared_graph(settings) as store:
        return verified, [*verified.findings, *await compare_with_graph(store, verified)]
