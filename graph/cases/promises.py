"""Promises to customers: made in an interaction, for a case or a customer, by a time; kept or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, LiteralString

from graph.cases.expected import Expected, held
from graph.cases.nodes import Cases
from graph.cases.opening import lock_record
from graph.cases.ties import Ties
from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InvalidInput, NotFound
from graph.words import Sentence
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

OPEN, KEPT, WITHDRAWN = PROMISE_STATES = ("OPEN", "KEPT", "WITHDRAWN")

# (:Promise)-[:FOR]->(:Case), (:Promise)-[:MADE_IN]->(:Touchpoint)
LOCK_PROMISES: LiteralString = """
UNWIND $p.Promise AS id
MATCH (m:Promise {id: id})
REMOVE m.lock
WITH m
RETURN 'Promise' AS label, [m.id, properties(m), HEAD(COLLECT { MATCH (m)-[:FOR]->(k:Case) RETURN k.id })] AS row
"""
WRITE_PROMISES: LiteralString = """
UNWIND $p.rows AS row
MERGE (m:Promise {id: row.id})
SET m += row.properties
WITH m, row
CALL (m, row) { MATCH (k:Case {id: row.case}) MERGE (m)-[:FOR]->(k) }
CALL (m, row) { MATCH (t:Touchpoint {id: row.touchpoint}) MERGE (m)-[:MADE_IN]->(t) }
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """`due` is UTC text, `owner` the account of who keeps it, `door` the channel or store at which it was made.

    `customer` and `touchpoint` are ids; a case, a customer or an interaction is needed.
    """

    text: str
    due: str
    owner: str
    door: str | None = None
    case: Expected | None = None
    customer: str | None = None
    touchpoint: str | None = None


class Promises(Nodes):
    """The promises of a unit: (properties, id of the case) by id."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Promise": LOCK_PROMISES}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, tuple[dict[str, Any], str | None]] = {}
        self._rows: list[dict[str, Any]] = []

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        self.known[row[0]] = (row[1], row[2])

    def put(self, own_id: str, case: str | None = None, touchpoint: str | None = None, **properties: Any) -> None:
        """Have properties of a promise written, and the change told."""
        self._rows.append({"id": own_id, "case": case, "touchpoint": touchpoint, "properties": properties})
        refs = (f"Promise:{own_id}", *([f"Case:{case}"] if case else []))
        self.unit.note(Change(refs[0], "promise.changed", refs, tuple(sorted(properties))))

    def after(self) -> Iterable[Step]:
        if self._rows:
            yield WRITE_PROMISES, {"rows": self._rows}


def make(author: Author, promise: Promise) -> Command:
    """Return the command that keeps a promise in mind; its answer is `promise`, by id."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        if promise.due <= unit.now:
            raise InvalidInput(Sentence("refusal.PROMISE_PAST"), "/dueAt")
        case, record = None, ""
        if promise.touchpoint is not None:
            record = await _record_of(unit, promise.touchpoint)
        if promise.customer is not None:
            record, _ = await lock_record(unit, promise.customer)
        if promise.case is not None:
            [(case, _)] = await held(unit, [promise.case])
            record = record or case.properties["record"]
        if case is None and promise.customer is None and promise.touchpoint is None:
            raise InvalidInput(Sentence("refusal.PROMISE_TO_NOBODY"), "/case")
        told = {"text": promise.text, "due": promise.due, "owner": promise.owner or author.actor, "door": promise.door}
        own = {**told, "state": OPEN, "record": record, "made_at": unit.now, "made_by": author.actor}
        unit.of(Promises).put(own_id, case.id if case else None, promise.touchpoint, **own)
        return {"promise": own_id}

    case = [promise.case.id, promise.case.version] if promise.case else None
    asked = [promise.text, promise.due, promise.owner, promise.door, case, promise.customer, promise.touchpoint]
    return Command(author, "PROMISE_MAKE", asked, (Cases, Ties, Promises), execute)


def end(author: Author, promise: str, state: str) -> Command:
    """Return the command that says that a promise was kept or is withdrawn; raises Conflict for one that has ended."""

    async def execute(unit: Unit, _: str) -> Answer:
        unit.want("Promise", (promise,))
        await unit.lock()
        if promise not in unit.of(Promises).known:
            raise NotFound(Sentence("refusal.NO_SUCH_PROMISE"), "/promiseId")
        properties, case = unit.of(Promises).known[promise]
        if properties["state"] != OPEN:
            raise Conflict(Sentence("refusal.PROMISE_ENDED"), "/promiseId")
        unit.of(Promises).put(promise, case, state=state, ended_at=unit.now, ended_by=author.actor)
        return {"promise": promise}

    return Command(author, f"PROMISE_{state}", promise, (Promises,), execute)


async def _record_of(unit: Unit, touchpoint: str) -> str:
    """Return the key of the record that an interaction names; '' for a contact of nobody named."""
    unit.want("Touchpoint", (touchpoint,))
    await unit.lock()
    found = unit.of(Ties).known.get(touchpoint)
    if found is None:
        raise NotFound(Sentence("refusal.NO_SUCH_TOUCHPOINT"), "/touchpointId")
    return "" if found.properties.get("bare") else found.properties["record"]
