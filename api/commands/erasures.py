"""`customer360 erasures apply`: what was erased is erased again from a graph that was restored."""

from __future__ import annotations

import asyncio

import typer

from api.process.graph_connection import open_graph
from api.process.job_kinds import erasing
from api.process.settings import load_settings
from graph import schema
from graph.erasure.applying import apply

erasure_commands = typer.Typer(help="Erasures of customers.", no_args_is_help=True)


@erasure_commands.callback()
def erasures() -> None:
    """Erasures of customers."""


@erasure_commands.command("apply")
def apply_command() -> None:
    """Erase again what the file of erasures names and this graph does not know of, as each start of the server does."""
    count = asyncio.run(_apply())
    typer.echo(f"Erased again: {count:,} erasures." if count else "The graph knows of every erasure.")


async def _apply() -> int:
    settings = load_settings()
    async with open_graph(settings) as store:
        await schema.require_current(store)
        return await apply(erasing(settings, store))
