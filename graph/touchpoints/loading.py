"""Lock and load the touchpoints that a transaction changes, and begin those that are new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, LiteralString

from graph.events.facts import Contact
from graph.events.newest import read_stamps
from graph.keys import touchpoint_id
from graph.store import Transaction
from graph.touchpoints.state import ContactState

LOADED: LiteralString = """
t {.id, .key, .kind, .source, .external_id, .default_channel, .position, .stamps, .channel_given, .store_code,
   .status, .total, .currency, .record, .bare, .rule, .via, .assigned}
"""

# (:Touchpoint)
LOCK_TOUCHPOINTS: LiteralString = """
UNWIND $p.touchpoints AS id
MATCH (t:Touchpoint {id: id})
REMOVE t.lock
WITH t
"""
# (:Identifier)<-[:VIA]-(:Touchpoint) that named nobody
LOCK_BARE_CONTACTS: LiteralString = """
UNWIND $p.identifiers AS key
MATCH (:Identifier {key: key})<-[:VIA]-(t:Touchpoint {bare: true})
WITH DISTINCT t ORDER BY t.id
REMOVE t.lock
WITH t
"""


async def lock_touchpoints(transaction: Transaction, ids: Iterable[str]) -> dict[str, ContactState]:
    """Return the touchpoints that exist among these ids, locked, by id."""
    return loaded_touchpoints(
        row[0] for row in await transaction.run(LOCK_TOUCHPOINTS + "RETURN" + LOADED, {"touchpoints": sorted(ids)})
    )


async def lock_bare_contacts(transaction: Transaction, identifiers: Iterable[str]) -> dict[str, ContactState]:
    """Return the bare contacts that came by any of these identifiers, locked, by id."""
    rows = await transaction.run(LOCK_BARE_CONTACTS + "RETURN" + LOADED, {"identifiers": sorted(identifiers)})
    return loaded_touchpoints(row[0] for row in rows)


def loaded_touchpoints(rows: Iterable[dict[str, Any]]) -> dict[str, ContactState]:
    """Return what the locking statements found, by id."""
    return {row["id"]: _loaded(row) for row in rows}


def _loaded(row: dict[str, Any]) -> ContactState:
    known = {name: row[name] for name in ("store_code", "status", "total", "currency")}
    state = ContactState(
        row["id"],
        row["key"],
        row["kind"],
        row["source"],
        row["external_id"],
        row["default_channel"],
        row["position"][:27],
        read_stamps(row["stamps"]),
        {**known, "channel": row["channel_given"]},
        row["record"],
        row["bare"],
        row["rule"] or "",
        list(row["via"] or ()),
        assigned=row["assigned"],
    )
    state.was_owner, state.was_rule, state.was_share = state.owner, state.rule, state.share()
    return state


def new_touchpoint(contact: Contact, source: str) -> ContactState:
    """Return a touchpoint that the graph does not hold yet; it belongs to nobody until something says otherwise."""
    own_id = touchpoint_id(contact.key)
    return ContactState(
        own_id,
        contact.key,
        contact.kind,
        source,
        contact.external_id,
        contact.default_channel,
        record=own_id,
        created=True,
    )
