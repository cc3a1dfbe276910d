"""Consents in a unit of work: locked and loaded, newest wins, written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, LiteralString

from graph.events.facts import Consent, Event
from graph.events.newest import stamp, utc_text
from graph.events.outcomes import CREATED, UNCHANGED, UPDATED
from graph.keys import consent_id, scoped
from graph.vocabulary import CONTACT_POINT_KINDS
from graph.writes.batching import in_turn
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:Consent)
LOCK_CONSENTS: LiteralString = """
UNWIND $p.Consent AS id
MATCH (c:Consent {id: id})
REMOVE c.lock
WITH c
RETURN 'Consent' AS label, [c.id, c.stamp] AS row
"""
# (:SourceRecord)-[:SAID]->(:Consent)-[:COVERS]->(:Identifier); a consent of nobody named has no record
PUT_CONSENTS: LiteralString = """
UNWIND $p.consents AS row
MERGE (c:Consent {id: row.id})
SET c = row.properties
WITH c, row
OPTIONAL MATCH (c)-[old:COVERS]->(:Identifier)
DELETE old
"""
SAY_CONSENTS: LiteralString = """
UNWIND $p.consents AS row
MATCH (c:Consent {id: row.id})
MATCH (r:SourceRecord {key: row.record})
MERGE (c)<-[:SAID]-(r)
"""
COVER_POINTS: LiteralString = """
UNWIND $p.consents AS row
MATCH (c:Consent {id: row.id})
UNWIND row.covers AS key
MATCH (i:Identifier {key: key})
CREATE (c)-[:COVERS]->(i)
"""
DROP_CONSENTS: LiteralString = "UNWIND $p.ids AS id MATCH (c:Consent {id: id}) DETACH DELETE c"
WRITE_CONSENTS = in_turn(PUT_CONSENTS, SAY_CONSENTS, COVER_POINTS)


@dataclass(frozen=True, slots=True)
class Part:
    """One consent that a declaration is about: that of a record, or that of a contact point where nobody is named.

    `covers` are keys of identifiers. `whole`: it holds for all contact points of who says it.
    """

    id: str
    record: str | None
    covers: tuple[str, ...]
    whole: bool


def parts_of(consent: Consent) -> list[Part]:
    """Return the consents that a declaration is about.

    A record is one voice. Where nobody is named, each endpoint speaks for itself within its source; what is no
    contact point, such as a card, speaks for whoever has it.
    """
    ends = (consent.point,) if consent.point else consent.by.claims
    record = consent.by.record_key
    if record is not None:
        own = consent_id(record, consent.point.key if consent.point else "", consent.purpose)
        return [Part(own, record, tuple(sorted(claim.key for claim in ends)), whole=consent.point is None)]
    voice = scoped(consent.source, "")
    return [
        Part(consent_id(voice, claim.key, consent.purpose), None, (claim.key,), whole=claim.kind not in CONTACT_POINT_KINDS)
        for claim in ends
    ]


@dataclass(slots=True)
class ConsentState:
    """A consent; one without a stamp has not been declared yet."""

    id: str
    stamp: str = ""
    row: dict[str, Any] | None = None

    def apply(self, part: Part, consent: Consent, event: Event) -> str:
        """Take a declaration over if it is the newest, and return the outcome."""
        mark = stamp(utc_text(event.time), event.source, event.id)
        known, newer = bool(self.stamp), mark > self.stamp
        if newer:
            self.be(part, mark, _properties(consent))
        return CREATED if not known else UPDATED if newer else UNCHANGED

    def be(self, part: Part, mark: str, properties: Mapping[str, Any]) -> None:
        """Be what is declared now, whatever was before."""
        self.stamp = mark
        own = {"id": self.id, "stamp": mark, "whole": part.whole}
        self.row = {"id": self.id, "record": part.record, "covers": part.covers, "properties": {**own, **properties}}

    def put(self, properties: Mapping[str, Any], record: str | None, covers: Iterable[str]) -> None:
        """Be what another node says, or this one otherwise, unless something newer is known."""
        if properties["stamp"] >= self.stamp:
            self.stamp = properties["stamp"]
            self.row = {"id": self.id, "record": record, "covers": tuple(covers), "properties": {**properties, "id": self.id}}


def _properties(consent: Consent) -> dict[str, Any]:
    until = utc_text(consent.valid_to) if consent.valid_to else None
    return {"purpose": consent.purpose, "state": consent.state, "valid_to": until, **consent.proof}


class Consents(Nodes):
    """The consents that declarations are about, by id."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Consent": LOCK_CONSENTS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.states: dict[str, ConsentState] = {}
        self.dropped: set[str] = set()

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        self.states[row[0]] = ConsentState(*row)

    def state(self, own_id: str) -> ConsentState:
        """Return a consent as far as it is known."""
        return self.states.setdefault(own_id, ConsentState(own_id))

    def after(self) -> Iterable[Step]:
        """Yield what writes those that changed, once the records that declare them are there, and deletes those dropped."""
        if self.dropped:
            yield DROP_CONSENTS, {"ids": sorted(self.dropped)}
        rows = [state.row for state in self.states.values() if state.row is not None]
        if rows:
            yield WRITE_CONSENTS, {"consents": sorted(rows, key=lambda row: row["id"])}
