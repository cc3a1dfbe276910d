"""Shows the one long download: a bar on a terminal, plain lines when piped."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

WHAT = "Fetching Neo4j (155 MB, only this once)"
PLAIN_STEPS = 4


@contextmanager
def download_progress(console: Console | None = None) -> Generator[Callable[[int, int], None]]:
    """Give a `report(done, total)` that shows nothing until it is first called. Writes to stderr."""
    shown = console or Console(stderr=True)
    if not shown.is_terminal:
        yield _plain_lines(shown)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=shown) as bar:
        task = bar.add_task(WHAT, total=None, visible=False)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        yield report


def _plain_lines(console: Console) -> Callable[[int, int], None]:
    said: set[int] = set()

    def report(done: int, total: int) -> None:
        step = done * PLAIN_STEPS // total
        if step not in said:
            said.add(step)
            console.print(f"{WHAT}: {done} of {total} files", highlight=False)

    return report
