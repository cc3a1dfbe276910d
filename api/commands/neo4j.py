"""`customer360 neo4j start|stop|status`: the local Neo4j of the data folder, by hand."""

from __future__ import annotations

import asyncio

import typer

from api.process.settings import load_settings
from graph.local import LocalServer

neo4j_commands = typer.Typer(help="The local Neo4j of the data folder.", no_args_is_help=True)


@neo4j_commands.command()
def start() -> None:
    """Start it, to run until `neo4j stop`; serve and import then attach to it."""
    settings = load_settings()
    server = asyncio.run(LocalServer.start(settings.data_folder, settings.cache_folder, tethered=False))
    typer.echo(f"{'Runs already' if server.attached else 'Started'}: {_line(server)}")


@neo4j_commands.command()
def stop() -> None:
    """Stop it in order, also for the commands that use it now."""
    server = LocalServer.running(load_settings().data_folder)
    if server is None:
        typer.echo("It is not running.")
        return
    server.stop()
    typer.echo("Stopped.")


@neo4j_commands.command()
def status() -> None:
    """Say whether it runs and where; exit code 3 if it does not."""
    server = LocalServer.running(load_settings().data_folder)
    if server is None:
        typer.echo("It is not running.")
        raise typer.Exit(3)
    typer.echo(_line(server))
    typer.echo(f"User neo4j, password in {server.password_file}")


def _line(server: LocalServer) -> str:
    return f"{server.uri}, process {server.pid}"
