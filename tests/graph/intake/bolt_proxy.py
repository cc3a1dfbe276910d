"""A Bolt proxy that counts the commits of recorded batches and, at a counted moment, lets something happen instead of going on.

Runs in a thread of its own, so that a test may wait for the program that talks through it. Knows the framing of Bolt:
a handshake, then messages in chunks (two bytes of length, the bytes, and a chunk of length nothing at the end).
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from enum import Enum
from types import TracebackType
from typing import Self

MANIFEST = b"\x00\x00\x01\xff"
"""The server's first answer when it lists its versions and lets the driver choose."""
HANDSHAKE_BYTES = 20
RUN, BEGIN, COMMIT, GOODBYE = 0x10, 0x11, 0x12, 0x02
RECORD, SUCCESS = 0x71, 0x70
OF_A_BATCH = b"CREATE (:Receipt"
"""What a transaction that records events says, and no other."""


class Moment(Enum):
    BEFORE_COMMIT = "before COMMIT is sent"
    AFTER_COMMIT = "after COMMIT succeeded, before its answer arrives"


class BoltProxy:
    """Carries everything to the server on `port`, up to the counted moment."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.struck = threading.Event()
        self.listening_on = 0
        self._blow: tuple[int, Moment, Callable[[], None]] | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.listening_on}"

    def strike(self, commit: int, moment: Moment, blow: Callable[[], None]) -> None:
        """Call `blow` at that moment of the `commit`-th batch from now on, counted from 1; nothing is passed on after it."""
        self._blow = (commit, moment, blow)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self._lines: set[asyncio.Task[None]] = set()
        listening = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.listening_on = listening.sockets[0].getsockname()[1]
        self._ready.set()
        await self._over.wait()
        listening.close()
        for line in self._lines:
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    def _accept(self, from_driver: asyncio.StreamReader, to_driver: asyncio.StreamWriter) -> None:
        self._lines.add(asyncio.create_task(self._carry(from_driver, to_driver)))

    async def _carry(self, from_driver: asyncio.StreamReader, to_driver: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            try:
                from_server, to_server = await asyncio.open_connection("127.0.0.1", self.port)
                try:
                    await _shake_hands(from_driver, to_driver, from_server, to_server)
                    conversation = _Conversation(self._due)
                    ends = {
                        asyncio.create_task(conversation.ask(from_driver, to_server)),
                        asyncio.create_task(conversation.answer(from_server, to_driver)),
                    }
                    await _until_one_ends(ends)
                finally:
                    to_server.transport.abort()
            finally:
                to_driver.transport.abort()

    def _due(self, moment: Moment) -> bool:
        """Count a batch, and strike if its turn has come; the count goes by the moment that is waited for."""
        if self._blow is None or self._blow[1] is not moment:
            return False
        left, _, blow = self._blow
        if left > 1:
            self._blow = (left - 1, moment, blow)
            return False
        self._blow = None
        blow()
        self.struck.set()
        return True


class _Conversation:
    """One connection: which requests wait for their answers, and whether its transaction records a batch."""

    def __init__(self, due: Callable[[Moment], bool]) -> None:
        self._due = due
        self._waiting: deque[tuple[int, bool]] = deque()
        self._records = False

    async def ask(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        async for signature, message in _messages(source):
            if signature == BEGIN:
                self._records = False
            if signature == RUN:
                self._records = self._records or OF_A_BATCH in message
            commits = signature == COMMIT and self._records
            if commits and self._due(Moment.BEFORE_COMMIT):
                return
            if signature != GOODBYE:
                self._waiting.append((signature, commits))
            sink.write(message)
            await sink.drain()

    async def answer(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        async for signature, message in _messages(source):
            if signature != RECORD:
                _, commits = self._waiting.popleft()
                if commits and signature == SUCCESS and self._due(Moment.AFTER_COMMIT):
                    return
            sink.write(message)
            await sink.drain()


async def _until_one_ends(tasks: set[asyncio.Task[None]]) -> None:
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _messages(source: asyncio.StreamReader) -> AsyncIterator[tuple[int, bytes]]:
    """Yield (signature, the whole message in its chunks); a chunk of nothing between messages keeps a connection awake."""
    chunks: list[bytes] = []
    while True:
        header = await source.readexactly(2)
        body = await source.readexactly(int.from_bytes(header))
        chunks.append(header + body)
        if not body and len(chunks) > 1:
            yield chunks[0][3], b"".join(chunks)
        if not body:
            chunks.clear()


async def _shake_hands(
    from_driver: asyncio.StreamReader,
    to_driver: asyncio.StreamWriter,
    from_server: asyncio.StreamReader,
    to_server: asyncio.StreamWriter,
) -> None:
    to_server.write(await from_driver.readexactly(HANDSHAKE_BYTES))
    version = await from_server.readexactly(len(MANIFEST))
    to_driver.write(version)
    if version == MANIFEST:
        count, raw = await _number(from_server)
        to_driver.write(raw + await from_server.readexactly(len(MANIFEST) * count))
        to_driver.write((await _number(from_server))[1])
        to_server.write(await from_driver.readexactly(len(MANIFEST)))
        to_server.write((await _number(from_driver))[1])


async def _number(source: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read a number in groups of seven bits, lowest first; returns it and its bytes."""
    raw, number = b"", 0
    while not raw or raw[-1] & 0x80:
        raw += await source.readexactly(1)
        number |= (raw[-1] & 0x7F) << (7 * (len(raw) - 1))
    return number, raw
