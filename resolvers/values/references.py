"""How a computed answer's raw ids lead to customers, records, identifiers, decisions, touchpoints and threads."""

from __future__ import annotations

from typing import LiteralString

# (:Customer)-[:REDIRECTS_TO*]->(the one that is left), walked only from one that was merged into another
SURVIVING: LiteralString = """CASE {asked}.status WHEN 'MERGED' THEN HEAD(COLLECT {{
  MATCH ({asked})-[:REDIRECTS_TO*1..]->({left}:Customer) WHERE NOT EXISTS {{ ({left})-[:REDIRECTS_TO]->() }} RETURN {left}
}}) ELSE {asked} END"""
REQUESTED: LiteralString = "CASE WHEN {asked}.id <> {v}.id THEN {asked}.id END"

CUSTOMERS: LiteralString = (
    "UNWIND ${ids} AS {id} MATCH ({asked}:Customer {{id: {id}}}) WITH {id}, {asked}, "
    + SURVIVING
    + " AS {n} WHERE {n} IS NOT NULL"
)
RECORDS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:SourceRecord {{id: {id}}})"
IDENTIFIERS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Identifier {{id: {id}}})"
DECISIONS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Decision {{id: {id}}})"
CANDIDATES: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:MatchCandidate {{id: {id}}})"
CASES: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Case {{id: {id}}})"
LEVELS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:InventoryLevel {{id: {id}}})"
TOUCHPOINTS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Touchpoint {{id: {id}}})"
FULFILLMENTS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Fulfillment {{id: {id}}})"
THREADS: LiteralString = "UNWIND ${ids} AS {id} MATCH (:Touchpoint {{id: {id}}})-[:IN_THREAD]->({n}:Thread)"
"""By the id of any of their interactions."""
