"""Whether a value may link, looked at again: it is listed now, or no longer, or its holders' names count otherwise."""

from __future__ import annotations

from typing import LiteralString

from graph.identity.blocking import ListedValues, is_default_value, most_names, state_by_names
from graph.identity.name_agreement import given_names
from graph.identity.normalising.identifiers import read_identifier
from graph.identity.normalising.told_names import ever_called
from graph.identity.partition import COMPONENT_BOUND
from graph.resolution.identifiers import (
    ACTIVE,
    BLOCKED,
    BY_FORM,
    BY_PERSON,
    COMPONENT,
    FREE,
    LISTED,
    NAMES,
    QUARANTINED,
    UNREADABLE,
    IdentifierState,
)
from graph.resolution.people import People
from graph.writes.unit import Unit

# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord): a closed value keeps no list of its holders
READ_HOLDERS: LiteralString = """
MATCH (:Identifier {key: $p.key})<-[:HAS_IDENTIFIER]-(r:SourceRecord)
RETURN r.key
"""
READ_NAMES: LiteralString = """
MATCH (:Identifier {key: $p.key})<-[:HAS_IDENTIFIER]-(r:SourceRecord)
RETURN r {.names, .name_full, .name_family, .name_given, .kana_full, .kana_family, .kana_given, .earlier_names, .earlier_kanas}
"""


def reason_by_form(listed: ListedValues, kind: str, value: str) -> str | None:
    """Return why a stored value identifies nobody: by the company's list, as a public number, or as no value of its kind."""
    reading = read_identifier(kind, value)
    public = any(each.public for each in reading.values)
    if listed.has(kind, value) or public or reading.nothing or is_default_value(kind, value):
        return LISTED
    return UNREADABLE if reading.problem else None


def is_mobile(found: IdentifierState) -> bool:
    """Tell whether a stored value is a mobile number by the plan of numbers of today."""
    return any(each.mobile for each in read_identifier(found.kind, found.value).values)


def to_be_revised(listed: ListedValues, found: IdentifierState) -> bool:
    """Tell whether the state of a stored identifier may be another one by the rules of today."""
    reason = reason_by_form(listed, found.kind, found.value)
    if reason != (found.reason if found.reason in BY_FORM else None) or is_mobile(found) != found.mobile:
        return True
    if found.reason in (*BY_FORM, COMPONENT) or found.ruled == BLOCKED:
        return False
    if not found.open:
        # One without a reason was closed by an older version, for the names of its holders or for its component.
        return found.reason == NAMES or (found.state == BLOCKED and found.reason is None)
    # Names can be folded otherwise today, so that two were one or one two.
    return found.ruled != FREE and (most_names(found.given_names) > 1 or found.state != state_by_names(found.given_names))


async def revise(unit: Unit, key: str, listed: ListedValues) -> str | None:
    """Give a locked identifier the state that it has by the rules of today; return that state if it is another one."""
    people = unit.of(People)
    found = people.identifiers[key]
    before = (found.state, found.reason)
    if is_mobile(found) != found.mobile:
        await _sort_again(unit, found)
    if reason := reason_by_form(listed, found.kind, found.value):
        _close(people, found, BLOCKED, reason)
    elif found.ruled == BLOCKED:
        _close(people, found, BLOCKED, BY_PERSON)
    else:
        told = [ever_called(row[0]) for row in await unit.transaction.run(READ_NAMES, {"key": key})]
        names = set(given_names(frozenset[str]().union(*told)))
        state = ACTIVE if found.ruled == FREE else state_by_names(names)
        if state == QUARANTINED:
            _close(people, found, QUARANTINED, NAMES)
        else:
            await _open(unit, found, state, names)
    return found.state if (found.state, found.reason) != before else None


async def _sort_again(unit: Unit, found: IdentifierState) -> None:
    """Take a landline for a mobile, or the other way round: it ties its holders together now, or no more."""
    found.mobile, found.changed = is_mobile(found), True
    if found.links():
        unit.of(People).want(records=found.holders)
        await unit.lock()
    _disturb(unit.of(People), found)


async def _open(unit: Unit, found: IdentifierState, state: str, names: set[str]) -> None:
    if found.open and (found.state, found.given_names) == (state, names):
        return
    found.state, found.reason, found.changed = state, None, True
    rows = await unit.transaction.run(READ_HOLDERS, {"key": found.key})
    found.holders, found.given_names = {row[0] for row in rows}, names
    if len(rows) > COMPONENT_BOUND and found.links():
        found.close(QUARANTINED, COMPONENT)
        return
    if found.links():
        unit.of(People).want(records=found.holders)
        await unit.lock()
    _disturb(unit.of(People), found)


def _close(people: People, found: IdentifierState, state: str, reason: str) -> None:
    if (found.state, found.reason) != (state, reason):
        _disturb(people, found)
        found.close(state, reason)


def _disturb(people: People, found: IdentifierState) -> None:
    """Have what rests on a value decided again, and the golden records written without or with it."""
    for holder in found.holders & people.records.keys():
        people.records[holder].identity_changed = True
        people.records[holder].claims_changed.add(found.key)
