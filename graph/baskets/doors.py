"""Where something is done: by which channel, and in which store."""

from __future__ import annotations

from dataclasses import dataclass

from graph.stock.places import store_code
from graph.store import Reader


@dataclass(frozen=True, slots=True)
class Door:
    """`store` is an id, None where it is in no store."""

    channel: str
    store: str | None = None

    async def told(self, reader: Reader) -> dict[str, str | None]:
        """Return what a node keeps of it; raise NotFound for a store that there is not."""
        code = await store_code(reader, self.store, "/storeId") if self.store is not None else None
        return {"channel": self.channel, "store_code": code}
