"""`customer360 neo4j`, as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from api.commands.neo4j import neo4j_commands
from graph.local import LocalServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = [sys.executable, "-c", "from api.commands.neo4j import neo4j_commands; neo4j_commands()", "start"]


@pytest.fixture
def data_folder(tmp_path: Path, jars_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("CACHE_FOLDER", str(jars_folder))
    yield tmp_path
    server = LocalServer.running(tmp_path)
    if server is not None:
        server.stop(at_once=True)


def neo4j(word: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(neo4j_commands, [word])
    return result.exit_code, result.output.splitlines()


def test_it_outlives_the_command_that_starts_it_until_stop_and_status_tells(data_folder: Path) -> None:
    assert neo4j("status") == (3, ["It is not running."])
    done = subprocess.run(START, capture_output=True, text=True, check=False)
    server = LocalServer.running(data_folder)
    assert server is not None
    where = f"{server.uri}, process {server.pid}"
    assert (done.returncode, done.stdout) == (0, f"Started: {where}\n")
    assert neo4j("start") == (0, [f"Runs already: {where}"])
    assert neo4j("status") == (0, [where, f"User neo4j, password in {server.password_file}"])
    assert neo4j("stop") == (0, ["Stopped."])
    assert neo4j("stop") == (0, ["It is not running."])
