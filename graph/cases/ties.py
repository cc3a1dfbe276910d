"""Which interactions belong to a case: tied with a rule, by a person or by evidence, and untied without a trace in its clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, LiteralString

from graph.cases.case import Case, tie_event
from graph.cases.contribution import bounce, bounce_event, contribution
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

BY_PERSON = "PERSON"

# (:Touchpoint)-[:IN_CASE]->(:Case), (:Touchpoint)-[:NOT_IN_CASE]->(:Case): a person has said that it does not belong there
LOCK_TOUCHPOINTS: LiteralString = """
UNWIND $p.Touchpoint AS id
MATCH (t:Touchpoint {id: id})
REMOVE t.lock
WITH t
RETURN 'Touchpoint' AS label, [
  t.id, t {.*, at: null}, COLLECT { MATCH (t)-[:IN_CASE]->(k:Case) RETURN k.id },
  COLLECT { MATCH (t)-[:NOT_IN_CASE]->(k:Case) RETURN k.id },
  COLLECT { MATCH (t)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c.id }
] AS row
"""
# (:Touchpoint)-[:IN_CASE {rule, at}]->(:Case); case_id is that of its latest case
TIE: LiteralString = """
UNWIND $p.ties AS row
MATCH (t:Touchpoint {id: row.touchpoint}) MATCH (k:Case {id: row.case})
CALL (t, k) { MATCH (t)-[n:NOT_IN_CASE]->(k) DELETE n }
MERGE (t)-[i:IN_CASE]->(k) ON CREATE SET i.rule = row.rule, i.at = row.at
SET t.case_id = k.id
"""
UNTIE: LiteralString = """
UNWIND $p.rows AS row
MATCH (t:Touchpoint {id: row.touchpoint})-[i:IN_CASE]->(k:Case {id: row.case})
DELETE i
MERGE (t)-[n:NOT_IN_CASE]->(k) SET n.at = row.at
WITH t, k
SET t.case_id = HEAD(COLLECT { MATCH (t)-[o:IN_CASE]->(c:Case) WHERE c <> k RETURN c.id ORDER BY o.at DESC, c.id })
"""


@dataclass(slots=True)
class Tied:
    """A locked touchpoint: its properties, the cases that it is in, those that it is not to be in, and whose it is."""

    id: str
    properties: Mapping[str, Any]
    cases: set[str] = field(default_factory=set[str])
    refused: frozenset[str] = frozenset()
    customers: tuple[str, ...] = ()


class Ties(Nodes):
    """The touchpoints of a unit that are tied to cases, by id."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Touchpoint": LOCK_TOUCHPOINTS}
    WRITES = (TIE,)

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, Tied] = {}
        self._tied: list[dict[str, Any]] = []
        self._untied: list[dict[str, Any]] = []

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        own_id, properties, cases, refused, customers = row
        self.known[own_id] = Tied(own_id, properties, set(cases), frozenset(refused), tuple(customers))
        self.unit.want("Case", cases)

    def tie(self, touchpoint: Tied, case: Case, rule: str) -> None:
        """Let an interaction belong to a case, and what it says stand in the history at the time when it happened."""
        if case.id not in touchpoint.cases:
            touchpoint.cases.add(case.id)
            self._tied.append({"touchpoint": touchpoint.id, "case": case.id, "rule": rule, "at": self.unit.now})
            case.customers.update(touchpoint.customers)
        retell(touchpoint, case)

    def untie(self, touchpoint: Tied, case: Case) -> None:
        """Let it belong there no more: the history is as if it never had."""
        touchpoint.cases.discard(case.id)
        self._untied.append({"touchpoint": touchpoint.id, "case": case.id, "at": self.unit.now})
        own_id = tie_event(case.id, touchpoint.id)
        case.forget(own_id)
        case.forget(bounce_event(own_id))

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        return {"ties": self._tied}

    def after(self) -> Iterable[Step]:
        if self._untied:
            yield UNTIE, {"rows": self._untied}


def retell(touchpoint: Tied, case: Case) -> None:
    """Put what an interaction says now in place of what it said in the history of a case."""
    own_id = tie_event(case.id, touchpoint.id)
    event = contribution(own_id, touchpoint.properties)
    if event is None:
        case.forget(own_id)
    else:
        case.happen(event, touchpoint.id)
    if bounced := bounce(own_id, touchpoint.properties):
        case.happen(bounced)
    else:
        case.forget(bounce_event(own_id))
