"""`customer360 serve`: serves the graph as it is."""

from __future__ import annotations

from api.http.serving import addresses, run_until_stopped, serve
from api.process.log_format import configure_logging
from api.process.settings import load_settings


def serve_command() -> None:
    """Serve the graph as it is, until Ctrl-C."""
    configure_logging()
    settings = load_settings()
    run_until_stopped(serve(settings, addresses(settings)))
