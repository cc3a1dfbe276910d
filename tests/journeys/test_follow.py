"""What docs/follow.md shows is what happens: its clients run as they stand there, and lose nothing when the server is away."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store
from tests.admin.people import told
from tests.api.http.test_streaming import MOMENT, visit
from tests.journeys.test_connect import python_programs, run
from tests.peers.installed import TYPESCRIPT, app_with_typescript, node
from tests.running import Running, running
from tests.served import free_port

PAGE = (Path(__file__).parents[2] / "docs" / "follow.md").read_text("utf-8")
FILES = dict(re.findall(r"^`([\w./]+)`\n\n```\w+\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL) for line in block.splitlines()]


@pytest.fixture(scope="module")
async def people(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A graph with the stores and people of the tests."""
    async with running(store, tmp_path_factory.mktemp("people")) as server:
        await told(server)
    return store


@asynccontextmanager
async def started(command: Sequence[str], folder: Path, programs: Path, token: str) -> AsyncIterator[asyncio.StreamReader]:
    """Run a client until the block ends; yield what it prints."""
    path = os.pathsep.join([str(programs), str(Path(node()).parent), os.environ["PATH"]])
    env = os.environ | {"CUSTOMER360_TOKEN": token, "PATH": path, "PYTHONUTF8": "1"}
    program = await asyncio.create_subprocess_exec(*command, cwd=folder, env=env, stdout=subprocess.PIPE)
    assert program.stdout is not None
    try:
        yield program.stdout
    finally:
        program.kill()
        await program.wait()


async def first_line(server: Running, printed: asyncio.StreamReader, whose: str) -> str:
    """Record visits until the client, which begins in its own time, tells of one."""
    for number in range(MOMENT):
        await server.post([visit(f"seen-{whose}-{number}")])
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                return (await printed.readline()).decode()
    raise TimeoutError


async def line_of(kind: str, printed: asyncio.StreamReader) -> str:
    async with asyncio.timeout(MOMENT):
        while not (line := (await printed.readline()).decode()).startswith(kind):
            assert line
    return line


async def follows_and_goes_on(store: Store, folder: Path, programs: Path, command: list[str], port: int) -> None:
    """Run a client before there is a server, while there is one, while it is away, and when it is back."""
    assert " ".join(command) in COMMANDS
    token = Tokens(local_key(folder, "tokens")).issue("call_center")
    async with started(command, folder, programs, token) as printed:
        async with running(store, folder, port) as server:
            assert await first_line(server, printed, command[1]) == "STORE_VISIT -\n"
        missed = visit(f"missed-{command[1]}")
        missed["data"]["kind"] = "CALL"
        await record(store, [read_event(missed, b"follow")])
        async with running(store, folder, port):
            assert await line_of("CALL", printed) == "CALL -\n"


def written(name: str, folder: Path, port: int) -> None:
    """Write the file of the page, for a server at another port."""
    text = FILES[name]
    assert "127.0.0.1:8000" in text
    (folder / name).write_text(text.replace("127.0.0.1:8000", f"127.0.0.1:{port}"), "utf-8")


async def test_the_python_client_follows_and_goes_on(people: Store, tmp_path: Path) -> None:
    port = free_port()
    written("follow.py", tmp_path, port)
    await follows_and_goes_on(people, tmp_path, await python_programs(tmp_path), ["python", "follow.py"], port)


async def test_the_typescript_client_is_checked_follows_and_goes_on(people: Store, tmp_path: Path) -> None:
    port = free_port()
    written("follow.ts", tmp_path, port)
    programs = await asyncio.to_thread(app_with_typescript, tmp_path)
    check = next(each for each in COMMANDS if each.startswith("npx tsc"))
    await run(check.removeprefix("npx ").split(), tmp_path, programs)
    await follows_and_goes_on(people, tmp_path, programs, ["node", "follow.js"], port)


def test_the_page_names_the_versions_that_the_tests_install() -> None:
    named = dict(re.findall(r"([\w@/-]+)@(\d+)", "\n".join(each for each in COMMANDS if each.startswith("npm install"))))
    locked = (TYPESCRIPT / "package.json").read_text("utf-8")
    assert {package: major for package, major in named.items() if f'"{package}": "^{major}.' not in locked} == {}
    assert named
