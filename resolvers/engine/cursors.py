"""Keyset cursors: the sort key of an edge, opaque, and good only for the connection that gave it."""

from __future__ import annotations

from graph.errors import InvalidInput
from resolvers.engine.opaque import pack, unpack

MOST = 100
USUAL = 20


def encode(connection: str, key: str) -> str:
    return pack(f"{connection}|{key}")


def decode(connection: str, cursor: str) -> str:
    """Return the sort key; raise InvalidInput for a cursor that this connection did not give."""
    name, _, key = (unpack(cursor) or "").partition("|")
    if name != connection or not key:
        raise InvalidInput("`after` is not a cursor of this list. Use `endCursor` or `cursor` of an earlier page of it.")
    return key


def page_size(first: int | None) -> int:
    """Return how many edges are wanted, 20 unless told; raise InvalidInput outside 0 to 100."""
    if first is None:
        return USUAL
    if not 0 <= first <= MOST:
        raise InvalidInput(f"`first` must be from 0 to {MOST}.")
    return first
