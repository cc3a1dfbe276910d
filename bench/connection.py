"""A client so plain that it costs next to nothing beside the servers that it times."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import orjson

REFUSED = b'{"errors":'
"""How an answer of GraphQL begins that has errors."""

PURPOSE = "X-Purpose: benchmark"
"""One client looks up more people than anybody may who does not say why."""


class Connection:
    """A kept-alive connection that asks and waits for the answer; as a program by its token, or as a browser by its cookie."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, who: str) -> None:
        self._reader = reader
        self._writer = writer
        self._who = who

    @classmethod
    async def open(cls, address: str, token: str, cookie: str = "") -> Connection:
        url = urlsplit(address)
        who = f"Cookie: {cookie}" if cookie else f"Authorization: Bearer {token}"
        return cls(*await asyncio.open_connection(url.hostname, url.port), who)

    async def post(self, path: str, body: object, media_type: str = "application/json") -> bytes:
        """Send one request and return its answer; one that was refused, as a whole or in part, ends the benchmark."""
        content = orjson.dumps(body)
        head = [f"Content-Type: {media_type}", f"Content-Length: {len(content)}"]
        return await self._ask("POST", path, head, content)

    async def get(self, path: str) -> bytes:
        """Get a page and return it."""
        return await self._ask("GET", path, [], b"")

    async def _ask(self, method: str, path: str, more: list[str], content: bytes) -> bytes:
        status, answer = await self.exchange(method, path, more, content)
        if status != 200 or answer.startswith(REFUSED):
            raise SystemExit(f"A request of the benchmark was answered with {status}: {answer[:300].decode()}")
        return answer

    async def exchange(self, method: str, path: str, more: list[str], content: bytes) -> tuple[int, bytes]:
        """Send one request and return status and body of its answer, whatever they are; `more` are lines of its head."""
        head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", self._who, PURPOSE, *more, "", ""]
        self._writer.write("\r\n".join(head).encode() + content)
        first, *headers = (await self._reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        length = next(int(line.split(":")[1]) for line in headers if line.lower().startswith("content-length"))
        return int(first.split()[1]), await self._reader.readexactly(length)

    def close(self) -> None:
        self._writer.close()
