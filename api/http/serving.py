"""Running the web application in the foreground until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from types import FrameType
from typing import Any

import structlog
import typer
import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from admin.planned import FIRST_PLANNED, PLANNED_LATER
from api.http.app import create_app
from api.http.connections import bounded
from api.http.documents import Document, known_documents
from api.http.doorway import Doorway
from api.http.graphql import LARGEST_REQUEST
from api.http.planning import PLANNER, RESTRICTED, Busy, plan_ahead, plan_writes_ahead
from api.process.garbage_collector import unhurried_collector
from api.process.graph_connection import ended, prepared_graph
from api.process.identity_files import blocked_values
from api.process.settings import InvalidSettings, Settings
from api.process.steps import tell
from api.telemetry.door import metrics_served
from api.telemetry.measures import CONNECTIONS_OPEN
from api.telemetry.tracing import tracing
from graph import schema
from graph.errors import Customer360Error
from graph.local import make_cache
from graph.store import Store
from resolvers.execution import execute

GRACE_SECONDS = 10
PLANNED = "All pages are planned"

log = structlog.stdlib.get_logger("customer360.serving")

Preparation = Callable[[Store], Awaitable[None]]
Filling = Callable[[], Awaitable[None]]


class PortInUse(Customer360Error):
    """Another program listens there."""

    code = "PORT_IN_USE"


async def serve(settings: Settings, announcement: str, before: Preparation | None = None, fill: Filling | None = None) -> None:
    """Serve until SIGINT or SIGTERM, and print `announcement` when ready.

    It listens at once and opens the graph then. `before` runs on the migrated graph before anything is served; `fill`
    sends to the server that runs already.
    """
    require_sign_in(settings)
    listed, documents = blocked_values(settings), known_documents(settings)
    doorway = Doorway(settings)
    config = uvicorn.Config(
        doorway,
        http=bounded(settings.connections_per_address),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws_max_size=LARGEST_REQUEST,
        # It would cost each connection memory, and tell by lengths what is secret beside what somebody else has typed.
        ws_per_message_deflate=False,
        # The application's is run where its graph is opened: what fails in it ends the process.
        lifespan="off",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = StreamingServer(config)
    CONNECTIONS_OPEN.set_function(lambda: len(server.server_state.connections))

    async def work() -> None:
        async with prepared_graph(settings) as store:
            if before is not None:
                await before(store)
            app = create_app(settings, store, listed, documents)
            async with app.router.lifespan_context(app):
                doorway.open(app)
                server.end_streams = app.state.end_streams
                if fill is not None:
                    await fill()
                # After it: the database plans by what there is.
                tell("Planning the first pages")
                await plan_ahead(store, FIRST_PLANNED)
                typer.echo(announcement)
                tell("Ready")
                await plan_the_rest(store, documents.known, busy=lambda: bool(server.server_state.tasks))
                tell(PLANNED)
                if settings.neo4j_uri is None:
                    await speed_up_next_start(settings)
                await asyncio.Event().wait()

    with (
        _listening_socket(settings) as listening,
        unhurried_collector(),
        metrics_served(settings.metrics_host, settings.metrics_port),
        tracing(settings.otel_exporter_otlp_endpoint),
    ):
        await serve_while(server, listening, work())


class StreamingServer(uvicorn.Server):
    """A server that stops at once: it ends the streams that are open before it waits for what is under way."""

    end_streams: Callable[[], None] | None = None

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self.end_streams is not None:
            self.end_streams()
        await super().shutdown(sockets)


async def serve_while(server: uvicorn.Server, listening: socket.socket, work: Coroutine[Any, Any, None]) -> None:
    """Serve until told to stop or until `work` ends, which is cancelled once the last request is answered.

    What work raises, this raises.
    """
    working = asyncio.create_task(work)

    def stop(_: asyncio.Task[None]) -> None:
        server.should_exit = True

    working.add_done_callback(stop)
    try:
        await server.serve(sockets=[listening])
    finally:
        await ended(working)
    if not working.cancelled():
        working.result()


async def plan_the_rest(store: Store, known: Iterable[Document], busy: Busy) -> None:
    """Plan what nobody waits for: whoever opens another page or the playground takes longer to choose one."""
    await plan_writes_ahead(store)
    await plan_ahead(store, PLANNED_LATER, busy)
    for viewer in RESTRICTED:
        await plan_ahead(store, (*FIRST_PLANNED, *PLANNED_LATER), busy, viewer)
    await plan_ahead(store, [(each.text, dict(each.variables)) for each in known if each.asked_ahead], busy)


async def speed_up_next_start(settings: Settings) -> None:
    """Make the cache that Java starts the local Neo4j with, unless it is there; without it a start only takes longer."""

    async def exercise(store: Store) -> None:
        await schema.migrate(store)
        for document, variables in FIRST_PLANNED:
            # What takes too long at the lowest priority is begun, and that is what counts.
            await execute(store, document, variables, None, PLANNER)

    try:
        await make_cache(settings.cache_folder, exercise)
    except (Customer360Error, OSError) as error:
        log.warning("java_cache_not_made", kind=type(error).__name__)


def require_sign_in(settings: Settings) -> None:
    """Refuse to open to other machines what anybody could sign in to."""
    if settings.for_development and not settings.on_loopback:
        raise InvalidSettings(
            f"Without a provider anybody may sign in as anyone, so the server starts on loopback only, not on {settings.host}. "
            "Set OIDC_ISSUER, OIDC_CLIENT_ID and PUBLIC_URL (docs/run-in-production.md says how), or leave HOST unset."
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
    try:
        # uvloop where there is one: every request costs a few per cent less.
        with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
            runner.run(_until_told(work))
    except (KeyboardInterrupt, asyncio.CancelledError):
        typer.echo("Stopped.", err=True)


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do the work; SIGTERM cancels it by itself, since SIGINT is ignored in what a shell has put into the background."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def stop(_: int, __: FrameType | None) -> None:
        if task is not None:
            loop.call_soon_threadsafe(task.cancel)

    signal.signal(signal.SIGTERM, stop)
    await work


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
