"""Attribute anonymous contacts after the partition: those of this unit, and those that came by values whose holders changed.

A unit takes at most MOST_CONTACTS of the latter. A value that more came by is marked: its contacts follow in steps of that
size (`attribution_steps.py`), each in a unit of its own, and end in the same graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, LiteralString

from graph.identity.attribution import ASSIGNED, Attribution, Endpoint, Holder, attribute
from graph.identity.members import Holding
from graph.identity.normalising.identifiers import read_identifier
from graph.identity.ownership import dated
from graph.identity.strength import strength
from graph.resolution.identifiers import IdentifierState
from graph.resolution.loading import read_claims
from graph.resolution.people import People
from graph.store import Transaction
from graph.touchpoints.nodes import Touchpoints
from graph.touchpoints.state import TouchpointState
from graph.writes.unit import Unit

MOST_CONTACTS = 500
"""Known anonymous contacts that one unit loads and attributes again."""

# (:Identifier)<-[:VIA]-(:Touchpoint), no more of each than a unit may take, and one that tells of more
FIND_CONTACTS: LiteralString = """
UNWIND $p.identifiers AS key
MATCH (i:Identifier {key: key})
RETURN key, COLLECT { MATCH (i)<-[:VIA]-(t:Touchpoint {bare: true}) RETURN t.id LIMIT $p.limit }
"""
# (:SourceRecord)-[:RESOLVES_TO]->(:Customer) of holders in other components; the identifier's lock keeps them still
READ_HOLDERS: LiteralString = """
UNWIND $p.keys AS key
MATCH (r:SourceRecord {key: key})-[:RESOLVES_TO]->(c:Customer)
RETURN r.key, c.id, r.first_seen, r.claims
"""

Holders = dict[str, tuple[str, str, Any]]


async def attribute_contacts(unit: Unit) -> None:
    """Set the record of each anonymous contact concerned, having locked what it hangs on."""
    people, touchpoints = unit.of(People), unit.of(Touchpoints)
    unsettled = _unsettled(people)
    if unsettled:
        await _lock_contacts(unit, people, unsettled)
    concerned = [s for s in touchpoints.states.values() if s.bare and _is_said(s) and _is_open(s, unsettled)]
    await attribute_again(unit, concerned)


async def attribute_again(unit: Unit, contacts: list[TouchpointState]) -> None:
    """Attribute these anonymous contacts, which are locked, by what is known now."""
    if not contacts:
        return
    people = unit.of(People)
    asserted = {state.assigned for state in contacts if state.assigned}
    people.want(identifiers={key for state in contacts for key in state.via}, records=_owners(contacts) | asserted)
    await unit.lock()
    outside = await _outside_holders(unit.transaction, people, contacts)
    endpoints = {key: _endpoint(people, key, outside) for key in sorted({key for state in contacts for key in state.via})}
    for state in contacts:
        found = _assigned(state) or attribute((endpoints[key] for key in state.via), state.at)
        if found.rule != state.rule:
            state.rule = state.changes["rule"] = found.rule
        state.record = found.record or state.id
    people.want(records=_owners(contacts))
    await unit.lock()


def _unsettled(people: People) -> set[str]:
    """Return identifiers that contacts came by and whose holders, or whose holders' customers, changed."""
    moved = {
        key
        for record in people.records.values()
        if record.identity_changed or record.customer != record.was_customer
        for key in record.claims
    }
    known = people.identifiers.items()
    return {key for key, found in known if found.contacts and (found.changed or (found.open and key in moved))}


async def _lock_contacts(unit: Unit, people: People, unsettled: set[str]) -> None:
    """Lock the known contacts that came by these identifiers; those of a value with too many wait for steps of their own."""
    left = MOST_CONTACTS
    rows = await unit.transaction.run(FIND_CONTACTS, {"identifiers": sorted(unsettled), "limit": MOST_CONTACTS + 1})
    for key, ids in rows:
        if len(ids) <= left:
            left -= len(ids)
            unit.want("Touchpoint", ids)
            people.identifiers[key].attribute_later(None)
        else:
            people.identifiers[key].attribute_later("")
    await unit.lock()


def _is_said(state: TouchpointState) -> bool:
    """Whether anything tells whose it is: what it came by, or a person, also one who has just taken it back."""
    return bool(state.via or state.assigned) or "assigned" in state.changes


def _is_open(state: TouchpointState, unsettled: Iterable[str]) -> bool:
    return not {"via", "at", "assigned"}.isdisjoint(state.changes) or not set(unsettled).isdisjoint(state.via)


def _assigned(state: TouchpointState) -> Attribution | None:
    """Return what a person decided about it, which outranks the rule."""
    return None if state.assigned is None else Attribution(state.assigned or None, ASSIGNED)


def _owners(contacts: Iterable[TouchpointState]) -> set[str]:
    return {owner for state in contacts for owner in (state.owner, state.was_owner) if owner is not None}


async def _outside_holders(transaction: Transaction, people: People, contacts: Iterable[TouchpointState]) -> Holders:
    named = {holder for state in contacts for key in state.via for holder in people.identifiers[key].holders}
    keys = sorted(named - people.records.keys())
    if not keys:
        return {}
    rows = await transaction.run(READ_HOLDERS, {"keys": keys})
    return {key: (customer, first_seen, read_claims(claims)) for key, customer, first_seen, claims in rows}


def _endpoint(people: People, key: str, outside: Holders) -> Endpoint:
    identifier = people.identifiers[key]
    how = strength(identifier.kind, mobile=identifier.mobile, sharing=identifier.sharing, verified=True)
    if not identifier.open:
        return Endpoint(key, how, (), read_identifier(identifier.kind, identifier.value).nothing)
    if identifier.links():
        # All its holders are at hand, so their times are known.
        records = [people.records[holder] for holder in sorted(identifier.holders)]
        times = dated((record.member(people.identifiers), record.holding(identifier)) for record in records)
        holders = (Holder(r.key, r.customer or "", r.first_seen, times[r.key], bool(r.names)) for r in records)
        return Endpoint(key, how, tuple(holders))
    return Endpoint(key, how, tuple(_holder(people, identifier, record, outside) for record in sorted(identifier.holders)))


def _holder(people: People, identifier: IdentifierState, key: str, outside: Holders) -> Holder:
    known = people.records.get(key)
    if known is not None:
        return Holder(key, known.customer or "", known.first_seen, known.holding(identifier))
    customer, first_seen, claims = outside[key]
    claim = claims[identifier.key]
    how = strength(identifier.kind, mobile=identifier.mobile, sharing=identifier.sharing, verified=claim.verified)
    return Holder(key, customer, first_seen, Holding(identifier.key, how, claim.valid_from, claim.valid_to))
