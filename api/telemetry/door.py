"""The port that Prometheus reads: apart from that of the people, so that a proxy in front of them never shows it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from prometheus_client import start_http_server

from api.telemetry.measures import REGISTRY
from graph.errors import Customer360Error


class MetricsPortInUse(Customer360Error):
    """Another program listens there."""

    code = "PORT_IN_USE"


@contextmanager
def metrics_served(host: str, port: int | None) -> Generator[int | None]:
    """Serve `GET /metrics` until the block ends, by a thread of its own: it answers while the event loop is stuck.

    Yields the port; without one, nothing is served. Raises MetricsPortInUse.
    """
    if port is None:
        yield None
        return
    try:
        server, thread = start_http_server(port, host, REGISTRY)
    except OSError as error:
        raise MetricsPortInUse(
            f"Cannot serve metrics on {host}:{port} ({error.strerror}). METRICS_PORT=... chooses another port."
        ) from None
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
