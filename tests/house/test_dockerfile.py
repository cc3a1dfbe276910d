"""The Dockerfile's steps, run without Docker: what it installs in an empty environment starts and answers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graph.local import LocalServer
from tests.served import environment, graph_of, served

ROOT = Path(__file__).parents[2]
Instruction = tuple[str, str]


def instructions() -> list[Instruction]:
    """Return the Dockerfile as (instruction, rest), comments left out and continued lines joined."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def copied(rest: str, context: Path) -> None:
    *sources, target = rest.split()
    for source in sources:
        place = context / target
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            file = place / source if target.endswith("/") else place
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, file)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program folder of an empty virtual environment after the Dockerfile's install steps, in their order."""
    folder = tmp_path_factory.mktemp("image")
    context, programs = folder / "app", folder / "venv" / "bin"
    context.mkdir()
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    env = environment(PATH=f"{programs}:/usr/bin:/bin")
    for word, rest in instructions():
        if word == "COPY":
            copied(rest, context)
        elif word == "RUN" and rest.startswith("python "):
            done = subprocess.run(rest, shell=True, cwd=context, env=env, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return programs


def test_the_installed_entry_point_migrates_starts_and_stops(installed: Path, neo4j_server: LocalServer, tmp_path: Path) -> None:
    steps = dict(instructions())
    (program,), command = json.loads(steps["ENTRYPOINT"]), json.loads(steps["CMD"])
    entry = str(installed / program)
    env = environment(**graph_of(neo4j_server))
    subprocess.run([entry, "migrate"], cwd=tmp_path, env=env, capture_output=True, check=True)
    with served(tmp_path, graph_of(neo4j_server), [entry, *command]) as running:
        assert (running.status("/livez"), running.status("/readyz"), running.status("/admin")) == (200, 200, 200)
        assert running.stop() == 0


def test_every_row_of_the_command_line_is_installed(installed: Path) -> None:
    done = subprocess.run([installed / "customer360", "--help"], capture_output=True, text=True, check=True)
    for command in ("serve", "migrate", "import", "demo", "neo4j", "token", "schema", "doctor"):
        assert re.search(rf"\b{command}\b", done.stdout), command


def test_the_build_context_holds_what_is_copied() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    sources = {source for word, rest in instructions() if word == "COPY" for source in rest.split()[:-1]}
    assert sources == allowed


def test_the_container_does_not_run_as_root_and_says_whether_it_is_healthy() -> None:
    steps = dict(instructions())
    assert steps["USER"] not in {"root", "0"}
    assert "/readyz" in steps["HEALTHCHECK"]


def test_both_lock_files_have_the_same_versions() -> None:
    pinned = re.compile(r"^([a-z0-9._-]+==\S+)", re.MULTILINE)
    development, production = (
        set(pinned.findall((ROOT / name).read_text("utf-8"))) for name in ("requirements.txt", "deploy/requirements.txt")
    )
    assert production <= development
