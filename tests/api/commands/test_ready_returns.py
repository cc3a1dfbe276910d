"""The mapping of returns that comes with the program: the made-up file through the command, and what stands in the graph."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.api.commands.test_ready_mappings import empty, imported

if TYPE_CHECKING:
    from pathlib import Path

    from graph.local import LocalServer
    from graph.store import Store

__all__ = ["empty"]

RETURNS = """
MATCH (r:Return)
RETURN r.external_id, left(r.position, 16), r.order_source, r.order_number, r.store_code, r.reason, r.returned_lines
ORDER BY r.position
"""


async def test_the_rows_of_a_return_are_one_return_of_an_order_of_another_source(
    neo4j_server: LocalServer, empty: Store, tmp_path: Path
) -> None:
    told = await imported(neo4j_server, tmp_path, "returns", "returns")
    assert told.startswith("Imported: 2 events, 2 created")
    await imported(neo4j_server, tmp_path, "returns", "returns")

    found = await empty.read(RETURNS)

    assert [row[:6] for row in found] == [
        ["R-0001", "2026-04-10T02:00", "/example-shop", "W-1001", "ginza", "サイズ違い"],
        ["R-0002", "2026-04-10T06:30", "/example-pos", "1001", "shibuya", None],
    ]
    assert [json.loads(row[6]) for row in found] == [
        [
            {"line": 1, "quantity": 1.0, "amount": 3000, "restocked": True},
            {"line": 2, "quantity": 2.0, "amount": None, "restocked": False},
        ],
        [{"line": 1, "quantity": 1.0, "amount": None, "restocked": True}],
    ]
