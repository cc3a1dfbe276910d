"""How many of so many are sent: a bar on a terminal, a plain line now and then where stderr is a file or a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from time import monotonic

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

SECONDS_BETWEEN_LINES = 5.0


def bars_on_stderr() -> Progress:
    """Return bars that say what, how many of how many, how long so far and how much longer."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


@contextmanager
def counted(what: str, total: int, verb: str = "send") -> Generator[Callable[[int], None]]:
    """Yield what to call with the number of each part that is done."""
    if sys.stderr.isatty():
        with bars_on_stderr() as bars:
            task = bars.add_task(what, total=total)
            yield lambda count: bars.advance(task, count)
        return
    done, said = 0, monotonic()

    def advance(count: int) -> None:
        nonlocal done, said
        done += count
        if done >= total or monotonic() - said > SECONDS_BETWEEN_LINES:
            typer.echo(f"{what}: {done:,} of {total:,}", err=True)
            said = monotonic()

    typer.echo(f"{what}: {total:,} to {verb}", err=True)
    yield advance
