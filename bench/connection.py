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
    """A kept-alive connection that posts and waits for the answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str) -> None:
        self._reader = reader
        self._writer = writer
        self._token = token

    @classmethod
    async def open(cls, address: str, token: str) -> Connection:
        url = urlsplit(address)
        return cls(*await asyncio.open_connection(url.hostname, url.port), token)

    async def post(self, path: str, body: object, media_type: str = "application/json") -> bytes:
        """Send one request and return its answer; one that was refused, as a whole or in part, ends the benchmark."""
        content = orjson.dumps(body)
        head = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {self._token}", PURPOSE]
        head += [f"Content-Type: {media_type}", f"Content-Length: {len(content)}", "", ""]
        self._writer.write("\r\n".join(head).encode() + content)
        status, *headers = (await self._reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        length = next(int(line.split(":")[1]) for line in headers if line.lower().startswith("content-length"))
        answer = await self._reader.readexactly(length)
        if " 200 " not in status or answer.startswith(REFUSED):
            raise SystemExit(f"A request of the benchmark was answered with {status}: {answer[:300].decode()}")
        return answer

    def close(self) -> None:
        self._writer.close()
