"""Stock for the wide town: levels of three products at three stores, counted, held, on its way, and asked for in vain."""

from __future__ import annotations

from typing import Any

from graph.commands.command import Answer, Author, Command, run
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import product_id, store_id
from graph.stock.asking import SAVED, Request, end_request, record_request
from graph.stock.moving import count
from graph.stock.places import Place
from graph.stock.reserving import release, reserve
from graph.store import Reader, Store

MOVED: tuple[tuple[str, int, str, str, dict[str, Any]], ...] = (
    ("RECEIPT", 9, "PEN-1", "S001", {}),
    ("RECEIPT", 5, "PEN-1", "S003", {"note": "検品済み"}),
    ("RECEIPT", 40, "PEN-1", "W001", {"unavailable": "QUALITY_CONTROL"}),
    ("ADJUSTMENT", 2, "PEN-1", "S001", {"unavailable": "DISPLAY", "staff": "試験 三郎"}),
    ("RECEIPT", 6, "PEN-1", "S003", {"reference": "PO-7", "expectedAt": "2026-12-24T00:00:00Z"}),
    ("RECEIPT", 2, "PEN-1", "S003", {"reference": "PO-7"}),
    ("RECEIPT", 3, "PEN-2", "S001", {}),
    ("RECEIPT", 1, "INK-1", "S001", {}),
    ("SALE", 2, "INK-1", "S001", {}),
    ("RECEIPT", 8, "INK-1", "S003", {}),
)
PEN_LIKE = {"name": "別のペン", "categories": ["文具", "筆記具"], "price": "600", "currency": "JPY"}


KEPT = """
MATCH (n) WHERE n:InventoryLevel OR n:Reservation OR n:StockRequest OR n:Product AND n.sku = 'PEN-2'
RETURN labels(n)[0] AS label, n.id AS id ORDER BY label, id
"""


async def keep(store: Store, customer: str) -> list[list[str]]:
    """Put it there, for a customer by their raw id; return what is new, label and raw id each."""
    done = 0

    async def do(command: Command) -> Answer:
        async def itself(answer: Answer, _: Reader) -> Answer:
            return answer

        return await run(store, command, itself)

    def author() -> Author:
        nonlocal done
        done += 1
        return Author("tests", "clerk-1", f"wide-stock-{done}")

    envelope = {"specversion": "1.0", "source": "/warehouse"}
    listed = {**envelope, "type": "customer360.product.v1", "id": "pen-2", "subject": "PEN-2", "time": "2026-03-01T00:00:00Z"}
    moves = [
        {
            **envelope, "type": "customer360.inventory.v1", "id": f"stock-{place}", "time": f"2026-04-01T{place:02d}:00:00Z",
            "data": {"kind": kind, "quantity": quantity, "sku": sku, "store": at, **more},
        }
        for place, (kind, quantity, sku, at, more) in enumerate(MOVED)
    ]  # fmt: skip
    receipts = await record(store, [read_event(raw, b"key") for raw in ({**listed, "data": PEN_LIKE}, *moves)])
    assert [receipt.error for receipt in receipts if receipt.error] == []
    pen, ink = (Place(product_id(sku), store_id("S001")) for sku in ("PEN-1", "INK-1"))
    await do(count(author(), pen, 8, None, "棚卸"))
    await do(reserve(author(), pen, 2, "basket-1", 7 * 24 * 60))
    await do(release(author(), (await do(reserve(author(), pen, 1, "basket-2", 60)))["reservation"]))
    await do(record_request(author(), ink, Request(3, customer, [pen.product], note="青を希望")))
    saved = (await do(record_request(author(), ink, Request(1))))["request"]
    await do(end_request(author(), saved, SAVED))
    return await store.read(KEPT)
