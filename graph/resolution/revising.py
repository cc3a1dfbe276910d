"""Whether a value may link, looked at again: it is listed now, or no longer, or its holders' names count otherwise."""

from __future__ import annotations

from typing import LiteralString

from graph.identity.blocking import ListedValues, is_default_value, state_by_names
from graph.identity.normalising.phones import read_phone
from graph.identity.partition import COMPONENT_BOUND
from graph.resolution.identifiers import ACTIVE, BLOCKED, BY_PERSON, COMPONENT, FREE, LISTED, NAMES, QUARANTINED, IdentifierState
from graph.resolution.neighbourhood import Neighbourhood
from graph.store import Transaction

# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord): a closed value keeps no list of its holders
READ_HOLDERS: LiteralString = """
MATCH (:Identifier {key: $p.key})<-[:HAS_IDENTIFIER]-(r:SourceRecord)
RETURN r.key
"""
READ_NAMES: LiteralString = """
MATCH (:Identifier {key: $p.key})<-[:HAS_IDENTIFIER]-(r:SourceRecord)
UNWIND r.given_names AS name
RETURN DISTINCT name
"""


def is_listed(listed: ListedValues, kind: str, value: str) -> bool:
    """Tell whether a normalised value identifies nobody: by the company's list, by its form, or as a public number."""
    phone = read_phone(value) if kind in ("PHONE", "FAX") else None
    return listed.has(kind, value) or is_default_value(kind, value) or (phone is not None and phone.public)


def to_be_revised(listed: ListedValues, found: IdentifierState) -> bool:
    """Tell whether the state of a stored identifier may be another one by the rules of today."""
    if is_listed(listed, found.kind, found.value) != (found.reason == LISTED):
        return True
    if found.reason in (LISTED, COMPONENT) or found.ruled == BLOCKED:
        return False
    if not found.open:
        # One without a reason was closed by an older version, for the names of its holders or for its component.
        return found.reason == NAMES or (found.state == BLOCKED and found.reason is None)
    return found.ruled != FREE and found.state != state_by_names(found.given_names)


async def revise(transaction: Transaction, hood: Neighbourhood, key: str, listed: ListedValues) -> str | None:
    """Give a locked identifier the state that it has by the rules of today; return that state if it is another one."""
    found = hood.identifiers[key]
    before = (found.state, found.reason)
    if is_listed(listed, found.kind, found.value):
        _close(hood, found, BLOCKED, LISTED)
    elif found.ruled == BLOCKED:
        _close(hood, found, BLOCKED, BY_PERSON)
    else:
        names = {row[0] for row in await transaction.run(READ_NAMES, {"key": key})}
        state = ACTIVE if found.ruled == FREE else state_by_names(names)
        if state == QUARANTINED:
            _close(hood, found, QUARANTINED, NAMES)
        else:
            await _open(transaction, hood, found, state, names)
    return found.state if (found.state, found.reason) != before else None


async def _open(transaction: Transaction, hood: Neighbourhood, found: IdentifierState, state: str, names: set[str]) -> None:
    found.state, found.reason, found.changed = state, None, True
    rows = await transaction.run(READ_HOLDERS, {"key": found.key})
    found.holders, found.given_names = {row[0] for row in rows}, names
    if len(rows) > COMPONENT_BOUND and found.links():
        found.close(QUARANTINED, COMPONENT)
        return
    if found.links():
        hood.want(records=found.holders)
        await hood.widen(transaction)
    _disturb(hood, found)


def _close(hood: Neighbourhood, found: IdentifierState, state: str, reason: str) -> None:
    if (found.state, found.reason) != (state, reason):
        _disturb(hood, found)
        found.close(state, reason)


def _disturb(hood: Neighbourhood, found: IdentifierState) -> None:
    """Have what rests on a value decided again, and the golden records written without or with it."""
    for holder in found.holders & hood.records.keys():
        hood.records[holder].identity_changed = True
        hood.records[holder].claims_changed.add(found.key)
