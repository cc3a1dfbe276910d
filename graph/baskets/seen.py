"""Noting that a customer looked at products: the newest time of each, so many of each record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, LiteralString

from graph.baskets.changing import READ_SKUS
from graph.baskets.doors import Door
from graph.baskets.records import LOCK_RECORDS, Whose, hold
from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput, NotFound
from graph.keys import opaque
from graph.words import Sentence
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

MOST_AT_ONCE, MOST_KEPT = 50, 100
# (:SourceRecord)-[:LOOKED_AT]->(:ProductView)
WRITE_VIEWS: LiteralString = """
UNWIND $p.rows AS row
MATCH (r:SourceRecord {key: row.record})
MERGE (w:ProductView {id: row.id})
SET w += row
MERGE (r)-[:LOOKED_AT]->(w)
"""
FORGET_VIEWS: LiteralString = """
MATCH (w:ProductView) USING INDEX SEEK w:ProductView(record, turn)
WHERE w.record = $p.record AND w.turn > ''
WITH w ORDER BY w.record DESC, w.turn DESC SKIP $p.most
DETACH DELETE w
"""


class Views(Nodes):
    """Products that were looked at, on the record of a unit."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"SourceRecord": LOCK_RECORDS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self._rows: list[dict[str, Any]] = []

    def put(self, record: str, sku: str, told: Mapping[str, Any]) -> None:
        own_id, now = opaque("ProductView", record, sku), self.unit.now
        self._rows.append({"id": own_id, "record": record, "sku": sku, "at": now, "turn": now + own_id, **told})

    def after(self) -> Iterable[Step]:
        if self._rows:
            yield WRITE_VIEWS, {"rows": self._rows}
            yield FORGET_VIEWS, {"record": self._rows[0]["record"], "most": MOST_KEPT}


def mark_seen(author: Author, whose: Whose, products: Sequence[str], door: Door) -> Command:
    """Return the command that notes that a customer looked at products, by id; its answer is `customer`, by id."""

    async def execute(unit: Unit, _: str) -> Answer:
        if not 1 <= len(products) <= MOST_AT_ONCE:
            raise InvalidInput(Sentence("refusal.SEEN_COUNT", most=MOST_AT_ONCE), "/productIds")
        skus = [sku for (sku,) in await unit.transaction.run(READ_SKUS, {"ids": list(products)})]
        if None in skus:
            raise NotFound(Sentence("refusal.NO_SUCH_PRODUCT"), f"/productIds/{skus.index(None)}")
        held, told = await hold(unit, author, whose), await door.told(unit.transaction)
        for sku in dict.fromkeys(skus):
            unit.of(Views).put(held.own, sku, told)
        unit.note(Change(f"SeenList:{held.customer}", "seen.changed", (f"Customer:{held.customer}",)))
        return {"customer": held.customer}

    asked = [whose.customer, whose.record, list(products), door.channel, door.store]
    return Command(author, "PRODUCTS_MARK_SEEN", asked, (Views,), execute)
