"""Recording what somebody said about being contacted, at the counter, on the telephone or in their own account.

It hangs on a source record of theirs, so that a merge keeps it and undoing the merge gives it back to whoever said it. No
event speaks with that voice: what the record's own system tells, late or again, stands beside it (ADR 36).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

from graph.commands.command import Answer, Author, Command
from graph.consents.nodes import Consents, Part
from graph.decisions.table import Expected, Table
from graph.errors import InvalidInput, NotFound
from graph.events.newest import stamp
from graph.identity.consent import GRANTED, is_proof
from graph.keys import identifier_id, identifier_of, record_id, recorded_consent_id
from graph.resolution.conclusion import NOUNS
from graph.resolution.people import People
from graph.resolution.records import RecordState
from graph.vocabulary import CONTACT_POINT_KINDS
from graph.words import Sentence
from graph.writes.changes import Change
from graph.writes.unit import Unit

SOURCE = "customer360"
"""The source of what is recorded here."""
# (:Identifier)<-[:COVERS]-(:Consent)<-[:SAID]-(:SourceRecord): one that they spoke of and no record of theirs tells
SPOKEN_OF: LiteralString = """
MATCH (i:Identifier {id: $p.id})<-[:COVERS]-(:Consent)<-[:SAID]-(r:SourceRecord) WHERE r.key IN $p.records
RETURN i.key LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """`state` is GRANTED, REFUSED, or None where it takes back what was recorded.

    `point` and `record` are ids of an identifier and of a source record, None for all contact points, and where the record
    is not chosen. `until` is UTC text. `proof` are `how`, `text` and `document`.
    """

    purpose: str
    state: str | None
    point: str | None
    record: str | None
    until: str | None
    proof: Mapping[str, str]


def record_consent(author: Author, customer: Expected, statement: Statement) -> Command:
    """Return the command that records what a customer said; its answer is `customer` and `record`, by id."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        _check(statement, unit.now)
        [members] = await Table(unit).customers([customer])
        point = await _point(statement, members, unit)
        ids = {record.key: recorded_consent_id(record.key, point or "", statement.purpose) for record in members}
        unit.want("Consent", ids.values())
        await unit.lock()
        consents = unit.of(Consents)
        spoken = {key for key, consent in ids.items() if consent in consents.states}
        record = _voice(statement, author, members, point, spoken)
        part = Part(ids[record.key], record.key, (point,) if point else (), whole=point is None)
        said = {"purpose": statement.purpose, "state": statement.state, "valid_to": statement.until, "recorded": True}
        proof = {**statement.proof, **({} if author.only else {"staff": author.actor})}
        said |= {f"proof_{name}": text for name, text in proof.items()}
        consents.state(part.id).be(part, stamp(unit.now, SOURCE, own_id), said)
        unit.note(Change(f"Consent:{part.id}", "consent.changed", (f"Consent:{part.id}", f"Customer:{customer.id}"), ("state",)))
        return {"customer": customer.id, "record": record_id(record.key)}

    said = [statement.purpose, statement.state, statement.point, statement.record, statement.until, dict(statement.proof)]
    return Command(author, "CONSENT_RECORD", [customer.id, customer.version, *said], (*NOUNS, Consents), execute)


def _check(statement: Statement, now: str) -> None:
    """Raise InvalidInput for a consent that nobody could prove, and for what would have run out already."""
    if statement.until is not None and statement.until <= now:
        raise InvalidInput(Sentence("refusal.RUN_OUT"), "/validTo")
    how, text, document = (statement.proof.get(name) for name in ("how", "text", "document"))
    if statement.state == GRANTED and not is_proof(how, text, document):
        raise InvalidInput(Sentence("refusal.PROOF_MISSING"), "/proof/text" if how else "/proof/how")


async def _point(statement: Statement, members: list[RecordState], unit: Unit) -> str | None:
    """Return the key of the contact point; raise NotFound for one that is none of the customer's."""
    if statement.point is None:
        return None
    found = [key for record in members for key in record.claims if identifier_id(key) == statement.point]
    if not found:
        asked = {"id": statement.point, "records": [record.key for record in members]}
        found = [row[0] for row in await unit.transaction.run(SPOKEN_OF, asked)]
    if not found or identifier_of(found[0])[0] not in CONTACT_POINT_KINDS:
        raise NotFound(Sentence("refusal.NO_SUCH_CONTACT_POINT"), "/contactPointId")
    unit.of(People).want(identifiers=found[:1])
    return found[0]


def _voice(statement: Statement, author: Author, members: list[RecordState], point: str | None, spoken: set[str]) -> RecordState:
    """Return the record that it hangs on: the one that is chosen, or a customer's own account.

    Else one for which the same was recorded before, so that recording again takes it back; else one that has the contact
    point; of several the earliest.
    """
    if statement.record is not None:
        chosen = [record for record in members if record_id(record.key) == statement.record]
        if not chosen:
            raise NotFound(Sentence("refusal.NO_SUCH_RECORD"), "/recordId")
        return chosen[0]

    def order(record: RecordState) -> tuple[bool, bool, bool, str, str]:
        return record.key != author.only, record.key not in spoken, point not in record.claims, record.first_seen, record.key

    return min(members, key=order)
