"""`customer360 neo4j start|stop|status|repair|backup|restore`: the local Neo4j of the data folder, by hand."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from api.process.graph_connection import graph_room, require_room_to_start
from api.process.settings import load_settings
from api.process.steps import tell
from graph.free_space import MEGABYTE
from graph.local import LocalServer
from graph.local.backups import back_up, restore
from graph.local.repairing import repair

BACKUP = Annotated[Path, typer.Argument(metavar="FILE", help="The file of the backup.")]

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


@neo4j_commands.command("repair")
def repair_command() -> None:
    """Bring back a graph that does not start any more, and check all of it; nothing may use it meanwhile."""
    settings = load_settings()
    require_room_to_start(graph_room(settings))
    repaired = asyncio.run(repair(settings.data_folder, settings.cache_folder, tell))
    for archive in repaired.cut:
        typer.echo(f"What could not be read was cut off, and is kept in {archive}.")
    if not repaired.cut:
        typer.echo("Nothing was torn, so nothing was cut off.")
    typer.echo(f"The graph is sound and starts: {repaired.size}. Go on with `customer360 serve`.")


@neo4j_commands.command()
def backup(file: BACKUP) -> None:
    """Write all of the graph to a file, checked before; nothing may use it meanwhile."""
    settings = load_settings()
    asyncio.run(back_up(settings.data_folder, settings.cache_folder, file))
    typer.echo(f"The graph is sound, and the {file.stat().st_size // MEGABYTE + 1} MB of {file} hold all of it.")


@neo4j_commands.command("restore")
def restore_command(
    file: BACKUP, yes: Annotated[bool, typer.Option("--yes", help="Do not ask before what is there is replaced.")] = False
) -> None:
    """Put the graph of a backup in the place of what is there, and check it; nothing may use it meanwhile."""
    settings = load_settings()
    if not yes:
        typer.confirm(f"Replace the graph in {settings.data_folder} by {file}?", abort=True)
    asyncio.run(restore(settings.data_folder, settings.cache_folder, file))
    typer.echo("The graph of the backup is there, and sound. The next start erases again what was erased after it.")


def _line(server: LocalServer) -> str:
    return f"{server.uri}, process {server.pid}"
