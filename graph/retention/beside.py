"""What is kept for a time beside contacts: lines of baskets and handovers, offers, and products that were looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, LiteralString

from graph.baskets.records import LOCK_RECORDS
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:SourceRecord)-[:RESOLVES_TO]->(:Customer)
WHOSE: LiteralString = """
RETURN n.id, n.record, HEAD(COLLECT { MATCH (:SourceRecord {key: n.record})-[:RESOLVES_TO]->(c:Customer) RETURN c.id })
"""
# (:Basket)-[:CONTAINS]->(:BasketLine {record}): a basket that loses a line has another version
NEXT_LINES: LiteralString = (
    """
MATCH (n:BasketLine) USING INDEX SEEK n:BasketLine(changed_at) WHERE n.changed_at < $p.before
WITH n ORDER BY n.changed_at LIMIT $p.limit
"""
    + WHOSE
)
NEXT_HANDOVERS: LiteralString = (
    """
MATCH (n:BasketHandover) USING INDEX SEEK n:BasketHandover(turn) WHERE n.turn < $p.before
WITH n ORDER BY n.turn LIMIT $p.limit
"""
    + WHOSE
)
NEXT_OFFERS: LiteralString = (
    "MATCH (n:Offer) USING INDEX SEEK n:Offer(turn) WHERE n.turn < $p.before WITH n ORDER BY n.turn LIMIT $p.limit" + WHOSE
)
NEXT_VIEWS: LiteralString = (
    "MATCH (n:ProductView) USING INDEX SEEK n:ProductView(turn) WHERE n.turn < $p.before WITH n ORDER BY n.turn LIMIT $p.limit"
    + WHOSE
)
DELETE_LINES: LiteralString = """
UNWIND $p.ids AS id
MATCH (b:Basket)-[:CONTAINS]->(n:BasketLine {id: id}) WHERE n.changed_at < $p.before
SET b.version = b.version + 1
DETACH DELETE n
"""
DELETE_HANDOVERS: LiteralString = "UNWIND $p.ids AS id MATCH (n:BasketHandover {id: id}) DETACH DELETE n"
DELETE_OFFERS: LiteralString = "UNWIND $p.ids AS id MATCH (n:Offer {id: id}) DETACH DELETE n"
DELETE_VIEWS: LiteralString = "UNWIND $p.ids AS id MATCH (n:ProductView {id: id}) WHERE n.turn < $p.before DETACH DELETE n"


@dataclass(frozen=True, slots=True)
class Kept:
    """How the next that are too old are found, how they are deleted under the lock of their records, and what is told."""

    next: LiteralString
    delete: LiteralString
    key: str
    told: str


BESIDE: Mapping[str, Kept] = {
    "basket_lines": Kept(NEXT_LINES, DELETE_LINES, "Basket", "basket.changed"),
    "basket_handovers": Kept(NEXT_HANDOVERS, DELETE_HANDOVERS, "Basket", "basket.changed"),
    "offers": Kept(NEXT_OFFERS, DELETE_OFFERS, "Offers", "offer.changed"),
    "products_seen": Kept(NEXT_VIEWS, DELETE_VIEWS, "SeenList", "seen.changed"),
}
"""Name in the rules, as exports have it -> how it is forgotten."""


class Forgotten(Nodes):
    """What goes, whose records are held."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"SourceRecord": LOCK_RECORDS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self._steps: list[Step] = []

    def forget(self, kept: Kept, ids: list[str], before: str) -> None:
        self._steps.append((kept.delete, {"ids": ids, "before": before}))

    def after(self) -> Iterable[Step]:
        return self._steps


async def forget(unit: Unit, name: str, before: str, found: Sequence[Sequence[Any]]) -> int:
    """Delete what was found of a name: ids with their records and customers; return how many there were."""
    kept = BESIDE[name]
    unit.want("SourceRecord", {record for _, record, _ in found})
    await unit.lock()
    unit.of(Forgotten).forget(kept, [own_id for own_id, _, _ in found], before)
    for customer in sorted({whose for _, _, whose in found if whose}):
        unit.note(Change(f"{kept.key}:{customer}", kept.told, (f"Customer:{customer}",)))
    return len(found)
