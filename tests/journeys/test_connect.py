"""What docs/connect.md shows is what happens: its clients are generated, checked and run as they stand there."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from demo.envelope import WRITTEN
from demo.town import town_events
from graph.store import Store
from tests.peers.installed import PEERS, TYPESCRIPT, app_with_typescript, node
from tests.running import Running, running

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "connect.md").read_text("utf-8")
FILES = dict(re.findall(r"^`([\w./]+)`\n\n```\w+\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
"""Name of a file -> its text, where the page shows it under its name."""
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL) for line in block.splitlines()]
ADDRESS = "http://127.0.0.1:8000"
SAID_FIRST = "試験 太郎 - The telephone number 090-1234-0001 is theirs"


@pytest.fixture(scope="module")
async def town(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("connect")) as server:
        await server.post(list(town_events(WRITTEN, 0)))
        yield server


@pytest.fixture
def app(tmp_path: Path, town: Running) -> Path:
    """A folder with the schema and every file that the page shows."""
    shutil.copy(ROOT / "resolvers" / "schema.graphql", tmp_path)
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(ADDRESS, town.address), "utf-8")
    return tmp_path


async def run(command: list[str], folder: Path, programs: Path, token: str = "") -> str:
    """Run one command in the app's folder, with the programs that the app has installed first in PATH."""
    path = os.pathsep.join([str(programs), str(Path(node()).parent), os.environ["PATH"]])
    env = os.environ | {"CUSTOMER360_TOKEN": token, "PATH": path, "PYTHONUTF8": "1"}
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


async def python_programs(folder: Path) -> Path:
    """Return the programs of a new environment with what the page has an app install, in locked versions."""
    here = Path(sys.executable).parent
    await run([sys.executable, "-m", "venv", "--without-pip", "environment"], folder, here)
    programs = folder / "environment" / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check", "--quiet"]
    await run([*pip, "install", "--require-hashes", "--requirement", str(PEERS / "python" / "requirements.txt")], folder, here)
    return programs


def holds_the_promises(said: str, codes: str) -> None:
    """Check what an app prints: who it is, more than one page of what happened, newest first, and the error's code."""
    first, *happened, last = said.splitlines()
    assert first == SAID_FIRST
    assert last == codes
    times = [line.split(" ")[0] for line in happened]
    assert len(times) > 20
    assert times == sorted(set(times), reverse=True)


async def test_the_python_client_is_generated_checked_and_answered(app: Path, town: Running) -> None:
    programs = await python_programs(app)
    await run(["ariadne-codegen"], app, programs)
    pyright = [str(Path(sys.executable).with_name("pyright")), "--pythonpath", str(programs / "python"), "app.py"]
    await run(pyright, app, programs)
    said = await run(["python", "app.py"], app, programs, town.tokens.issue("call_center"))
    holds_the_promises(said, "['AMBIGUOUS']")


async def test_the_typescript_client_is_generated_checked_and_answered(app: Path, town: Running) -> None:
    programs = await asyncio.to_thread(app_with_typescript, app)
    await run(["graphql-codegen", "--config", "codegen.ts"], app, programs)
    await run(["tsc"], app, programs)
    said = await run(["node", "dist/app.js"], app, programs, town.tokens.issue("call_center"))
    holds_the_promises(said, '["AMBIGUOUS"]')


def test_the_commands_are_those_that_the_tests_run() -> None:
    installs = [line for line in COMMANDS if " install " in line or line.startswith("export ")]
    assert [line.removeprefix("npx ") for line in COMMANDS if line not in installs] == [
        "ariadne-codegen",
        "python app.py",
        "graphql-codegen --config codegen.ts",
        "tsc",
        "node dist/app.js",
    ]


def test_the_page_names_the_versions_that_the_tests_install() -> None:
    named = dict(re.findall(r"(\S+)@(\d+)", next(line for line in COMMANDS if line.startswith("npm install"))))
    locked = (TYPESCRIPT / "package.json").read_text("utf-8")
    assert {package: major for package, major in named.items() if f'"{package}": "^{major}.' not in locked} == {}
    assert named
