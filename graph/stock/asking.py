"""Requests that met no stock: who asked, where, for what, what was offered instead, and whether the sale was saved or lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, LiteralString

from graph.cases.opening import lock_record
from graph.commands.command import Answer, Author, Command
from graph.errors import NotFound
from graph.stock.places import Place, named
from graph.words import Sentence
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

OPEN, SAVED, LOST = STOCK_REQUEST_OUTCOMES = ("OPEN", "SAVED", "LOST")

# (:StockRequest {record}) = (:SourceRecord {key})
LOCK_REQUESTS: LiteralString = """
UNWIND $p.StockRequest AS id
MATCH (q:StockRequest {id: id})
REMOVE q.lock
WITH q
RETURN 'StockRequest' AS label, [q.id, properties(q)] AS row
"""
# (:StockRequest)-[:FOR]->(:Product), (:StockRequest)-[:AT]->(:Store), (:StockRequest)-[:OFFERED]->(:Product)
WRITE_REQUEST: LiteralString = """
MERGE (q:StockRequest {id: $p.id})
SET q += $p.properties
WITH q
CALL (q) { MATCH (wanted:Product {id: $p.product}) MERGE (q)-[:FOR]->(wanted) }
CALL (q) { MATCH (s:Store {id: $p.store}) MERGE (q)-[:AT]->(s) }
CALL (q) { UNWIND $p.offered AS id MATCH (p:Product {id: id}) MERGE (q)-[:OFFERED]->(p) }
"""
READ_OFFERED: LiteralString = "UNWIND $p.ids AS id MATCH (p:Product {id: id}) RETURN p.id"


@dataclass(frozen=True, slots=True)
class Request:
    """`customer` is an id, None where nobody knows who asked; `offered` are ids of products."""

    quantity: int
    customer: str | None = None
    offered: Sequence[str] = ()
    outcome: str = OPEN
    note: str | None = None


class Requests(Nodes):
    """The one request of a unit; `known` are the properties of one that is there."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"StockRequest": LOCK_REQUESTS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, dict[str, Any]] = {}
        self._row: dict[str, Any] | None = None

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        self.known[row[0]] = row[1]

    def put(self, own_id: str, refs: tuple[str, ...], place: Place | None, offered: Sequence[str], **properties: Any) -> None:
        """Have properties written, and the change told."""
        where = {"product": place.product if place else "", "store": place.store if place else ""}
        self._row = {"id": own_id, **where, "offered": list(offered), "properties": properties}
        self.unit.note(Change(f"StockRequest:{own_id}", "stock.requested", (f"StockRequest:{own_id}", *refs)))

    def after(self) -> Iterable[Step]:
        if self._row is not None:
            yield WRITE_REQUEST, self._row


def record_request(author: Author, place: Place, request: Request) -> Command:
    """Return the command that keeps what somebody asked for and did not find; its answer is `request`, by id.

    Raises NotFound for a product, a store or a customer that there is not.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        sku, store = await named(unit.transaction, place)
        found = {row[0] for row in await unit.transaction.run(READ_OFFERED, {"ids": list(request.offered)})}
        for at, each in enumerate(request.offered):
            if each not in found:
                raise NotFound(Sentence("refusal.NO_SUCH_PRODUCT"), f"/offeredProductIds/{at}")
        record, refs = "", (f"Product:{place.product}", f"Store:{place.store}")
        if request.customer is not None:
            record, owners = await lock_record(unit, request.customer)
            refs += tuple(f"Customer:{each}" for each in owners)
        told = {"sku": sku, "store_code": store, "quantity": request.quantity, "outcome": request.outcome, "note": request.note}
        own = {**told, "record": record, "at": unit.now, "position": unit.now + own_id, "staff": author.actor}
        unit.of(Requests).put(own_id, refs, place, request.offered, **own, **_ended(unit, request.outcome))
        return {"request": own_id}

    asked = [request.quantity, request.customer, list(request.offered), request.outcome, request.note]
    return Command(author, "STOCK_REQUEST_RECORD", [place.product, place.store, asked], (Requests,), execute)


def end_request(author: Author, request: str, outcome: str) -> Command:
    """Return the command that says whether the sale was saved or lost after all; its answer is `request`, by id."""

    async def execute(unit: Unit, _: str) -> Answer:
        unit.want("StockRequest", (request,))
        await unit.lock()
        if request not in unit.of(Requests).known:
            raise NotFound(Sentence("refusal.NO_SUCH_STOCKREQUEST"), "/requestId")
        unit.of(Requests).put(request, (), None, (), outcome=outcome, **_ended(unit, outcome))
        return {"request": request}

    return Command(author, "STOCK_REQUEST_END", [request, outcome], (Requests,), execute)


def _ended(unit: Unit, outcome: str) -> dict[str, str | None]:
    return {"ended_at": None if outcome == OPEN else unit.now}
