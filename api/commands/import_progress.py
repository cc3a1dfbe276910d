"""How far an import is: a bar on a terminal, a plain line now and then where stderr is a file or a pipe."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from time import monotonic
from types import TracebackType

import typer
from rich.progress import TaskID

from api.commands.sending_progress import SECONDS_BETWEEN_LINES, bars_on_stderr
from graph.imports.files import count_rows
from graph.imports.importing import Batch
from graph.imports.plans import Step

NAMED_COLUMNS = 5
DECIDING = re.compile(
    "停止|解除|拒否|許可|許諾|取消|キャンセル|退会|返品|opt.?out|opt.?in|unsubscri|subscri|consent|accept|refus|cancel|void|delet",
    re.IGNORECASE,
)
"""What the names of columns say that tell who refuses, or what is no sale any more."""


class Lines:
    """A line every few seconds that says how many rows of which entry of the mapping are done."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()
        self._unsaid: set[str] = set()
        self._said = monotonic()

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._say()

    def begin(self, steps: Sequence[Step], resumed: int) -> None:
        typer.echo(_opening(steps, resumed), err=True)

    def skip(self, rows: Mapping[str, int]) -> None:
        self._rows.update(rows)

    def advance(self, batch: Batch) -> None:
        self._rows.update(batch.rows)
        self._unsaid |= batch.rows.keys()
        if monotonic() - self._said > SECONDS_BETWEEN_LINES:
            self._say()

    def _say(self) -> None:
        if self._unsaid:
            typer.echo(
                "; ".join(f"{entry}: {count:,} rows" for entry, count in self._rows.items() if entry in self._unsaid), err=True
            )
        self._unsaid.clear()
        self._said = monotonic()


class Bar:
    """One bar for each entry of the mapping; an entry of distinct keys does not know its end."""

    def __init__(self) -> None:
        self._bars = bars_on_stderr()
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Bar:
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bars.stop()

    def begin(self, steps: Sequence[Step], resumed: int) -> None:
        self._bars.console.print(_opening(steps, resumed))
        for step in steps:
            total = None if step.rule.distinct else sum(count_rows(path) for path in step.files)
            self._tasks[step.rule.name] = self._bars.add_task(step.rule.name, total=total)

    def skip(self, rows: Mapping[str, int]) -> None:
        for entry, count in rows.items():
            self._bars.advance(self._tasks[entry], count)

    def advance(self, batch: Batch) -> None:
        self.skip(batch.rows)


def shown_progress() -> Bar | Lines:
    """Return what fits where stderr goes."""
    return Bar() if sys.stderr.isatty() else Lines()


def _opening(steps: Sequence[Step], resumed: int) -> str:
    names = ", ".join(step.rule.name for step in steps)
    opening = f"Importing {names}." + (f" Going on after {resumed:,} events of an import that was cut short." if resumed else "")
    lacking = [_lacking(step.rule.name, file, columns) for step in steps for file, columns in step.absent.items()]
    unread = [_unread(file, names) for step in steps for file, names in step.unread.items()]
    return "\n".join([opening, *lacking, *unread])


def _unread(file: str, columns: Sequence[str]) -> str:
    """Columns by which somebody may refuse, or a sale be none, are all named: without them the import says something else."""
    deciding = [name for name in columns if DECIDING.search(name)]
    warning = f" Look at {', '.join(deciding)}: who refuses, or what was cancelled, may stand there." if deciding else ""
    return f"{file} has columns that nothing reads: {_some(columns)}.{warning}"


def _lacking(entry: str, file: str, columns: Sequence[str]) -> str:
    """A mapping that knows several editions of an export names many columns that one of them lacks."""
    return f"{file} lacks columns that {entry} could use: {_some(columns)}."


def _some(columns: Sequence[str]) -> str:
    more = f" and {len(columns) - NAMED_COLUMNS} more" if len(columns) > NAMED_COLUMNS else ""
    return ", ".join(columns[:NAMED_COLUMNS]) + more
