"""Running the web application in the foreground until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from types import FrameType
from typing import Any

import typer
import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from admin.planned import PLANNED_AT_START
from api.http.app import PAGES_VIEWER, create_app
from api.http.playground.examples import examples
from api.process.garbage_collector import unhurried_collector
from api.process.graph_connection import prepared_graph
from api.process.identity_files import blocked_values
from api.process.settings import InvalidSettings, Settings
from graph.errors import Customer360Error
from graph.intake.record import plan_writes
from graph.store import Store
from resolvers.execution import execute

GRACE_SECONDS = 10

Preparation = Callable[[Store], Awaitable[None]]
Filling = Callable[[], Awaitable[None]]


class PortInUse(Customer360Error):
    """Another program listens there."""

    code = "PORT_IN_USE"


class OpeningServer(uvicorn.Server):
    """Listens, and then does its `opening` beside the main loop, which sees Ctrl-C."""

    def __init__(self, config: uvicorn.Config, opening: Callable[[], Coroutine[Any, Any, None]]) -> None:
        super().__init__(config)
        self._opening = opening
        self._task: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._task = asyncio.create_task(self._open())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._task is not None:
            self._task.cancel()
        await super().shutdown(sockets)

    async def opened(self) -> None:
        """Raise what ended the opening, if it failed; one that was cut short did not."""
        if self._task is not None:
            with suppress(asyncio.CancelledError):
                await self._task

    async def _open(self) -> None:
        try:
            await self._opening()
        except BaseException:
            self.should_exit = True
            raise


async def serve(settings: Settings, announcement: str, before: Preparation | None = None, fill: Filling | None = None) -> None:
    """Serve until SIGINT or SIGTERM, and print `announcement` when ready.

    `before` runs on the migrated graph before anything is served; `fill` sends to the server that runs already.
    """
    require_loopback(settings)
    listed = blocked_values(settings)
    with _listening_socket(settings) as listening:
        async with prepared_graph(settings) as store:
            if before is not None:
                await before(store)

            async def opening() -> None:
                if fill is not None:
                    await fill()
                # After it: the database plans by what there is.
                await plan_ahead(store, PLANNED_AT_START)
                typer.echo(announcement)
                # Nobody has to wait for these: whoever opens the playground takes longer to choose one.
                await plan_writes_ahead(store)
                await plan_ahead(store, [(example.query, example.variables) for example in examples()])

            config = uvicorn.Config(
                create_app(settings, store, listed),
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
            server = OpeningServer(config, opening)
            with unhurried_collector():
                await server.serve(sockets=[listening])
                await server.opened()


async def plan_ahead(store: Store, operations: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Ask each operation once: planning a statement takes the database longer than answering it."""
    for document, variables in operations:
        await execute(store, document, variables, None, PAGES_VIEWER)


async def plan_writes_ahead(store: Store) -> None:
    # A database that is away just now is no reason to end: the first event has the statement planned instead.
    with suppress(Customer360Error):
        await plan_writes(store)


def require_loopback(settings: Settings) -> None:
    """Refuse to open development mode, which has no sign-in, to other machines without the explicit setting."""
    if not settings.on_loopback and not settings.development_exposed:
        raise InvalidSettings(
            f"There is no sign-in yet, so the server starts on loopback only, not on {settings.host}. "
            "Leave HOST unset, or set DEVELOPMENT_EXPOSED=true if something else keeps strangers away."
        )


def root_address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104  (only compared)
    return f"http://{shown}:{settings.port}"


def addresses(settings: Settings) -> str:
    """Return what a person wants to open first, one address a line."""
    root = root_address(settings)
    doors = {"Look-up page": "admin", "Playground": "playground", "GraphQL": "graphql", "Events": "events"}
    return "\n".join(f"{name:<13} {root}/{path}" for name, path in doors.items())


def run_until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, or until SIGINT or SIGTERM; both let everything that was opened close in order."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        # uvloop where there is one: every request costs a few per cent less.
        with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
            runner.run(work)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)


def _interrupt(_: int, __: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)


def _listening_socket(settings: Settings) -> socket.socket:
    # Bound before the graph is opened: a taken port is told at once, not after the start of a database.
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # The protocol is named, or asyncio does not see a TCP socket and leaves each answer to wait 40 ms for an ACK.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise PortInUse(
            f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). PORT=... chooses another port."
        ) from None
    return listening
