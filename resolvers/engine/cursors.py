"""Keyset cursors: the sort key of an edge, opaque, and good only for the connection that gave it."""

from __future__ import annotations

from collections.abc import Callable

from graph.errors import InvalidInput
from resolvers.engine.opaque import pack, unpack
from resolvers.engine.sealing import seal

MOST = 100
USUAL = 20


SEALED = frozenset({"identifiers"})
"""Connections whose keys are a kind and the raw id of an identifier."""


def encode(connection: str, key: str) -> str:
    return pack(f"{connection}|{with_id(key, seal().close) if connection in SEALED else key}")


def decode(connection: str, cursor: str) -> str:
    """Return the sort key; raise InvalidInput for a cursor that this connection did not give."""
    name, _, key = (unpack(cursor) or "").partition("|")
    if name != connection or not key:
        raise InvalidInput("`after` is not a cursor of this list. Use `endCursor` or `cursor` of an earlier page of it.")
    return with_id(key, seal().open) if connection in SEALED else key


def with_id(key: str, change: Callable[[str], str]) -> str:
    kind, _, raw = key.partition(":")
    return f"{kind}:{change(raw)}"


def page_size(first: int | None) -> int:
    """Return how many edges are wanted, 20 unless told; raise InvalidInput outside 0 to 100."""
    if first is None:
        return USUAL
    if not 0 <= first <= MOST:
        raise InvalidInput(f"`first` must be from 0 to {MOST}.")
    return first
