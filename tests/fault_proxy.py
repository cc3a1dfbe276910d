"""A line between two programs that fails on command: refused, reset, silent, slow, held back, or cut in mid-answer."""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress
from typing import Self

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""The Bolt message COMMIT in its chunk."""
AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER of a connection that is reset when it is closed."""


class FaultProxy:
    """Forwards bytes between whoever connects and a server, except for what the faults do to them.

    `hole` swallows them both ways, `delay` keeps each piece for so many seconds, `resets` ends each new connection,
    `answer_bytes` is how much more of answers goes through before the line is cut, and `cut_after_commit` drops the
    connection when a COMMIT of Bolt has been answered, once.
    """

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._target = (host, port)
        self._listening: asyncio.Server | None = None
        self._lines: set[asyncio.Task[None]] = set()
        self._open: set[asyncio.StreamWriter] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self.port = 0
        self.end_faults()

    def end_faults(self) -> None:
        """Let everything through again, on the connections that there are."""
        self.hole = self.resets = self.cut_after_commit = False
        self.delay = 0.0
        self.answer_bytes: int | None = None

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def open(self) -> int:
        """How many connections there are that whoever opened them has not closed."""
        return len(self._open)

    async def __aenter__(self) -> Self:
        await self.mend()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.refuse()
        self._flowing.set()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def mend(self) -> None:
        """Listen, at the same port as ever, and let everything through."""
        self.end_faults()
        if self._listening is None:
            self._listening = await asyncio.start_server(self._connect, "127.0.0.1", self.port)
            self.port = self._listening.sockets[0].getsockname()[1]

    def refuse(self) -> None:
        """Listen no longer, and reset every connection."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        self.cut()

    def cut(self) -> None:
        """Reset every connection."""
        for writer in tuple(self._open):
            reset(writer)

    def hold(self) -> None:
        self._flowing.clear()

    def let_go(self) -> None:
        self._flowing.set()

    def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry_both(reader, writer))
        self._lines.add(task)
        task.add_done_callback(self._lines.discard)

    async def _carry_both(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.resets:
            reset(writer)
            return
        self._open.add(writer)
        try:
            onward, back = await asyncio.open_connection(*self._target)
            committing = asyncio.Event()
            asking = asyncio.create_task(self._ask(reader, back, committing))
            answering = asyncio.create_task(self._answer(onward, writer, committing))
            await asyncio.wait({asking, answering}, return_when=asyncio.FIRST_COMPLETED)
            if self.hole:
                # Nothing is heard of the server's end: the line is over when whoever opened it has closed it.
                await asking
            for task in (asking, answering):
                task.cancel()
            await asyncio.gather(asking, answering, return_exceptions=True)
            back.transport.abort()
        finally:
            self._open.discard(writer)
            writer.transport.abort()

    async def _ask(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, committing: asyncio.Event) -> None:
        with suppress(OSError):
            while data := await self._next(source):
                if self.cut_after_commit and COMMIT in data:
                    committing.set()
                if not self.hole:
                    sink.write(data)

    async def _answer(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, committing: asyncio.Event) -> None:
        with suppress(OSError):
            while data := await self._next(source):
                if committing.is_set():
                    self.cut_after_commit = False
                    break
                if self.hole:
                    continue
                if self.answer_bytes is not None:
                    data, self.answer_bytes = data[: self.answer_bytes], max(0, self.answer_bytes - len(data))
                sink.write(data)
                if self.answer_bytes == 0:
                    await sink.drain()
                    break

    async def _next(self, source: asyncio.StreamReader) -> bytes:
        data = await source.read(65536)
        if self.delay:
            await asyncio.sleep(self.delay)
        await self._flowing.wait()
        return data


def reset(writer: asyncio.StreamWriter) -> None:
    raw: socket.socket | None = writer.get_extra_info("socket")
    if raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    writer.transport.abort()
