"""Baskets in a unit of work: those of the records that it holds, what changes of them, and how that is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, LiteralString

from graph.baskets.lines import Piece, version_of
from graph.baskets.records import LOCK_RECORDS
from graph.keys import opaque
from graph.store import Reader
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:SourceRecord)-[:HAS_BASKET]->(:Basket)-[:CONTAINS]->(:BasketLine)
READ_BASKETS: LiteralString = """
UNWIND $p.records AS key
MATCH (:SourceRecord {key: key})-[:HAS_BASKET]->(b:Basket)
RETURN b.id, b.record, b.version, COLLECT { MATCH (b)-[:CONTAINS]->(l:BasketLine) RETURN l {.id, .sku, .quantity, .changed_at} }
"""
WRITE_BASKETS: LiteralString = """
UNWIND $p.baskets AS row
MATCH (r:SourceRecord {key: row.record})
MERGE (b:Basket {id: row.id})
SET b.record = row.record, b.version = row.version
MERGE (r)-[:HAS_BASKET]->(b)
"""
# (:Basket)-[:CONTAINS]->(:BasketLine)-[:OF]->(:Product)
WRITE_LINES: LiteralString = """
UNWIND $p.basket_lines AS row
MATCH (b:Basket {id: row.basket})
MERGE (l:BasketLine {id: row.id}) ON CREATE SET l.added_at = row.properties.changed_at
SET l += row.properties
MERGE (b)-[:CONTAINS]->(l)
WITH l
CALL (l) { MATCH (p:Product {sku: l.sku}) MERGE (l)-[:OF]->(p) }
"""
DROP_LINES: LiteralString = "UNWIND $p.ids AS id MATCH (l:BasketLine {id: id}) DETACH DELETE l"
# (:SourceRecord)-[:HANDED_OVER]->(:BasketHandover)
WRITE_HANDOVERS: LiteralString = """
UNWIND $p.rows AS row
MERGE (h:BasketHandover {id: row.id})
SET h += row.properties
WITH h
CALL (h) { MATCH (r:SourceRecord {key: h.record}) MERGE (r)-[:HANDED_OVER]->(h) }
CALL (h) { MATCH (o:Touchpoint:Order {id: h.order_id}) MERGE (h)-[:BECAME]->(o) }
"""


def basket_id(record: str) -> str:
    return opaque("Basket", record)


def line_id(record: str, sku: str) -> str:
    return opaque("BasketLine", record, sku)


@dataclass(frozen=True, slots=True)
class Contents:
    """The baskets of some records: `versions` by record, and all pieces."""

    versions: Mapping[str, int]
    pieces: Sequence[Piece]

    @property
    def version(self) -> str:
        return version_of((basket_id(record), number) for record, number in self.versions.items())

    def of(self, sku: str) -> list[Piece]:
        return [each for each in self.pieces if each.sku == sku]


async def read_contents(reader: Reader, records: Sequence[str]) -> Contents:
    """Return what is in the baskets of these records."""
    versions: dict[str, int] = {}
    pieces: list[Piece] = []
    for _, record, version, lines in await reader.read(READ_BASKETS, {"records": list(records)}):
        versions[record] = version
        pieces += [Piece(record, line["sku"], line["quantity"], line["changed_at"]) for line in lines]
    return Contents(versions, pieces)


class Baskets(Nodes):
    """What changes of the baskets of records, which are written only by whoever holds those."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"SourceRecord": LOCK_RECORDS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self._baskets: dict[str, int] = {}
        self._lines: dict[str, dict[str, Any]] = {}
        self._dropped: list[str] = []
        self._handovers: list[dict[str, Any]] = []

    def put(self, contents: Contents, piece: Piece, **told: Any) -> None:
        """Have a record have so many pieces of a product; none takes the line out. `told` are further properties of the line."""
        own_id = line_id(piece.record, piece.sku)
        self._baskets[piece.record] = contents.versions.get(piece.record, 0) + 1
        if piece.quantity == 0:
            self._dropped.append(own_id)
            return
        properties = {"record": piece.record, "sku": piece.sku, "quantity": piece.quantity, "changed_at": self.unit.now, **told}
        self._lines[own_id] = {"id": own_id, "basket": basket_id(piece.record), "properties": properties}

    def put_handover(self, own_id: str, **properties: Any) -> None:
        self._handovers.append({"id": own_id, "properties": properties})

    def tell(self, customers: Iterable[str], *others: str) -> None:
        """Tell that the basket of these customers, by id, has changed."""
        for customer in sorted(set(customers)):
            self.unit.note(Change(f"Basket:{customer}", "basket.changed", (f"Customer:{customer}", *others)))

    def after(self) -> Iterable[Step]:
        if self._baskets:
            baskets = [{"id": basket_id(key), "record": key, "version": number} for key, number in self._baskets.items()]
            yield WRITE_BASKETS, {"baskets": baskets}
        if self._lines:
            yield WRITE_LINES, {"basket_lines": list(self._lines.values())}
        if self._dropped:
            yield DROP_LINES, {"ids": self._dropped}
        if self._handovers:
            yield WRITE_HANDOVERS, {"rows": self._handovers}
