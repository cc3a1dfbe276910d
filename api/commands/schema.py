"""`customer360 schema`: prints the GraphQL schema, or compares it with the committed file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resolvers.schema import build_schema

PRINTED_SCHEMA = Path("resolvers/schema.graphql")


def schema_command(
    check: Annotated[bool, typer.Option("--check", help="Compare with the committed file instead of printing.")] = False,
) -> None:
    """Print the GraphQL schema."""
    printed = build_schema().as_str() + "\n"
    if not check:
        typer.echo(printed, nl=False)
    elif not PRINTED_SCHEMA.is_file() or PRINTED_SCHEMA.read_text("utf-8") != printed:
        typer.echo(f"{PRINTED_SCHEMA} is not what the code says: run make schema, and commit it.", err=True)
        raise typer.Exit(1)
