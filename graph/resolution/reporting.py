"""What an event reports about people, put on their records and identifiers in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import orjson

from graph.events.facts import Attributes, By, Claim, Event, Person
from graph.events.newest import stamp, take_newer, utc_text
from graph.identity.blocking import state_by_names
from graph.identity.name_agreement import given_names
from graph.identity.strength import wider
from graph.keys import record_id, scoped
from graph.resolution.identifiers import BLOCKED, BY_FORM, FREE, NAMES, QUARANTINED, IdentifierState, reason_of
from graph.resolution.names_given import names_now, remember_names
from graph.resolution.records import HeldClaim, RecordState

_FREE = "attributes."


class Known(Protocol):
    """The people at hand: source records and identifiers by key."""

    records: dict[str, RecordState]
    identifiers: dict[str, IdentifierState]


def report_person(person: Person, event: Event, people: Known) -> RecordState:
    """Put what a system reports about a person onto its source record, which is created if need be."""
    time = utc_text(event.time)
    record = ensure_record(people, person.record, person.source, person.external_id, time)
    before, called = _compared(record), names_now(record)
    won = take_newer(record.stamps, person.attributes, stamp(time, event.source, event.id))
    record.restamped = record.restamped or bool(won)
    put(record.properties, record.changes, person.attributes, won)
    remember_names(record, person, called)
    if _compared(record) != before:
        record.identity_changed = True
    if not person.names <= record.names:
        record.names |= person.names
        record.changes["names"] = sorted(record.names)
        record.identity_changed = True
    for claim in person.claims:
        block_if_listed(claim, people)
        starts, ends = (utc_text(bound) if bound else "" for bound in (claim.valid_from, claim.valid_to))
        held = HeldClaim(bool(claim.verified), starts, ends, time, time, claim.original)
        hold(record, people.identifiers[claim.key], held, claim.sharing)
    if record.identity_changed:
        tell_names(record, people)
    return record


def _compared(record: RecordState) -> tuple[str | None, str | None]:
    """Return what the guards look at, beside names and identifiers, in a record as it is now."""
    return record.properties.get("birth_date"), record.properties.get("home")


def report_by(by: By, event: Event, people: Known) -> None:
    """Put what an event reports about whoever it is by onto the people."""
    if by.record is not None:
        ensure_record(people, scoped(*by.record), *by.record, utc_text(event.time))
    if by.person is not None:
        report_person(by.person, event, people)
    for claim in by.claims:
        block_if_listed(claim, people)


def ensure_record(people: Known, key: str, source: str, external_id: str, time: str) -> RecordState:
    """Return the record of that key: a touchpoint may name one before its own system has reported it."""
    record = people.records.get(key)
    if record is None:
        record = people.records[key] = RecordState(key, source, external_id, created=True, identity_changed=True, first_seen=time)
        record.changes |= {"id": record_id(key), "source": source, "external_id": external_id, "first_seen": time}
    elif time < record.first_seen:
        record.first_seen = record.changes["first_seen"] = time
        record.identity_changed = True
    return record


def put(properties: dict[str, Any], changes: dict[str, Any], attributes: Attributes, won: list[str]) -> None:
    """Set the properties of the attributes that an event was the newest to report."""
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


def block_if_listed(claim: Claim, people: Known) -> None:
    """Block a value that has been listed since it was first seen; what rested on it is decided again."""
    identifier, reason = people.identifiers[claim.key], reason_of(claim)
    if reason is not None and identifier.reason not in BY_FORM:
        for holder in identifier.holders & people.records.keys():
            people.records[holder].identity_changed = True
            people.records[holder].claims_changed.add(claim.key)
        identifier.close(BLOCKED, reason)


def hold(record: RecordState, identifier: IdentifierState, told: HeldClaim, shared: str) -> None:
    """Unite what is told of an identifier with what the record already says; `shared` is the sharing that it is told with."""
    before = record.claims.get(identifier.key)
    after = before.united(told) if before else told
    if after != before:
        record.claims[identifier.key] = after
        record.claims_changed.add(identifier.key)
        bounds = (after.verified, after.valid_from, after.valid_to)
        # When it was reported matters where others hold it too: the number may have changed hands.
        rivals = identifier.changes_hands and len(identifier.holders) > 1
        if before is None or rivals or bounds != (before.verified, before.valid_from, before.valid_to):
            record.identity_changed = True
    sharing = wider(identifier.sharing, shared)
    if sharing != identifier.sharing:
        identifier.sharing, identifier.changed = sharing, True
        record.identity_changed = True
    if identifier.open and record.key not in identifier.holders:
        identifier.holders.add(record.key)
        identifier.changed = True


def tell_names(record: RecordState, people: Known) -> None:
    """Tell each identifier the given names of its holder; with too many distinct ones it is nobody's in particular."""
    given = given_names(record.names)
    for key in record.claims:
        identifier = people.identifiers[key]
        if not identifier.open or given <= identifier.given_names:
            continue
        identifier.given_names |= given
        identifier.changed = True
        if identifier.ruled != FREE:
            identifier.state = state_by_names(identifier.given_names)
        if identifier.state == QUARANTINED:
            identifier.close(QUARANTINED, NAMES)
