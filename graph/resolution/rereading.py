"""What a record was told, read again by the rules of today: names, birth date, home, and the values that it holds.

Of a value only the newest text is kept, so that is what is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from graph.events.claims import claims_in
from graph.events.facts import Claim
from graph.events.persons import home_of
from graph.identity.blocking import ListedValues, state_by_names
from graph.identity.name_agreement import given_names
from graph.identity.normalising.dates import Calendar, read_birth_date
from graph.identity.normalising.names import join_name, split_name
from graph.identity.normalising.titles import without_titles
from graph.identity.normalising.told_names import ever_called
from graph.resolution.identifiers import BLOCKED, BY_PERSON, FREE, IdentifierState
from graph.resolution.people import People
from graph.resolution.records import RecordState
from graph.resolution.reporting import hold, tell_names
from graph.writes.unit import Unit


def reads_otherwise(record: RecordState, listed: ListedValues, zone: tzinfo) -> bool:
    """Tell whether anything that a record was told reads otherwise today; `zone` is where its days begin."""
    return bool(_properties_now(record, zone) or _claims_now(record, listed))


async def read_again(unit: Unit, keys: Iterable[str], listed: ListedValues, zone: tzinfo) -> None:
    """Put what these locked records were told onto them, as it reads today, and have identity decided again."""
    people = unit.of(People)
    read = {key: _claims_now(people.records[key], listed) for key in keys if key in people.records}
    people.want(claims=[claim for claims in read.values() for each in claims.values() for claim in each])
    await unit.lock()
    left: set[str] = set()
    for key, claims in read.items():
        record = people.records[key]
        _take_over(record, _properties_now(record, zone))
        for old, told in claims.items():
            left |= _rekey(record, old, told, people)
        record.identity_changed = True
        tell_names(record, people)
    await _count_names_again(unit, [people.identifiers[key] for key in sorted(left)])
    people.forget(left)


def carry_ruling(old: IdentifierState, new: IdentifierState) -> None:
    """Let what a person said of a value hold for what it reads as today, unless somebody spoke of that too."""
    if old.ruled is None or new.ruled is not None:
        return
    new.ruled, new.changed = old.ruled, True
    if old.ruled == BLOCKED and new.open:
        new.close(BLOCKED, BY_PERSON)


def carry_delivery(old: IdentifierState, new: IdentifierState) -> None:
    """Let what is known of mail to a value hold for what it reads as today."""
    new.reach(old.reached_at)
    for at in old.bounces:
        new.bounce(at)


def _properties_now(record: RecordState, zone: tzinfo) -> dict[str, Any]:
    """Return those of the properties of a record that are otherwise by the rules of today."""
    told = record.properties
    now: dict[str, Any] = {**_name(told, "name"), **_name(told, "kana"), "home": home_of(told.get("address_full"))}
    text = told.get("birth_date_text")
    if text is not None:
        at = datetime.fromisoformat(record.stamps["birthDate"].partition("\t")[0])
        now["birth_date"] = read_birth_date(text, Calendar.at(at, zone))
    now["names"] = sorted(ever_called({**told, **now}))
    now["given_names"] = None  # until 2026-11-28 only given names were kept
    return {name: value for name, value in now.items() if told.get(name) != value}


def _name(told: Mapping[str, Any], prefix: str) -> dict[str, str | None]:
    full, *stored = (told.get(f"{prefix}_{part}") for part in ("full", "family", "given"))
    family, given = (without_titles(part) if part else None for part in stored)
    if full == join_name(*stored) and not (full and full == f"{stored[0]} {stored[1]}"):
        full = join_name(family, given)
    if full and not family and not given:
        family, given = split_name(full)
    return {f"{prefix}_full": full, f"{prefix}_family": family, f"{prefix}_given": given}


def _claims_now(record: RecordState, listed: ListedValues) -> dict[str, list[Claim]]:
    """Return key -> what its text says today, for those identifiers of a record that are otherwise now."""
    found: dict[str, list[Claim]] = {}
    for key, held in record.claims.items():
        claims = claims_in(key, held.original, record.source, listed)
        keys = {claim.key for claim in claims}
        if key not in keys or not keys <= record.claims.keys():
            found[key] = claims
    return found


def _take_over(record: RecordState, now: Mapping[str, Any]) -> None:
    record.properties.update(now)
    record.changes.update(now)
    if "names" in now:
        record.names = set(now["names"])


def _rekey(record: RecordState, old: str, told: Sequence[Claim], people: People) -> set[str]:
    """Move what a record holds from one identifier to those that its text names today; return the one that it left."""
    left, held = people.identifiers[old], record.claims[old]
    for claim in told:
        new = people.identifiers[claim.key]
        hold(record, new, held, left.sharing)
        if new is not left:
            carry_ruling(left, new)
    if any(claim.key == old for claim in told):
        return set()
    del record.claims[old]
    record.given_up[old] = next((claim.key for claim in told), None)
    for holder in left.holders & people.records.keys():
        people.records[holder].identity_changed = True
    left.holders.discard(record.key)
    left.changed = True
    return {old}


async def _count_names_again(unit: Unit, left: Iterable[IdentifierState]) -> None:
    """Give identifiers that somebody holds no more the names of those who still do."""
    people = unit.of(People)
    kept = [identifier for identifier in left if identifier.open]
    people.want(records={holder for identifier in kept for holder in identifier.holders})
    await unit.lock()
    for identifier in kept:
        holders = [people.records[holder] for holder in identifier.holders]
        identifier.given_names = set(given_names(name for holder in holders for name in holder.names))
        if identifier.ruled != FREE:
            identifier.state = state_by_names(identifier.given_names)
