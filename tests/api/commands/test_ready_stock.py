"""The mapping of stock that comes with the program: the made-up file through the command, and what stands in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.commands.test_ready_mappings import empty, imported

if TYPE_CHECKING:
    from pathlib import Path

    from graph.local import LocalServer
    from graph.store import Store

__all__ = ["empty"]

LEVELS = "MATCH (l:InventoryLevel) RETURN l.store_code, l.on_hand, l.unavailable_damaged, l.incoming ORDER BY l.store_code"
ENTRIES = """
MATCH (e:StockEntry) RETURN e.kind, e.store_code, e.quantity, left(e.stamp, 16), e.difference, e.reference
ORDER BY e.stamp, e.kind DESC
"""


async def test_movements_counts_and_what_is_on_its_way_become_levels(
    neo4j_server: LocalServer, empty: Store, tmp_path: Path
) -> None:
    # when twice
    told = await imported(neo4j_server, tmp_path, "inventory", "inventory")
    assert told.startswith("Imported: 6 events, 6 created")
    await imported(neo4j_server, tmp_path, "inventory", "inventory")
    # then
    assert await empty.read(LEVELS) == [["ginza", 5, 1, 0], ["shibuya", 0, 0, 2]]
    assert await empty.read(ENTRIES) == [
        ["RECEIPT", "ginza", 9, "2026-04-01T00:00", None, "PO-1"],
        ["SALE", "ginza", 1, "2026-04-01T01:30", None, "R-7"],
        ["TRANSFER_OUT", "ginza", 2, "2026-04-01T02:00", None, "T-3"],
        ["TRANSFER_IN", "shibuya", 2, "2026-04-01T02:00", None, "T-3"],
        ["RETURN", "ginza", 1, "2026-04-01T04:00", None, "R-8"],
        ["COUNT", "ginza", 6, "2026-04-01T10:30", -1, None],
        ["ADJUSTMENT", "ginza", -1, "2026-04-01T10:40", None, None],
    ]
