"""The command line `customer360`: exit code 0 for done, 1 for a failure, 2 for wrong usage; messages on stderr."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.access.development_tokens import development_tokens
from api.commands.audit import audit_commands
from api.commands.consume import consume_command
from api.commands.demo import demo_command
from api.commands.doctor import examine
from api.commands.erasures import erasure_commands
from api.commands.export_tables import export_command
from api.commands.identity import identity_commands
from api.commands.import_files import import_command
from api.commands.mail import mail_command
from api.commands.neo4j import neo4j_commands
from api.commands.policy import policy_command
from api.commands.sorting import sorting_commands
from api.http.serving import addresses, run_until_stopped
from api.http.serving import serve as serve_graph
from api.process.graph_connection import open_graph
from api.process.log_format import configure_logging
from api.process.settings import load_settings
from graph import schema as graph_schema
from graph.errors import Customer360Error
from graph.orders.moving import move_fulfillments
from resolvers.access.roles import Role
from resolvers.schema import build_schema

PRINTED_SCHEMA = Path("resolvers/schema.graphql")

app = typer.Typer(
    name="customer360",
    help="One customer, the same facts, whichever door they came in by.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(neo4j_commands, name="neo4j")
app.add_typer(identity_commands, name="identity")
app.add_typer(audit_commands, name="audit")
app.add_typer(erasure_commands, name="erasures")
app.add_typer(sorting_commands, name="sorting")
app.command("import")(import_command)
app.command("consume")(consume_command)
app.command("demo")(demo_command)
app.command("export")(export_command)
app.command("mail")(mail_command)
app.command("policy")(policy_command)


@app.command()
def serve() -> None:
    """Serve the graph as it is, until Ctrl-C."""
    configure_logging()
    settings = load_settings()
    run_until_stopped(serve_graph(settings, addresses(settings)))


@app.command()
def migrate() -> None:
    """Bring the graph to the schema of this program."""

    async def work() -> list[str]:
        async with open_graph(load_settings()) as store:
            applied = await graph_schema.migrate(store)
            await move_fulfillments(store)
            return applied

    for name in asyncio.run(work()) or ["The graph is up to date."]:
        typer.echo(name)


@app.command()
def token(
    role: Annotated[Role, typer.Option(help="Whose token.")],
    store: Annotated[list[str] | None, typer.Option(help="Code of their store (default: one of the demo town).")] = None,
    account: Annotated[str | None, typer.Option(help="Account of a customer at `/ec` (default: one of the demo town).")] = None,
) -> None:
    """Print a development token; it holds for a day and is good on this machine's server only."""
    chosen = {"stores": store, "customer": account}
    given = {name: value for name, value in chosen.items() if value}
    typer.echo(development_tokens(load_settings()).issue(role, beside=given))


@app.command()
def schema(
    check: Annotated[bool, typer.Option("--check", help="Compare with the committed file instead of printing.")] = False,
) -> None:
    """Print the GraphQL schema."""
    printed = build_schema().as_str() + "\n"
    if not check:
        typer.echo(printed, nl=False)
    elif not PRINTED_SCHEMA.is_file() or PRINTED_SCHEMA.read_text("utf-8") != printed:
        typer.echo(f"{PRINTED_SCHEMA} is not what the code says: run make schema, and commit it.", err=True)
        raise typer.Exit(1)


@app.command()
def doctor() -> None:
    """Say in plain words what is missing or misconfigured."""
    findings = asyncio.run(examine())
    for finding in findings:
        typer.echo(finding.line())
    if any(finding.wrong for finding in findings):
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; an error of ours becomes one line on stderr and exit code 1."""
    try:
        app()
    except Customer360Error as error:
        typer.echo(f"customer360: {error.message}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
