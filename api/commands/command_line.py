"""The command line `customer360`: exit code 0 for done, 1 for a failure, 2 for wrong usage; messages on stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pkgutil import resolve_name

import typer

from graph.errors import Customer360Error

COMMANDS = {
    "neo4j": "api.commands.neo4j:neo4j_commands",
    "identity": "api.commands.identity:identity_commands",
    "audit": "api.commands.audit:audit_commands",
    "erasures": "api.commands.erasures:erasure_commands",
    "sorting": "api.commands.sorting:sorting_commands",
    "import": "api.commands.import_files:import_command",
    "consume": "api.commands.consume:consume_command",
    "demo": "api.commands.demo:demo_command",
    "export": "api.commands.export_tables:export_command",
    "mail": "api.commands.mail:mail_command",
    "policy": "api.commands.policy:policy_command",
    "serve": "api.commands.serve:serve_command",
    "migrate": "api.commands.migrate:migrate_command",
    "token": "api.commands.token:token_command",
    "schema": "api.commands.schema:schema_command",
    "doctor": "api.commands.doctor:doctor_command",
}
"""Where each is. Only the one that is called is loaded, since all of them load the whole program, which takes seconds."""


def program(words: Sequence[str]) -> typer.Typer:
    """Return the command line with the command that the first of these words names, or with all."""
    app = typer.Typer(
        name="customer360",
        help="One customer, the same facts, whichever door they came in by.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    app.callback()(lambda: None)  # also with one command, the first word is its name
    for name in [word for word in words[:1] if word in COMMANDS] or COMMANDS:
        found = resolve_name(COMMANDS[name])
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def main() -> None:
    """Run the command line; an error of ours becomes one line on stderr and exit code 1."""
    try:
        program(sys.argv[1:])()
    except Customer360Error as error:
        typer.echo(f"customer360: {error.message}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
