"""`customer360 migrate`: brings the graph to the schema of this program."""

from __future__ import annotations

import asyncio

import typer

from api.process.graph_connection import open_graph
from api.process.settings import load_settings
from graph import schema
from graph.orders.moving import move_fulfillments


def migrate_command() -> None:
    """Bring the graph to the schema of this program."""
    for name in asyncio.run(_migrated()) or ["The graph is up to date."]:
        typer.echo(name)


async def _migrated() -> list[str]:
    async with open_graph(load_settings()) as store:
        applied = await schema.migrate(store)
        await move_fulfillments(store)
        return applied
