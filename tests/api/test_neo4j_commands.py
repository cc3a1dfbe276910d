"""`customer360 neo4j`, as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from graph.local import LocalServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def data_folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    server = LocalServer.running(tmp_path)
    if server is not None:
        server.stop(at_once=True)


def neo4j(word: str, data_folder: Path, jars_folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-c", "from api.neo4j_commands import neo4j_commands; neo4j_commands()", word]
    places = {"DATA_FOLDER": str(data_folder), "CACHE_FOLDER": str(jars_folder)}
    done = subprocess.run(command, env=os.environ | places, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_it_runs_from_start_to_stop_and_status_tells(data_folder: Path, jars_folder: Path) -> None:
    assert neo4j("status", data_folder, jars_folder) == (3, "It is not running.\n")
    code, said = neo4j("start", data_folder, jars_folder)
    server = LocalServer.running(data_folder)
    assert server is not None
    assert (code, said) == (0, f"Started: {server.uri}, process {server.pid}\n")
    assert neo4j("start", data_folder, jars_folder) == (0, f"Runs already: {server.uri}, process {server.pid}\n")
    code, said = neo4j("status", data_folder, jars_folder)
    assert (code, said.splitlines()[0]) == (0, f"{server.uri}, process {server.pid}")
    assert server.password not in said
    assert neo4j("stop", data_folder, jars_folder) == (0, "Stopped.\n")
    assert neo4j("stop", data_folder, jars_folder) == (0, "It is not running.\n")
