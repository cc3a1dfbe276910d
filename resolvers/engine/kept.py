"""Operations that are kept: as many as fit into so many bytes, the least recently used dropped first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

    from graphql import DocumentNode

K = TypeVar("K", bound="Hashable")
V = TypeVar("V")

MOST_BYTES = 128_000_000
BYTES_OF_TOKEN, BYTES_OF_CHARACTER = 1_000, 4
"""What a parsed document takes in memory, as measured: a page of 500 tokens half a megabyte."""


class Kept(Generic[K, V]):
    """Values by key, each with the bytes that it takes; one that is larger than all together is not kept."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._values: dict[K, tuple[V, int]] = {}
        self._bytes = 0

    def __contains__(self, key: K) -> bool:
        return key in self._values

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """Return a value, which counts as used, or None."""
        found = self._values.pop(key, None)
        if found is None:
            return None
        self._values[key] = found
        return found[0]

    def keep(self, key: K, value: V, size: int) -> None:
        """Keep a value that is not kept yet."""
        self._values[key] = value, size
        self._bytes += size
        while self._bytes > self._most:
            _, dropped = self._values.pop(next(iter(self._values)))
            self._bytes -= dropped


def bytes_of(text: str, document: DocumentNode) -> int:
    """Return about how many bytes a parsed document takes."""
    tokens, token = 0, document.loc.start_token if document.loc else None
    while token is not None:
        tokens, token = tokens + 1, token.next
    return tokens * BYTES_OF_TOKEN + len(text) * BYTES_OF_CHARACTER
