"""The run file of a data folder: which process serves it, on which port, for how long."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from graph.errors import LocalServerFailed
from graph.local.processes import Process

if TYPE_CHECKING:
    from pathlib import Path

NAME = "run.json"


@dataclass(frozen=True, slots=True)
class Run:
    """A server, running or not. A tethered one ends when its `owner` ends; a detached one has no owner.

    `stopped` says that a person stopped it, and that nobody is to start it again by itself.
    """

    server: Process
    port: int
    owner: Process | None
    stopped: bool = False

    def is_there_to_stay(self) -> bool:
        """Tell whether to attach: it is alive, and not about to end because its owner has ended."""
        return not self.stopped and self.server.is_alive() and (self.owner is None or self.owner.is_alive())


def write_run(home: Path, run: Run) -> None:
    new = home / f"{NAME}.new"
    new.write_text(json.dumps(asdict(run)), "utf-8")
    new.replace(home / NAME)


def read_run(home: Path) -> Run | None:
    """Return the latest run of this folder, dead or alive; None before the first."""
    try:
        values = json.loads((home / NAME).read_text("utf-8"))
        owner = values["owner"]
        return Run(Process(**values["server"]), values["port"], owner and Process(**owner), values.get("stopped", False))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LocalServerFailed(
            f"{home / NAME}, which says where the local Neo4j runs, cannot be read ({error.strerror}). "
            "Let this user read it, or remove it once that server is stopped."
        ) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
