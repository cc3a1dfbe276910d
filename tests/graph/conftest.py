"""A proxy between driver and server that can lose what it carries: faults of a network, without waiting for one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.local import LocalServer

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""The Bolt message COMMIT in its chunk."""


class BoltProxy:
    """Forwards bytes; `hole` swallows them, `cut_after_commit` drops the connection when a COMMIT has been answered."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listening: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._lines: set[asyncio.Task[None]] = set()
        self.hole = False
        self.cut_after_commit = False

    @property
    def uri(self) -> str:
        assert self._listening is not None
        return f"bolt://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> BoltProxy:
        self._listening = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listening is not None
        self._listening.close()
        self.cut()
        await asyncio.gather(*self._lines, return_exceptions=True)

    def cut(self) -> None:
        """Drop every connection."""
        for writer in self._open:
            writer.transport.abort()

    async def _connect(self, from_driver: asyncio.StreamReader, to_driver: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._port)
        self._open |= {to_driver, to_server}
        committing = asyncio.Event()
        for line in (self._carry(from_driver, to_server, committing), self._answer(from_server, to_driver, committing)):
            task = asyncio.create_task(line)
            self._lines.add(task)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, committing: asyncio.Event) -> None:
        while data := await source.read(65536):
            if self.cut_after_commit and COMMIT in data:
                committing.set()
            if not self.hole:
                sink.write(data)
        sink.transport.abort()

    async def _answer(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, committing: asyncio.Event) -> None:
        while data := await source.read(65536):
            if committing.is_set():
                self.cut_after_commit = False
                break
            if not self.hole:
                sink.write(data)
        sink.transport.abort()


@pytest.fixture
async def proxy(neo4j_server: LocalServer) -> AsyncIterator[BoltProxy]:
    async with BoltProxy(neo4j_server.run.port) as running:
        yield running
