"""What a server does beside listening: it answers meanwhile, it can be stopped, and a failure ends it and is told."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.http.serving import root_address, run_until_stopped, serve_while
from api.process.settings import Settings
from graph.errors import NotFound
from graph.local import LocalServer
from tests.served import PROGRAM, STOP_SECONDS, environment, free_port, graph_of, served

WITHOUT_WRITER = """
import sys
from graph.intake.queue import IntakeQueue
async def fails(self):
    raise KeyError("090-0000-1234")
IntakeQueue.run = fails
from api.commands.command_line import main
sys.argv = ["customer360", "serve"]
main()
"""


@contextmanager
def listening() -> Generator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound


class Slow:
    """A server whose one answer waits until it may go."""

    def __init__(self) -> None:
        self.asked, self.may_go = asyncio.Event(), asyncio.Event()
        app = Starlette(routes=[Route("/", self.answer)])
        self.server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", lifespan="off"))

    async def answer(self, _: object) -> PlainTextResponse:
        self.asked.set()
        await self.may_go.wait()
        return PlainTextResponse("here")


def client_of(bound: socket.socket) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=f"http://127.0.0.1:{bound.getsockname()[1]}", timeout=60)


async def test_it_answers_while_it_works_and_stops_when_the_work_is_done() -> None:
    said: list[str] = []
    slow = Slow()
    slow.may_go.set()
    with listening() as bound:

        async def ask_itself() -> None:
            while not slow.server.started:
                await asyncio.sleep(0)
            async with client_of(bound) as client:
                said.append((await client.get("/")).text)

        await serve_while(slow.server, bound, ask_itself())
    assert said == ["here"]


async def test_told_to_stop_it_answers_who_asked_and_only_then_ends_its_work() -> None:
    ended: list[str] = []
    slow = Slow()

    async def without_end() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("work")

    with listening() as bound:
        serving = asyncio.create_task(serve_while(slow.server, bound, without_end()))
        async with client_of(bound) as client:
            while not slow.server.started:
                await asyncio.sleep(0)
            asking = asyncio.create_task(client.get("/"))
            await slow.asked.wait()
            slow.server.should_exit = True
            while slow.server.servers[0].is_serving():
                await asyncio.sleep(0)
            assert ended == []
            slow.may_go.set()
            assert (await asking).text == "here"
        await serving
    assert ended == ["work"]


async def test_work_that_fails_ends_the_server_and_says_why() -> None:
    async def failing() -> None:
        raise NotFound("There is no such town.")

    with listening() as bound, pytest.raises(NotFound, match="no such town"):
        await serve_while(Slow().server, bound, failing())


def test_a_process_that_cannot_write_events_ends_and_says_so(neo4j_server: LocalServer, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_WRITER]
    failing = pytest.raises(AssertionError, match="The writer of events fails again and again")
    with failing as ended, served(tmp_path, graph_of(neo4j_server), command) as running:
        running.stop()
    assert "090" not in str(ended.value)


@pytest.mark.parametrize("ignored", ["USR1", "INT"])
def test_a_server_that_is_starting_ends_when_it_is_told_to(tmp_path: Path, ignored: str) -> None:
    ignoring = ["sh", "-c", f"trap '' {ignored}; exec \"$@\"", "sh", PROGRAM, "serve"]
    settings = environment(HOST="127.0.0.1", PORT=str(free_port()), DATA_FOLDER=str(tmp_path / "data"))
    process = subprocess.Popen(ignoring, cwd=tmp_path, env=settings, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        assert any("Starting Neo4j" in line for line in iter(process.stderr.readline, ""))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=STOP_SECONDS)
        assert process.returncode == 0
        assert LocalServer.running(tmp_path / "data") is None
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    ("host", "root"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000"), ("0.0.0.0", "http://127.0.0.1:8000")],
)
def test_the_address_that_is_shown_can_be_opened_on_this_machine(host: str, root: str) -> None:
    assert root_address(Settings(host=host, port=8000)) == root  # pyright: ignore[reportCallIssue]


def test_the_server_runs_on_the_event_loop_that_uvicorn_would_choose() -> None:
    loops: list[type] = []

    async def work() -> None:
        loops.append(type(asyncio.get_running_loop()))

    before = signal.getsignal(signal.SIGTERM)
    try:
        run_until_stopped(work())
    finally:
        signal.signal(signal.SIGTERM, before)
    assert loops == [uvloop.Loop]
