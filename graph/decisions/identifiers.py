"""Whether a value may link anybody: a steward blocks it, or frees one that counting had blocked."""

from __future__ import annotations

from typing import LiteralString

from graph.decisions.authorship import Authorship
from graph.decisions.deciding import decide_by_person
from graph.decisions.outcome import Outcome
from graph.decisions.table import Table
from graph.errors import Conflict, NotFound
from graph.identity.partition import COMPONENT_BOUND
from graph.resolution.identifiers import ACTIVE, BLOCKED, BY_PERSON, FREE, LISTED, NAMES, IdentifierState
from graph.store import Store

BLOCKED_BY_PERSON, FREED_BY_PERSON = "BLOCKED_BY_PERSON", "FREED_BY_PERSON"

KEY: LiteralString = "MATCH (i:Identifier {id: $p.id}) RETURN i.key"
# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord): a blocked value keeps no list of its holders
READ_HOLDERS: LiteralString = """
MATCH (:Identifier {key: $p.key})<-[:HAS_IDENTIFIER]-(r:SourceRecord)
RETURN r.key LIMIT $p.limit
"""


async def block(store: Store, authorship: Authorship, identifier: str, *, dry_run: bool = False) -> Outcome:
    """Let a value (the id of its identifier) link nobody any more; what rested on it is decided again."""

    async def apply(table: Table) -> None:
        found = await _lock(table, identifier)
        if found.state == BLOCKED:
            raise Conflict("This value is blocked already.")
        for key in found.holders & table.people.records.keys():
            table.people.records[key].identity_changed = True
            table.marks.concerned.add(key)
        found.ruled = BLOCKED
        found.close(BLOCKED, BY_PERSON)

    return await decide_by_person(store, authorship, BLOCKED_BY_PERSON, identifier, apply, dry_run=dry_run)


async def free(store: Store, authorship: Authorship, identifier: str, *, dry_run: bool = False) -> Outcome:
    """Let a blocked value link again, however many names its holders have; what it ties is decided again."""

    async def apply(table: Table) -> None:
        found = await _lock(table, identifier)
        if found.state != BLOCKED and found.reason != NAMES and not found.reviewed:
            raise Conflict("This value is not blocked.")
        if found.reason == LISTED:
            raise Conflict("This value is blocked by the settings or by what it is: take it off the list instead.")
        rows = await table.unit.transaction.run(READ_HOLDERS, {"key": found.key, "limit": COMPONENT_BOUND + 1})
        if len(rows) > COMPONENT_BOUND:
            raise Conflict(f"More than {COMPONENT_BOUND} records hold this value: it stays blocked.")
        found.state, found.reason, found.ruled, found.changed = ACTIVE, None, FREE, True
        found.holders = {row[0] for row in rows}
        await table.lay_out(found.holders)
        for key in found.holders:
            record = table.people.records[key]
            found.given_names |= record.given_names
            record.identity_changed = True
            table.marks.concerned.add(key)

    return await decide_by_person(store, authorship, FREED_BY_PERSON, identifier, apply, dry_run=dry_run)


async def _lock(table: Table, identifier: str) -> IdentifierState:
    rows = await table.unit.transaction.run(KEY, {"id": identifier})
    if not rows:
        raise NotFound("There is no such identifier.")
    key = rows[0][0]
    table.people.want(identifiers=[key])
    await table.unit.lock()
    return table.people.identifiers[key]
