"""Commands of `neo4j-admin` on a graph whose server is stopped: check, dump, load."""

from __future__ import annotations

import asyncio
import subprocess
from typing import IO, TYPE_CHECKING

from graph.errors import LocalServerFailed
from graph.local.configuration import admin_arguments, admin_environment, java_executable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GRAPH = "neo4j"
"""The one database of a local server; `system` beside it holds the password only."""
OUTPUT = "admin.log"
REPORTS = "reports"


async def is_sound(home: Path, jars: Sequence[Path]) -> bool:
    """Read the whole graph and tell whether its files agree with each other; what does not stands in `reports`."""
    reports = home / REPORTS
    reports.mkdir(exist_ok=True)
    return await asyncio.to_thread(_run, home, jars, ("database", "check", f"--report-path={reports}", GRAPH)) == 0


async def dump(home: Path, jars: Sequence[Path], file: IO[bytes]) -> None:
    await _required(home, jars, ("database", "dump", "--to-stdout", GRAPH), "dumped", output=file)


async def load(home: Path, jars: Sequence[Path], file: IO[bytes]) -> None:
    """Put the graph of a dump in the place of what is there."""
    words = ("database", "load", "--from-stdin", "--overwrite-destination=true", GRAPH)
    await _required(home, jars, words, "loaded", given=file)


async def _required(
    home: Path,
    jars: Sequence[Path],
    words: Sequence[str],
    what: str,
    *,
    given: IO[bytes] | None = None,
    output: IO[bytes] | None = None,
) -> None:
    if await asyncio.to_thread(_run, home, jars, words, given, output) != 0:
        raise LocalServerFailed(f"The graph could not be {what}. What neo4j-admin says is in {home / OUTPUT}.")


def _run(
    home: Path,
    jars: Sequence[Path],
    words: Sequence[str],
    given: IO[bytes] | None = None,
    output: IO[bytes] | None = None,
) -> int:
    command = [str(java_executable()), *admin_arguments(jars, words)]
    with (home / OUTPUT).open("wb") as messages:
        done = subprocess.run(
            command,
            env=admin_environment(home),
            stdin=given or subprocess.DEVNULL,
            stdout=output or messages,
            stderr=messages,
            check=False,
        )
    return done.returncode
