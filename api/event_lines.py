"""NDJSON as it arrives: lines gathered into chunks that are bounded in number and in bytes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import orjson

from graph.ingest.invalid import InvalidEvent, InvalidJson
from graph.ingest.queue import LARGEST_TRANSACTION

CHUNK_BYTES = 4_000_000


class LineTooLong(Exception):
    """A line is longer than a whole request may be; `number` counts from 1."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


async def chunks(stream: AsyncIterator[bytes], longest_line: int) -> AsyncIterator[list[object]]:
    """Yield lists of at most 1,000 decoded lines, blank ones left out; what is no JSON comes as InvalidJson.

    Raises LineTooLong for a line of more than `longest_line` bytes.
    """
    chunk: list[object] = []
    size = 0
    async for number, line in _lines(stream, longest_line):
        if not line.strip():
            continue
        chunk.append(_decoded(line, number))
        size += len(line)
        if len(chunk) == LARGEST_TRANSACTION or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


async def _lines(stream: AsyncIterator[bytes], longest: int) -> AsyncIterator[tuple[int, bytes]]:
    number = 1
    rest = bytearray()
    async for data in stream:
        *whole, last = data.split(b"\n")
        for line in whole:
            rest += line
            if len(rest) > longest:
                raise LineTooLong(number)
            yield number, bytes(rest)
            rest.clear()
            number += 1
        rest += last
        if len(rest) > longest:
            raise LineTooLong(number)
    yield number, bytes(rest)


def _decoded(line: bytes, number: int) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return _unreadable(number)


def _unreadable(number: int) -> InvalidEvent:
    return InvalidJson(f"Line {number} is no valid JSON in UTF-8.", "")
