"""The run file of a data folder: which process serves it, on which port."""

from __future__ import annotations

import json
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
    new.replace(home / NAME)


def read_run(home: Path) -> Run | None:
    """Return the latest run of this folder, dead or alive; None before the first."""
    try:
        return Run(**json.loads((home / NAME).read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
