"""`customer360 token`: prints a token for trying things out on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from api.access.development_tokens import development_tokens
from api.process.settings import load_settings
from resolvers.access.roles import Role


def token_command(
    role: Annotated[Role, typer.Option(help="Whose token.")],
    store: Annotated[list[str] | None, typer.Option(help="Code of their store (default: one of the demo town).")] = None,
    account: Annotated[str | None, typer.Option(help="Account of a customer at `/ec` (default: one of the demo town).")] = None,
) -> None:
    """Print a development token; it holds for a day and is good on this machine's server only."""
    chosen = {"stores": store, "customer": account}
    given = {name: value for name, value in chosen.items() if value}
    typer.echo(development_tokens(load_settings()).issue(role, beside=given))
