"""Write new and changed touchpoints and draw their relationships."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, LiteralString

from graph.catalogue.nodes import NAME_PRODUCTS, NAME_STORES, product_rows, store_rows
from graph.events.newest import write_stamps
from graph.keys import line_id, product_id, store_id
from graph.touchpoints import ORDER, TOUCHPOINTS
from graph.touchpoints.attention import kept_attention
from graph.touchpoints.kinds import LOOKED_AT
from graph.touchpoints.state import TouchpointState
from graph.writes.unit import Step

# (:SourceRecord)-[:DID]->(:Touchpoint), (:Order)-[:SOLD_AT]->(:Store), (:Touchpoint)-[:AT]->(:Store)
CREATE_TOUCHPOINTS: LiteralString = """
UNWIND $p.created AS row
OPTIONAL MATCH (r:SourceRecord {key: row.owner})
OPTIONAL MATCH (s:Store {id: row.store})
CREATE (t:Touchpoint:$(row.label) {id: row.id})
SET t += row.changes, t.at = datetime(row.at)
FOREACH (one IN CASE WHEN r IS NULL THEN [] ELSE [r] END | CREATE (one)-[:DID {rule: row.rule}]->(t))
FOREACH (one IN CASE WHEN s IS NULL OR NOT row.order THEN [] ELSE [s] END | CREATE (t)-[:SOLD_AT]->(one))
FOREACH (one IN CASE WHEN s IS NULL OR row.order THEN [] ELSE [s] END | CREATE (t)-[:AT]->(one))
"""
UPDATE_TOUCHPOINTS: LiteralString = """
UNWIND $p.rows AS row
MATCH (t:Touchpoint {id: row.id})
SET t += row.changes, t.at = datetime(row.at)
"""
# (:SourceRecord)-[:DID]->(:Touchpoint): a touchpoint hangs on one record at a time
MOVE_TOUCHPOINTS: LiteralString = """
UNWIND $p.rows AS row
MATCH (t:Touchpoint {id: row.id})
OPTIONAL MATCH (t)<-[old:DID]-(:SourceRecord)
DELETE old
WITH t, row
MATCH (r:SourceRecord {key: row.owner})
CREATE (r)-[:DID {rule: row.rule}]->(t)
"""
# (:Order)-[:SOLD_AT]->(:Store), (:Touchpoint)-[:AT]->(:Store)
PLACE_TOUCHPOINTS: LiteralString = """
UNWIND $p.rows AS row
MATCH (t:Touchpoint {id: row.id})
OPTIONAL MATCH (t)-[old:SOLD_AT|AT]->(:Store)
DELETE old
WITH t, row
MATCH (s:Store {id: row.store})
FOREACH (_ IN CASE WHEN row.order THEN [1] ELSE [] END | CREATE (t)-[:SOLD_AT]->(s))
FOREACH (_ IN CASE WHEN row.order THEN [] ELSE [1] END | CREATE (t)-[:AT]->(s))
"""
# (:Touchpoint)-[:VIA]->(:Identifier)
COME_VIA: LiteralString = """
UNWIND $p.come_via AS row
MATCH (t:Touchpoint {id: row.id})
OPTIONAL MATCH (t)-[old:VIA]->(:Identifier)
DELETE old
WITH DISTINCT t, row
UNWIND row.via AS key
MATCH (i:Identifier {key: key})
CREATE (t)-[v:VIA]->(i)
SET v += CASE WHEN row.unattributed THEN {unattributed: key, position: row.position} ELSE {} END
"""
# (:Touchpoint)-[:VIA {unattributed, position}]->(:Identifier): what is nobody's is sought by what it came by
MARK_UNATTRIBUTED: LiteralString = """
UNWIND $p.rows AS row
MATCH (:Touchpoint {id: row.id})-[v:VIA]->(i:Identifier)
SET v.unattributed = CASE WHEN row.unattributed THEN i.key END, v.position = CASE WHEN row.unattributed THEN row.position END
"""
# (:Touchpoint)-[:ABOUT]->(:Product)
BE_ABOUT: LiteralString = """
UNWIND $p.about AS row
MATCH (t:Touchpoint {id: row.id})
OPTIONAL MATCH (t)-[old:ABOUT]->(:Product)
DELETE old
WITH DISTINCT t, row
UNWIND row.products AS id
MATCH (p:Product {id: id})
CREATE (t)-[:ABOUT]->(p)
"""
# (:Order)-[:HAS_LINE]->(:OrderLine)-[:OF]->(:Product)
CREATE_LINES: LiteralString = """
UNWIND $p.with_lines AS row
MATCH (o:Touchpoint {id: row.id})
UNWIND row.lines AS line
OPTIONAL MATCH (p:Product {id: line.product})
CREATE (o)-[:HAS_LINE]->(l:OrderLine {id: line.id})
SET l += line.properties
FOREACH (one IN CASE WHEN p IS NULL THEN [] ELSE [p] END | CREATE (l)-[:OF]->(one))
"""
# A line that is told again stays the node that it was: what was handed over and what came back hangs on it
DROP_LINES: LiteralString = """
UNWIND $p.rows AS row
MATCH (:Touchpoint {id: row.id})-[:HAS_LINE]->(l:OrderLine) WHERE NOT l.id IN [line IN row.lines | line.id]
DETACH DELETE l
"""
RENEW_LINES: LiteralString = """
UNWIND $p.rows AS row
MATCH (o:Touchpoint {id: row.id})
UNWIND row.lines AS line
MERGE (l:OrderLine {id: line.id})
SET l = line.properties, l.id = line.id
MERGE (o)-[:HAS_LINE]->(l)
WITH l, line
OPTIONAL MATCH (l)-[old:OF]->(was:Product) WHERE line.product IS NULL OR was.id <> line.product
DELETE old
WITH DISTINCT l, line
MATCH (p:Product {id: line.product})
MERGE (l)-[:OF]->(p)
"""


MARKING = frozenset({"at", "bare", "assigned"})
"""What changes with whether a touchpoint is nobody's, or with where it stands."""
TOUCHPOINT_WRITES: tuple[LiteralString, ...] = (
    NAME_STORES,
    NAME_PRODUCTS,
    CREATE_TOUCHPOINTS,
    COME_VIA,
    BE_ABOUT,
    CREATE_LINES,
)


def touchpoint_rows(
    changed: Sequence[TouchpointState], stores: Iterable[str], products: Iterable[str]
) -> dict[str, list[dict[str, Any]]]:
    """Return what TOUCHPOINT_WRITES write: new touchpoints, what they and changed ones hang on, and what they name."""
    return {
        "stores": store_rows(stores),
        "products": product_rows(products),
        "created": [_row(s) for s in changed if s.created],
        "come_via": [{**_via(s), "via": s.via} for s in changed if "via" in s.changes and (s.via or not s.created)],
        "about": [
            {"id": s.id, "products": _products(s)} for s in changed if _products(s) or ("sku_list" in s.changes and not s.created)
        ],
        "with_lines": [{"id": s.id, "lines": _lines(s)} for s in changed if s.created and s.lines is not None],
    }


def known_touchpoints(changed: Iterable[TouchpointState]) -> Iterable[Step]:
    """Yield what writes the touchpoints that were there before, and moves those that now belong to somebody else or elsewhere."""
    known = [s for s in changed if not s.created]
    if known:
        yield UPDATE_TOUCHPOINTS, {"rows": [_row(s) for s in known]}
    if moved := [s for s in known if (s.owner, s.rule) != (s.was_owner, s.was_rule)]:
        yield MOVE_TOUCHPOINTS, {"rows": [{"id": s.id, "owner": s.owner, "rule": s.rule} for s in moved]}
    if placed := [s for s in known if "store_code" in s.changes]:
        yield PLACE_TOUCHPOINTS, {"rows": [_row(s) for s in placed]}
    if marked := [s for s in known if s.via and (s.owner != s.was_owner or not s.changes.keys().isdisjoint(MARKING))]:
        yield MARK_UNATTRIBUTED, {"rows": [_via(s) for s in marked]}
    if rows := [{"id": s.id, "lines": _lines(s)} for s in known if s.lines is not None]:
        yield DROP_LINES, {"rows": rows}
        yield RENEW_LINES, {"rows": rows}


def _via(state: TouchpointState) -> dict[str, Any]:
    unattributed = state.bare and state.owner is None and state.assigned is None
    return {"id": state.id, "unattributed": unattributed, "position": state.at + state.id}


def _products(state: TouchpointState) -> list[str]:
    return [product_id(sku) for sku in state.changes.get("sku_list") or ()]


def _row(state: TouchpointState) -> dict[str, Any]:
    place = state.properties.get("store_code")
    return {
        "id": state.id,
        "label": TOUCHPOINTS[state.kind].label,
        "order": state.kind == ORDER,
        "owner": state.owner,
        "rule": state.rule,
        "store": store_id(place) if place else None,
        "at": state.at,
        "changes": {**state.changes, **kept(state)},
    }


def kept(state: TouchpointState) -> dict[str, Any]:
    """Return the properties that the write keeps for itself on a touchpoint."""
    own: dict[str, Any] = {
        "position": state.at + state.id,
        "record": state.record,
        "bare": state.bare,
        "rule": state.rule or None,
        "channel": state.channel,
        "channel_given": state.properties.get("channel"),
        "stamps": write_stamps(state.stamps),
        "via": state.via,
    }
    if state.created or not state.changes.keys().isdisjoint(LOOKED_AT):
        own |= kept_attention(state.kind, state.properties)
    if state.created:
        own |= {"key": state.key, "kind": state.kind, "source": state.source, "external_id": state.external_id}
        own |= {"default_channel": state.default_channel}
    return own


def _lines(state: TouchpointState) -> list[dict[str, Any]]:
    return [
        {"id": line_id(state.id, line["number"]), "product": product_id(line["sku"]) if line["sku"] else None, "properties": line}
        for line in state.lines or ()
    ]
