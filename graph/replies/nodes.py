"""Replies in a unit of work: locked with what leaves by them, written, and removed when they have left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, LiteralString

from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

WAITING, SENDING, FAILED = REPLY_STATES = ("WAITING", "SENDING", "FAILED")
CHANNELS: Mapping[str, str] = {"EMAIL": "EMAIL", "LINE_USER_ID": "LINE"}
"""Kind of the identifier that a reply goes to -> its channel."""

# (:Reply)-[:ANSWERS]->(:Case) or (:Reply)-[:TELLS_OF]->(:Fulfillment), (:Reply)-[:TO]->(:Identifier); the last message that came
# by it is what is answered
LOCK_REPLIES: LiteralString = """
UNWIND $p.Reply AS id
MATCH (y:Reply {id: id})
REMOVE y.lock
WITH y
MATCH (y)-[:TO]->(i:Identifier)
OPTIONAL MATCH (y)-[:ANSWERS]->(k:Case)
OPTIONAL MATCH (y)-[:TELLS_OF]->(f:Fulfillment)<-[:HAS_FULFILLMENT]-(o:Order)
RETURN 'Reply' AS label, [
  y.id, properties(y), k.id, k.number, COALESCE(k.subject, ''), i.kind, i.value, i.scope,
  CASE WHEN f IS NOT NULL THEN [o.id, o.number, f.id, f.state] END, HEAD(COLLECT {
    MATCH (i)<-[:VIA]-(t:Touchpoint)-[:IN_CASE]->(k)
    WHERE t.direction = 'INBOUND' AND t.kind = 'EMAIL' AND t.message_id IS NOT NULL
    RETURN [t.message_id, COALESCE(t.references, []), COALESCE(t.subject, '')] ORDER BY t.position DESC LIMIT 1
  })
] AS row
"""
WRITE_REPLIES: LiteralString = """
UNWIND $p.rows AS row
MERGE (y:Reply {id: row.id})
SET y += row.properties
WITH y, row
CALL (y, row) { MATCH (k:Case {id: row.case}) MERGE (y)-[:ANSWERS]->(k) }
CALL (y, row) { MATCH (f:Fulfillment {id: row.pickup}) MERGE (y)-[:TELLS_OF]->(f) }
CALL (y, row) { MATCH (i:Identifier {id: row.identifier}) MERGE (y)-[:TO]->(i) }
"""
REMOVE_REPLIES: LiteralString = "UNWIND $p.ids AS id MATCH (y:Reply {id: id}) DETACH DELETE y"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a program tells of a pick-up: id and number of its order, its own id, and how it stands."""

    order: str
    number: str | None
    pickup: str
    state: str | None


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it is held: number and subject of its case, to whom (kind, value and scope of an identifier), what it answers.

    `answers` are message id, references and subject of that mail; None where it answers none. A `notice` has no case.
    """

    id: str
    properties: Mapping[str, Any]
    case: str | None
    number: int | None
    about: str
    to: tuple[str, str, str]
    answers: tuple[str, tuple[str, ...], str] | None
    notice: Notice | None = None

    @property
    def state(self) -> str:
        return self.properties["state"]

    @property
    def channel(self) -> str:
        return CHANNELS[self.to[0]]


class Replies(Nodes):
    """The replies of a unit by id."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Reply": LOCK_REPLIES}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, Reply] = {}
        self._rows: list[dict[str, Any]] = []
        self._gone: list[str] = []

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        own_id, properties, case, number, about, *to, notice, answers = row
        answered = (answers[0], tuple(answers[1]), answers[2]) if answers else None
        told = Notice(*notice) if notice else None
        self.known[own_id] = Reply(own_id, properties, case, number, about, (to[0], to[1], to[2] or ""), answered, told)

    def put(
        self, own_id: str, case: str | None, identifier: str | None = None, pickup: str | None = None, **properties: Any
    ) -> None:
        """Have properties of a reply written, and those who follow its case told; a notice is of a pick-up (id)."""
        self._rows.append({"id": own_id, "case": case, "identifier": identifier, "pickup": pickup, "properties": properties})
        self._note(case)

    def drop(self, reply: Reply) -> None:
        self._gone.append(reply.id)
        self._note(reply.case)

    def after(self) -> Iterable[Step]:
        if self._rows:
            yield WRITE_REPLIES, {"rows": self._rows}
        if self._gone:
            yield REMOVE_REPLIES, {"ids": self._gone}

    def _note(self, case: str | None) -> None:
        if case is None:
            return
        self.unit.note(Change(f"Case:{case}", "case.changed", (f"Case:{case}",), ("replies",)))
