"""The run file of a data folder: which process serves it, on which port."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from graph.local.processes import start_of

if TYPE_CHECKING:
    from pathlib import Path

NAME = "run.json"


@dataclass(frozen=True, slots=True)
class Run:
    """A running server; `start` tells its process from a later one with the same `pid`."""

    pid: int
    port: int
    start: str

    def is_alive(self) -> bool:
        return start_of(self.pid) == self.start


def write_run(home: Path, run: Run) -> None:
    new = home / f"{NAME}.new"
    new.write_text(json.dumps(asdict(run)), "utf-8")
    os.replace(new, home / NAME)


def read_run(home: Path) -> Run | None:
    """Return the running server of this folder, or None; a run file left by a dead one counts for nothing."""
    try:
        run = Run(**json.loads((home / NAME).read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return run if run.is_alive() else None


def remove_run(home: Path, run: Run) -> None:
    """Remove the run file if it still speaks of this run."""
    try:
        if json.loads((home / NAME).read_text("utf-8")) == asdict(run):
            (home / NAME).unlink()
    except (FileNotFoundError, ValueError):
        return
