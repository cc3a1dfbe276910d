"""Cases in a unit of work: locked with their history, numbered where they are new, and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, LiteralString

from graph.cases.case import Case, loaded
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

COUNTER = "cases"
UNTOLD = frozenset({"tables"})
"""What is written without a new version, since nobody reads it."""

# (:Case)-[:HAS_EVENT]->(:CaseEvent), (:Case)<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
LOCK_CASES: LiteralString = """
UNWIND $p.Case AS id
MATCH (k:Case {id: id})
REMOVE k.lock
WITH k
RETURN 'Case' AS label, [
  k.id, properties(k), COLLECT { MATCH (k)-[:HAS_EVENT]->(e:CaseEvent) RETURN properties(e) },
  COLLECT { MATCH (k)<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN DISTINCT c.id
            UNION MATCH (:SourceRecord {key: k.record})-[:RESOLVES_TO]->(c:Customer) RETURN c.id }
] AS row
"""
# (:CaseCounter {name, last}): held until the transaction ends, so numbers are given once and without a gap
LOCK_COUNTER: LiteralString = """
UNWIND $p.CaseCounter AS name
MERGE (n:CaseCounter {name: name}) ON CREATE SET n.last = 1000
REMOVE n.lock
WITH n
RETURN 'CaseCounter' AS label, [n.name, n.last] AS row
"""
WRITE_CASES: LiteralString = "UNWIND $p.cases AS row MERGE (k:Case {id: row.id}) SET k += row.properties"
WRITE_EVENTS: LiteralString = """
UNWIND $p.case_events AS row
MATCH (k:Case {id: row.case})
MERGE (e:CaseEvent {id: row.id})
SET e = row.properties
MERGE (k)-[:HAS_EVENT]->(e)
"""
COUNT_ON: LiteralString = "UNWIND $p.case_counters AS row MATCH (n:CaseCounter {name: row.name}) SET n.last = row.last"
# (:Case)-[:HAS_TAG]->(:CaseTag {tag, listed, turn}): so the list of a tag has an index
WRITE_TAGS: LiteralString = """
UNWIND $p.rows AS row
MATCH (k:Case {id: row.id})
CALL (k) { MATCH (k)-[:HAS_TAG]->(old:CaseTag) DETACH DELETE old }
UNWIND row.tags AS tag
CREATE (k)-[:HAS_TAG]->(:CaseTag {tag: tag, listed: k.listed, turn: k.turn})
"""
# (:Case)-[:ASKED]->(:Team): whose members read it and whose it is, while it is open
WRITE_ASKED: LiteralString = """
UNWIND $p.rows AS row
MATCH (k:Case {id: row.id})
CALL (k) { MATCH (k)-[former:ASKED]->(:Team) DELETE former }
UNWIND row.teams AS code
MATCH (t:Team {code: code})
CREATE (k)-[:ASKED]->(t)
"""
REMOVE_EVENTS: LiteralString = "UNWIND $p.ids AS id MATCH (e:CaseEvent {id: id}) DETACH DELETE e"
# (:Case)-[:FOLLOWS]->(:Case): a new one where the former was closed already
FOLLOW: LiteralString = """
UNWIND $p.rows AS row
MATCH (k:Case {id: row.case}) MATCH (former:Case {id: row.former})
MERGE (k)-[:FOLLOWS]->(former)
"""


class Cases(Nodes):
    """The cases of a unit by id, those that are locked and those that it makes."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Case": LOCK_CASES, "CaseCounter": LOCK_COUNTER}
    WRITES = (WRITE_CASES, WRITE_EVENTS, COUNT_ON)

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, Case] = {}
        self._last: int | None = None
        self._made = 0

    def take_in(self, label: Label, row: list[Any]) -> None:
        if label == "CaseCounter":
            self._last = row[1]
            return
        own_id, properties, events, customers = row
        history = [(loaded(each), each.get("touchpoint")) for each in events]
        of = {event.id: touchpoint for event, touchpoint in history if touchpoint}
        self.known[own_id] = Case(own_id, properties, {event.id: event for event, _ in history}, of, set(customers))

    async def make(self, own_id: str, **properties: Any) -> Case:
        """Return a new case with a number of its own."""
        self.unit.want("CaseCounter", (COUNTER,))
        await self.unit.lock()
        return self.begin(own_id, **properties)

    def begin(self, own_id: str, **properties: Any) -> Case:
        """The same where the counter is held already."""
        self._made += 1
        case = self.known[own_id] = Case(own_id)
        case.put(number=(self._last or 0) + self._made, **properties)
        return case

    def settle(self, case: Case, kind: str = "case.changed") -> None:
        """Compute anew what is kept of a case, count its version on and note the change; once in a unit for each case."""
        before = {name: case.properties.get(name) for name in ("team", "staff")}
        case.settle(self.unit.now)
        fields = tuple(sorted(case.changes.keys() - UNTOLD))
        if not (fields or case.fresh or case.gone):
            return
        case.put(version=case.version + 1)
        refs = (f"Case:{case.id}", *(f"Customer:{each}" for each in sorted(case.customers)))
        self.unit.note(Change(refs[0], kind, refs, fields))
        if kind == "case.changed" and any(case.properties.get(name) != was for name, was in before.items()):
            self.unit.note(Change(refs[0], "case.assigned", refs, ("team", "staff")))

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        changed = [case for case in self.known.values() if case.changed]
        counter = [{"name": COUNTER, "last": (self._last or 0) + self._made}] if self._made else []
        return {
            "cases": [{"id": case.id, "properties": case.changes} for case in changed],
            "case_events": [row for case in changed for row in case.event_rows()],
            "case_counters": counter,
        }

    def after(self) -> Iterable[Step]:
        if tagged := [{"id": case.id, "tags": case.properties["tags"]} for case in self.known.values() if case.tags_changed]:
            yield WRITE_TAGS, {"rows": tagged}
        if asked := [{"id": case.id, "teams": case.properties["asked"]} for case in self.known.values() if case.asked_changed]:
            yield WRITE_ASKED, {"rows": asked}
        if gone := sorted(each for case in self.known.values() for each in case.gone):
            yield REMOVE_EVENTS, {"ids": gone}
        if rows := [{"case": case.id, "former": case.follows} for case in self.known.values() if case.follows]:
            yield FOLLOW, {"rows": rows}
