"""An identifier whose value reads otherwise today: what hangs on it, contacts and consents, goes to what it reads as.

In bounded steps, each a unit of its own: one that is cut short goes on where it was, since the identifier stands as long
as anything hangs on it. What records hold has been read again before (`rereading.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString

from graph.consents.nodes import Consents
from graph.events.claims import claims_in
from graph.events.facts import Claim
from graph.identity.blocking import ListedValues
from graph.identity.normalising.identifiers import read_identifier
from graph.keys import consent_id, identifier_of, recorded_consent_id, scoped
from graph.resolution.attribution import MOST_CONTACTS
from graph.resolution.conclusion import NOUNS
from graph.resolution.people import People
from graph.resolution.rereading import carry_delivery, carry_ruling
from graph.touchpoints.nodes import Touchpoints
from graph.writes.unit import Nodes, Unit

REKEYED_NOUNS: tuple[type[Nodes], ...] = (Consents, *NOUNS)
"""Consents first: an identifier goes once none covers it."""

# (:Identifier)<-[:VIA]-(:Touchpoint)
FIND_CONTACTS: LiteralString = "MATCH (:Identifier {key: $p.key})<-[:VIA]-(t:Touchpoint) RETURN t.id LIMIT $p.limit"
# (:Identifier) with a contact or a consent
STILL_USED: LiteralString = "MATCH (i:Identifier {key: $p.key}) WHERE i.contacts OR EXISTS { (i)<-[:VIA|COVERS]-() } RETURN i.id"
# (:Identifier)<-[:COVERS]-(:Consent)<-[:SAID]-(:SourceRecord)
FIND_CONSENTS: LiteralString = """
MATCH (:Identifier {key: $p.key})<-[:COVERS]-(c:Consent)
WITH c LIMIT $p.limit
RETURN c.id, c {.*}, [(c)<-[:SAID]-(r:SourceRecord) | r.key][0], [(c)-[:COVERS]->(i:Identifier) | i.key]
"""


def is_read_otherwise(kind: str, value: str) -> bool:
    """Tell whether a stored value is no longer what it reads as."""
    reading = read_identifier(kind, value)
    # What was kept and shows nothing today stays: a consent may hang on it.
    return reading.text != "" and value not in ([each.value for each in reading.values] or [reading.text])


async def rekey(unit: Unit, key: str, listed: ListedValues) -> None:
    """Move MOST_CONTACTS contacts and consents of an identifier to what it reads as today; with the last of them it goes."""
    people = unit.of(People)
    told = claims_in(key, identifier_of(key)[2], "", listed)
    people.want(identifiers=(key,), claims=told)
    found = {"key": key, "limit": MOST_CONTACTS}
    contacts = [row[0] for row in await unit.transaction.run(FIND_CONTACTS, found)]
    unit.want("Touchpoint", contacts)
    await unit.lock()
    _move_contacts(unit, contacts, key, told)
    consents = await _move_consents(unit, key, told)
    if MOST_CONTACTS in (len(contacts), consents):
        return
    old = people.identifiers.get(key)
    if old is None:  # it was erased in the meantime
        return
    for claim in told:
        carry_ruling(old, people.identifiers[claim.key])
        carry_delivery(old, people.identifiers[claim.key])
        if old.contacts:
            people.identifiers[claim.key].come_by()
    old.contacts, old.changed = False, True
    people.forget({key})


def _move_contacts(unit: Unit, contacts: Sequence[str], key: str, told: Sequence[Claim]) -> None:
    people, states = unit.of(People), unit.of(Touchpoints).states
    for state in (states[each] for each in contacts if each in states):
        state.via = state.changes["via"] = sorted({*state.via, *(claim.key for claim in told)} - {key})
        for claim in told:
            people.identifiers[claim.key].come_by()


async def _move_consents(unit: Unit, key: str, told: Sequence[Claim]) -> int:
    """Declare what the consents that cover an identifier say for what it reads as; return how many there were."""
    found = {"key": key, "limit": MOST_CONTACTS}
    known = await unit.transaction.run(FIND_CONSENTS, found)
    unit.want("Consent", {own_id for own_id, *_ in known} | {own for row in known for own, _ in _parts(row, key, told)})
    await unit.lock()
    locked = await unit.transaction.run(FIND_CONSENTS, found)
    for row in locked:
        own_id, properties, record, _ = row
        parts = _parts(row, key, told)
        for part, covers in parts:
            unit.of(Consents).state(part).put(properties, record, covers)
        if own_id not in {part for part, _ in parts}:
            unit.of(Consents).dropped.add(own_id)
    return len(locked)


def _parts(row: Sequence[Any], key: str, told: Sequence[Claim]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the id and the covered identifiers of each consent that a stored one is by the rules of today."""
    own_id, properties, record, covers = row
    keys = [claim.key for claim in told]
    if record is not None and properties["whole"]:
        return [(own_id, tuple(sorted({*covers, *keys} - {key})))]
    voice = record or scoped(properties["stamp"].split("\t")[1], "")
    id_of = recorded_consent_id if properties.get("recorded") else consent_id
    return [(id_of(voice, each, properties["purpose"]), (each,)) for each in keys]
