"""Whether a value may link anybody: a steward blocks it, or frees one that counting had blocked."""

from __future__ import annotations

from typing import LiteralString

from graph.decisions.deciding import Decision
from graph.decisions.table import Table
from graph.errors import Conflict, NotFound
from graph.identity.name_agreement import given_names
from graph.identity.partition import COMPONENT_BOUND
from graph.resolution.identifiers import ACTIVE, BLOCKED, BY_FORM, BY_PERSON, FREE, NAMES, IdentifierState
from graph.words import Sentence

BLOCKED_BY_PERSON, FREED_BY_PERSON = "BLOCKED_BY_PERSON", "FREED_BY_PERSON"

POINTER = "/identifierId"

KEY: LiteralString = "MATCH (i:Identifier {id: $p.id}) RETURN i.key"
# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord): a blocked value keeps no list of its holders
READ_HOLDERS: LiteralString = """
MATCH (:Identifier {key: $p.key})<-[:HAS_IDENTIFIER]-(r:SourceRecord)
RETURN r.key LIMIT $p.limit
"""


def block(identifier: str) -> Decision:
    """Return the decision that a value (the id of its identifier) links nobody; what rested on it is decided again."""

    async def apply(table: Table) -> None:
        found = await _lock(table, identifier)
        if found.state == BLOCKED:
            raise Conflict(Sentence("refusal.BLOCKED_ALREADY"), POINTER)
        for key in found.holders & table.people.records.keys():
            table.people.records[key].identity_changed = True
            table.marks.concerned.add(key)
        found.ruled = BLOCKED
        found.close(BLOCKED, BY_PERSON)

    return Decision(BLOCKED_BY_PERSON, identifier, apply)


def free(identifier: str) -> Decision:
    """Return the decision that a blocked value links again, however many names its holders have."""

    async def apply(table: Table) -> None:
        found = await _lock(table, identifier)
        if found.state != BLOCKED and found.reason != NAMES and not found.reviewed:
            raise Conflict(Sentence("refusal.NOT_BLOCKED"), POINTER)
        if found.reason in BY_FORM:
            raise Conflict(Sentence("refusal.BLOCKED_BY_LIST"), POINTER)
        rows = await table.unit.transaction.run(READ_HOLDERS, {"key": found.key, "limit": COMPONENT_BOUND + 1})
        if len(rows) > COMPONENT_BOUND:
            raise Conflict(Sentence("refusal.HELD_BY_TOO_MANY", most=COMPONENT_BOUND), POINTER)
        found.state, found.reason, found.ruled, found.changed = ACTIVE, None, FREE, True
        found.holders = {row[0] for row in rows}
        await table.lay_out(found.holders)
        for key in found.holders:
            record = table.people.records[key]
            found.given_names |= given_names(record.names)
            record.identity_changed = True
            table.marks.concerned.add(key)

    return Decision(FREED_BY_PERSON, identifier, apply)


async def _lock(table: Table, identifier: str) -> IdentifierState:
    rows = await table.unit.transaction.run(KEY, {"id": identifier})
    if not rows:
        raise NotFound(Sentence("refusal.NO_SUCH_IDENTIFIER"), POINTER)
    key = rows[0][0]
    table.people.want(identifiers=[key])
    await table.unit.lock()
    if key not in table.people.identifiers:
        raise NotFound(Sentence("refusal.NO_SUCH_IDENTIFIER"), POINTER)
    return table.people.identifiers[key]
