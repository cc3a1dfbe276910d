"""NDJSON as it arrives: lines gathered into chunks that are bounded in number and in bytes."""

from __future__ import annotations

from collections.abc import AsyncIterator

from api.http.body_limit import BodyTooLarge
from api.http.json_text import decode
from graph.events.invalid import InvalidJson
from graph.intake.queue import LARGEST_TRANSACTION

CHUNK_BYTES = 4_000_000


async def chunks(stream: AsyncIterator[bytes], longest_line: int) -> AsyncIterator[list[object]]:
    """Yield lists of at most 1,000 decoded lines, blank ones left out; what is no JSON comes as InvalidJson.

    Raises BodyTooLarge for a line of more than `longest_line` bytes.
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
            _check_length(rest, longest, number)
            yield number, bytes(rest)
            rest.clear()
            number += 1
        rest += last
        _check_length(rest, longest, number)
    yield number, bytes(rest)


def _check_length(line: bytearray, longest: int, number: int) -> None:
    if len(line) > longest:
        raise BodyTooLarge(f"Line {number} has more than {longest} bytes. The lines before it may have been recorded.")


def _decoded(line: bytes, number: int) -> object:
    try:
        return decode(line)
    except ValueError:
        return InvalidJson(f"Line {number} is no valid JSON in UTF-8.", "")
