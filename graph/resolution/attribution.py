"""Attribute bare contacts after the partition: those of this batch, and those that came by values whose holders changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, LiteralString

from graph.identity.attribution import ASSIGNED, Attribution, Endpoint, Holder, attribute
from graph.identity.members import Holding
from graph.identity.ownership import dated
from graph.identity.strength import strength
from graph.resolution.identifiers import IdentifierState
from graph.resolution.neighbourhood import Neighbourhood, read_claims
from graph.store import Transaction
from graph.touchpoints.loading import lock_bare_contacts
from graph.touchpoints.state import ContactState

# (:SourceRecord)-[:RESOLVES_TO]->(:Customer) of holders in other components; the identifier's lock keeps them still
READ_HOLDERS: LiteralString = """
UNWIND $p.keys AS key
MATCH (r:SourceRecord {key: key})-[:RESOLVES_TO]->(c:Customer)
RETURN r.key, c.id, r.first_seen, r.claims
"""

Holders = dict[str, tuple[str, str, Any]]


async def attribute_contacts(transaction: Transaction, hood: Neighbourhood, contacts: dict[str, ContactState]) -> None:
    """Set the record of each bare contact concerned; `contacts` gains the known ones, `hood` what they hang on."""
    unsettled = _unsettled(hood)
    if unsettled:
        contacts |= (await lock_bare_contacts(transaction, unsettled)) | contacts
    bare = [state for state in contacts.values() if state.bare and (state.via or state.assigned) and _is_open(state, unsettled)]
    if not bare:
        return
    said = {state.assigned for state in bare if state.assigned}
    hood.want(identifiers={key for state in bare for key in state.via}, records=_owners(bare) | said)
    await hood.widen(transaction)
    outside = await _outside_holders(transaction, hood, bare)
    endpoints = {key: _endpoint(hood, key, outside) for key in sorted({key for state in bare for key in state.via})}
    for state in bare:
        found = _said(state) or attribute((endpoints[key] for key in state.via), state.at)
        if found.rule != state.rule:
            state.rule = state.changes["rule"] = found.rule
        state.record = found.record or state.id
    hood.want(records=_owners(bare))
    await hood.widen(transaction)


def _unsettled(hood: Neighbourhood) -> set[str]:
    """Return identifiers that contacts came by and whose holders, or whose holders' customers, changed."""
    moved = {
        key
        for record in hood.records.values()
        if record.identity_changed or record.customer != record.was_customer
        for key in record.claims
    }
    return {key for key, found in hood.identifiers.items() if found.contacts and (found.changed or (found.open and key in moved))}


def _is_open(state: ContactState, unsettled: Iterable[str]) -> bool:
    return not {"via", "at", "assigned"}.isdisjoint(state.changes) or not set(unsettled).isdisjoint(state.via)


def _said(state: ContactState) -> Attribution | None:
    """Return what a person said about it, which outranks the rule."""
    return None if state.assigned is None else Attribution(state.assigned or None, ASSIGNED)


def _owners(bare: Iterable[ContactState]) -> set[str]:
    return {owner for state in bare for owner in (state.owner, state.was_owner) if owner is not None}


async def _outside_holders(transaction: Transaction, hood: Neighbourhood, bare: Iterable[ContactState]) -> Holders:
    named = {holder for state in bare for key in state.via for holder in hood.identifiers[key].holders}
    keys = sorted(named - hood.records.keys())
    if not keys:
        return {}
    rows = await transaction.run(READ_HOLDERS, {"keys": keys})
    return {key: (customer, first_seen, read_claims(claims)) for key, customer, first_seen, claims in rows}


def _endpoint(hood: Neighbourhood, key: str, outside: Holders) -> Endpoint:
    identifier = hood.identifiers[key]
    how = strength(identifier.kind, mobile=identifier.mobile, sharing=identifier.sharing, verified=True)
    if not identifier.open:
        return Endpoint(key, how, ())
    if identifier.links():
        # All its holders are at hand, so their times are known.
        records = [hood.records[holder] for holder in sorted(identifier.holders)]
        times = dated((record.member(hood.identifiers), record.holding(identifier)) for record in records)
        return Endpoint(key, how, tuple(Holder(r.key, r.customer or "", r.first_seen, times[r.key]) for r in records))
    return Endpoint(key, how, tuple(_holder(hood, identifier, record, outside) for record in sorted(identifier.holders)))


def _holder(hood: Neighbourhood, identifier: IdentifierState, key: str, outside: Holders) -> Holder:
    known = hood.records.get(key)
    if known is not None:
        return Holder(key, known.customer or "", known.first_seen, known.holding(identifier))
    customer, first_seen, claims = outside[key]
    claim = claims[identifier.key]
    how = strength(identifier.kind, mobile=identifier.mobile, sharing=identifier.sharing, verified=claim.verified)
    return Holder(key, customer, first_seen, Holding(identifier.key, how, claim.valid_from, claim.valid_to))
