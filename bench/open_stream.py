"""A stream of server-sent events, read by a client so plain that hundreds of them cost next to nothing."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit

LONGEST_LINE = 1_000_000
STALLED_SECONDS = 60


class OpenStream:
    """Waits for lines that hold a text; opened by a request of one's own."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, address: str, request: str, begins: bytes, body: bytes = b"") -> OpenStream:
        """Send a request (`GET /x` or `POST /x`, its headers, one a line) and wait for the line that its stream begins with."""
        url = urlsplit(address)
        reader, writer = await asyncio.open_connection(url.hostname, url.port, limit=LONGEST_LINE)
        first, *headers = request.splitlines()
        lines = [f"{first} HTTP/1.1", f"Host: {url.netloc}", *headers, f"Content-Length: {len(body)}"]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        status = await reader.readline()
        if b" 200 " not in status:
            raise SystemExit(f"A stream of the benchmark was answered with {status.decode()}")
        stream = cls(reader, writer)
        await stream.until(begins)
        return stream

    async def until(self, text: bytes) -> float:
        """Return when the next line that holds a text has come; a stream that ends first, or stalls, ends the benchmark."""
        try:
            async with asyncio.timeout(STALLED_SECONDS):
                while line := await self._reader.readline():
                    if text in line:
                        return time.perf_counter()
        except TimeoutError:
            raise SystemExit(f"A stream of the benchmark told nothing of {text.decode()} in {STALLED_SECONDS} s.") from None
        raise SystemExit("A stream of the benchmark ended before what it waits for came.")

    def stop_reading(self) -> None:
        """Leave from now on what comes to the system, which keeps some megabytes of it."""
        self._writer.transport.pause_reading()  # type: ignore[attr-defined]

    async def ended(self) -> None:
        """Read what is left, to its end."""
        self._writer.transport.resume_reading()  # type: ignore[attr-defined]
        while await self._reader.read(LONGEST_LINE):
            pass

    def close(self) -> None:
        self._writer.close()
