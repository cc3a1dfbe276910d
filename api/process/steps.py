"""Tells on stderr what a start is doing, a line for each long step, with the seconds since the program began."""

from __future__ import annotations

import time
from contextlib import suppress

import typer

_BEGAN = time.monotonic()


def tell(step: str) -> None:
    """Print `[ 3.2 s] Starting Neo4j`; plain text, on a terminal and piped."""
    # A full disk under what a start says must not end it.
    with suppress(OSError):
        typer.echo(f"[{time.monotonic() - _BEGAN:4.1f} s] {step}", err=True)
