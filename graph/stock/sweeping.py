"""What was held and has run out is said to be over; whoever reads a level does not wait for that."""

from __future__ import annotations

from typing import LiteralString

from graph.stock.nodes import Stock
from graph.store import Store
from graph.waiting import to_its_end
from graph.writes.unit import Unit, execute

AT_ONCE = 50
"""Levels of one transaction."""
READ_RUN_OUT: LiteralString = """
MATCH (r:Reservation) USING INDEX SEEK r:Reservation(held_until)
WHERE r.held_until <= datetime.realtime().epochMillis
RETURN DISTINCT r.sku, r.store_code LIMIT $p.limit
"""


async def sweep(store: Store) -> int:
    """End every reservation whose time is over, and return on how many levels there were such."""
    done = 0
    while found := await to_its_end(store.read(READ_RUN_OUT, {"limit": AT_ONCE})):

        async def work(unit: Unit, found: list[list[str]] = found) -> None:
            for sku, code in found:
                unit.of(Stock).want_level(sku, code)
            await unit.lock()

        await execute(store, (Stock,), work)
        done += len(found)
    return done
