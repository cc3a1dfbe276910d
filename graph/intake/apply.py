"""What an event changes: facts onto the states that a transaction holds, in memory and without effects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from graph.consents.declarations import ConsentState, parts_of
from graph.events.facts import Attributes, By, Claim, Consent, Contact, Event, Person
from graph.events.newest import stamp, take_newer, utc_text
from graph.identity.blocking import state_by_names
from graph.identity.strength import wider
from graph.intake.receipts import CREATED, UNCHANGED, UPDATED
from graph.keys import record_id, scoped
from graph.resolution.identifiers import BLOCKED, FREE, LISTED, NAMES, QUARANTINED, IdentifierState
from graph.resolution.names_given import names_now, remember_names
from graph.resolution.neighbourhood import Neighbourhood
from graph.resolution.records import HeldClaim, RecordState
from graph.touchpoints.state import ContactState

_FREE = "attributes."


def apply_person(person: Person, event: Event, hood: Neighbourhood) -> RecordState:
    """Put what a system says about a person onto its source record, which is created if need be."""
    time = utc_text(event.time)
    record = ensure_record(hood, person.record, person.source, person.external_id, time)
    before, called = record.properties.get("birth_date"), names_now(record)
    won = take_newer(record.stamps, person.attributes, stamp(time, event.source, event.id))
    _put(record.properties, record.changes, person.attributes, won)
    remember_names(record, person, called)
    if record.properties.get("birth_date") != before:
        record.identity_changed = True
    if not person.given_names <= record.given_names:
        record.given_names |= person.given_names
        record.changes["given_names"] = sorted(record.given_names)
        record.identity_changed = True
    for claim in person.claims:
        _block_if_listed(claim, hood)
        _hold(record, claim, hood.identifiers[claim.key], time)
    if record.identity_changed:
        _tell_names(record, hood)
    return record


def apply_contact(contact: Contact, event: Event, state: ContactState, hood: Neighbourhood) -> None:
    """Put a touchpoint's facts onto its node; whom it belongs to is decided after the partition when it is bare."""
    time = utc_text(event.time)
    if not state.at or time < state.at:
        state.at = state.changes["at"] = time
    mark = stamp(time, event.source, event.id)
    _put(state.properties, state.changes, contact.attributes, take_newer(state.stamps, contact.attributes, mark))
    if contact.lines is not None and take_newer(state.stamps, ("lines",), mark):
        state.lines = [{**line.properties, "number": line.number, "sku": line.sku} for line in contact.lines]
    if contact.by is None:
        return
    apply_by(contact.by, event, hood)
    for claim in contact.by.claims:
        _remember_contacts(hood.identifiers[claim.key])
    if take_newer(state.stamps, ("by",), mark):
        named = contact.by.record_key
        state.bare = named is None
        state.record = named or state.id
        state.rule = "NAMED" if named else ""
        state.via = sorted({claim.key for claim in contact.by.claims})
        state.changes |= {"bare": state.bare, "via": state.via}


def apply_by(by: By, event: Event, hood: Neighbourhood) -> None:
    """Put what an event says about whoever it is by onto the people."""
    if by.record is not None:
        ensure_record(hood, scoped(*by.record), *by.record, utc_text(event.time))
    if by.person is not None:
        apply_person(by.person, event, hood)
    for claim in by.claims:
        _block_if_listed(claim, hood)


def apply_consent(consent: Consent, event: Event, states: Mapping[str, ConsentState], hood: Neighbourhood) -> str:
    """Put a declaration on each of the consents that it is about, where it is the newest, and return the outcome."""
    apply_by(consent.by, event, hood)
    if consent.point is not None:
        _block_if_listed(consent.point, hood)
    told = [states[part.id].apply(part, consent, event) for part in parts_of(consent)]
    return next(outcome for outcome in (CREATED, UPDATED, UNCHANGED) if outcome in told)


def ensure_record(hood: Neighbourhood, key: str, source: str, external_id: str, time: str) -> RecordState:
    """Return the record of that key: a contact may name one before its own system has told about it."""
    record = hood.records.get(key)
    if record is None:
        record = hood.records[key] = RecordState(key, source, external_id, created=True, identity_changed=True, first_seen=time)
        record.changes |= {"id": record_id(key), "source": source, "external_id": external_id, "first_seen": time}
    elif time < record.first_seen:
        record.first_seen = record.changes["first_seen"] = time
        record.identity_changed = True
    return record


def _remember_contacts(identifier: IdentifierState) -> None:
    identifier.changed = identifier.changed or not identifier.contacts
    identifier.contacts = True


def _put(properties: dict[str, Any], changes: dict[str, Any], attributes: Attributes, won: list[str]) -> None:
    for name in won:
        if name.startswith(_FREE):
            free: dict[str, Any] = orjson.loads(properties.get("attributes") or "{}")
            free[name.removeprefix(_FREE)] = attributes[name][name]
            kept = {key: value for key, value in free.items() if value is not None}
            values: Mapping[str, Any] = {"attributes": orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode()}
        else:
            values = attributes[name]
        properties.update(values)
        changes.update(values)


def _hold(record: RecordState, claim: Claim, identifier: IdentifierState, time: str) -> None:
    """Unite a claim with what the record already says: verified once is verified, validity is the intersection."""
    starts = utc_text(claim.valid_from) if claim.valid_from else ""
    ends = utc_text(claim.valid_to) if claim.valid_to else ""
    before = record.claims.get(claim.key)
    after = HeldClaim(bool(claim.verified), starts, ends, time, time, claim.original)
    if before is not None:
        newest = max((before.last_seen, before.original), (time, claim.original))
        after = HeldClaim(
            before.verified or after.verified,
            max(before.valid_from, starts),
            min(filter(None, (before.valid_to, ends)), default=""),
            min(before.first_seen, time),
            newest[0],
            newest[1],
        )
    if after != before:
        record.claims[claim.key] = after
        record.claims_changed.add(claim.key)
        bounds = (after.verified, after.valid_from, after.valid_to)
        # When it was reported matters where others hold it too: the number may have changed hands.
        rivals = identifier.changes_hands and len(identifier.holders) > 1
        if before is None or rivals or bounds != (before.verified, before.valid_from, before.valid_to):
            record.identity_changed = True
    sharing = wider(identifier.sharing, claim.sharing)
    if sharing != identifier.sharing:
        identifier.sharing, identifier.changed = sharing, True
        record.identity_changed = True
    if identifier.open and record.key not in identifier.holders:
        identifier.holders.add(record.key)
        identifier.changed = True


def _block_if_listed(claim: Claim, hood: Neighbourhood) -> None:
    """Block a value that has been listed since it was first seen; what rested on it is decided again."""
    identifier = hood.identifiers[claim.key]
    if claim.listed and identifier.reason != LISTED:
        for holder in identifier.holders & hood.records.keys():
            hood.records[holder].identity_changed = True
            hood.records[holder].claims_changed.add(claim.key)
        identifier.close(BLOCKED, LISTED)


def _tell_names(record: RecordState, hood: Neighbourhood) -> None:
    """Tell each identifier the given names of its holder; with too many distinct ones it is nobody's in particular."""
    for key in record.claims:
        identifier = hood.identifiers[key]
        if not identifier.open or record.given_names <= identifier.given_names:
            continue
        identifier.given_names |= record.given_names
        identifier.changed = True
        if identifier.ruled != FREE:
            identifier.state = state_by_names(identifier.given_names)
        if identifier.state == QUARANTINED:
            identifier.close(QUARANTINED, NAMES)
