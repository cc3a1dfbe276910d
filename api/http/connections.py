"""Connections are bounded before anybody has said who they are: bytes and time of headers, pace of a body, how many there are.

uvicorn has no setting for these; a proxy in front may be stricter (docs/run-in-production.md names its settings).
"""

from __future__ import annotations

import asyncio
import resource
from http import HTTPStatus
from typing import Any, cast

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.http.deadlines import client_left

HEADER_BYTES = 64_000
HEADER_SECONDS = 10.0
"""From the first byte of a request, or from the opening of a connection, to the end of its headers."""
PACE_SECONDS, LEAST_BYTES = 20.0, 2_000
"""Of a body so many bytes must arrive in each such time, while whoever reads it wants more."""
CONNECTIONS = 10_000
FREE_DESCRIPTORS = 256
"""Kept for the database, files and outgoing connections."""
LOOPBACK = frozenset({"127.0.0.1", "::1"})
"""A proxy on the same machine speaks for everybody."""

log = structlog.stdlib.get_logger("customer360.connections")


def bounded(per_address: int) -> type[BoundedConnection]:
    """Return the protocol for so many connections from one address."""
    return type("Connection", (BoundedConnection,), {"per_address": per_address})


class BoundedConnection(HttpToolsProtocol):
    """uvicorn's protocol; it answers what goes beyond a bound with a status and closes."""

    per_address = 500

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._timer: asyncio.TimerHandle | None = None
        self._in_headers, self._header_bytes, self._body_bytes = True, 0, 0
        self._begun = False  # until then uvicorn has no cycle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._too_many():
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        if self._begun and not self.cycle.response_complete:
            client_left(cast("Any", self.cycle.scope))
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self._in_headers:
            self._header_bytes += len(data)
        else:
            self._body_bytes += len(data)
        super().data_received(data)
        if self._in_headers and self._header_bytes > HEADER_BYTES and not self.transport.is_closing():
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._timer is None:
            self._await_headers()

    def on_headers_complete(self) -> None:
        self._stop_timer()
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > HEADER_BYTES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            return
        self._begun = True
        super().on_headers_complete()
        self._in_headers, self._body_bytes = False, 0
        self._timer = self.loop.call_later(PACE_SECONDS, self._judge_pace)

    def on_body(self, body: bytes) -> None:
        if self._begun:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop_timer()
        self._in_headers, self._header_bytes = True, 0
        if self._begun:
            super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._stop_timer()
        super().handle_websocket_upgrade()

    def _await_headers(self) -> None:
        self._timer = self.loop.call_later(HEADER_SECONDS, self._refuse, HTTPStatus.REQUEST_TIMEOUT)

    def _judge_pace(self) -> None:
        if self._body_bytes < LEAST_BYTES and not self.flow.read_paused:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
            return
        self._body_bytes = 0
        self._timer = self.loop.call_later(PACE_SECONDS, self._judge_pace)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_many(self) -> bool:
        if len(self.connections) > min(CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - FREE_DESCRIPTORS):
            return True
        address = self.client[0] if self.client else ""
        # Counted only where there can be so many: it walks all that are open.
        return address not in LOOPBACK and len(self.connections) > self.per_address and self._from(address) > self.per_address

    def _from(self, address: str) -> int:
        peers = (each.transport.get_extra_info("peername") for each in self.connections)
        return sum(1 for peer in peers if peer and peer[0] == address)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer with a status, unless an answer is under way, and close."""
        self._stop_timer()
        log.info("connection_refused", status=status.value)
        before = not self._begun or self.cycle.response_complete
        if before if self._in_headers else not self.cycle.response_started:
            said = f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            self.transport.write(said.encode())
        self.transport.close()
