"""What a decision leaves in the graph: its own node, and its marks on source records and touchpoints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, LiteralString

from graph.decisions.queue import RANK_OF_RECORDS
from graph.writes.unit import Nodes, Step, Unit

# (:Decision:PersonDecision)
SIGN: LiteralString = """
CREATE (d:Decision:PersonDecision {id: $p.id})
SET d += $p.properties
"""
# (:Decision)-[:CONCERNS]->(:SourceRecord), (:Decision)-[:JOINS]->(:SourceRecord)
CONCERN: LiteralString = """
UNWIND $p.keys AS key
MATCH (d:Decision {id: $p.id})
MATCH (r:SourceRecord {key: key})
CREATE (d)-[:CONCERNS]->(r)
FOREACH (_ IN CASE WHEN key IN $p.joined THEN [1] ELSE [] END | CREATE (d)-[:JOINS]->(r))
"""
# (:SourceRecord)-[:NOT_SAME_AS]->(:SourceRecord)
PART: LiteralString = """
UNWIND $p.pairs AS pair
MATCH (one:SourceRecord {key: pair[0]})
MATCH (other:SourceRecord {key: pair[1]})
CREATE (one)-[:NOT_SAME_AS {decision: $p.id}]->(other)
"""
UNDO: LiteralString = """
UNWIND $p.undone AS undone
MATCH (d:Decision {id: undone})
SET d.undone_by = $p.id
WITH d
MATCH (d)-[:CONCERNS]->(r:SourceRecord)
OPTIONAL MATCH (d)-[joined:JOINS]->(r)
OPTIONAL MATCH (r)-[apart:NOT_SAME_AS {decision: d.id}]->(:SourceRecord)
DELETE joined, apart
"""
# (:Decision)-[:ASSIGNS]->(:Touchpoint)
ASSIGN: LiteralString = """
MATCH (d:Decision {id: $p.id})
MATCH (t:Touchpoint {id: $p.touchpoint})
CREATE (d)-[:ASSIGNS]->(t)
"""


class Marks(Nodes):
    """The marks of the one decision that a unit carries out; without `properties` there is none.

    `joined`, `concerned` and `parted` are keys of source records, `undone` are the decisions that it takes back: one of a
    person, or those of rules by which records came together. `assigned` is the touchpoint whose owner it names, `answered` the
    reason of the match candidate that it decides.
    """

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.decision = ""
        self.properties: Mapping[str, Any] = {}
        self.joined: set[str] = set()
        self.concerned: set[str] = set()
        self.parted: set[tuple[str, str]] = set()
        self.undone: set[str] = set()
        self.assigned: str | None = None
        self.answered: str | None = None

    def after(self) -> Iterable[Step]:
        if not self.properties:
            return
        own = {"id": self.decision}
        yield SIGN, {**own, "properties": {**self.properties, "answered": self.answered}}
        if self.concerned:
            yield CONCERN, {**own, "keys": sorted(self.concerned), "joined": sorted(self.joined)}
            yield RANK_OF_RECORDS, {"records": sorted(self.concerned), "now": self.unit.now}
        if self.parted:
            yield PART, {**own, "pairs": sorted(map(list, self.parted))}
        if self.undone:
            yield UNDO, {**own, "undone": sorted(self.undone)}
        if self.assigned:
            yield ASSIGN, {**own, "touchpoint": self.assigned}
