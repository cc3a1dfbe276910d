"""Which tables can be exported, and how the ids of their rows are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString

CUSTOMERS, ORDERS, TOUCHPOINTS, REMOVED = "customers", "orders", "touchpoints", "removed"
TABLES = (CUSTOMERS, ORDERS, TOUCHPOINTS)

# (:Customer), (:Touchpoint): by their ids, which never change
LIST_CUSTOMERS: LiteralString = """
MATCH (c:Customer) USING INDEX SEEK c:Customer(id) WHERE c.id > $p.after AND c.status = 'ACTIVE'
RETURN c.id ORDER BY c.id LIMIT $p.limit
"""
LIST_ORDERS: LiteralString = """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(id) WHERE t.id > $p.after AND t.kind = 'ORDER'
RETURN t.id ORDER BY t.id LIMIT $p.limit
"""
LIST_TOUCHPOINTS: LiteralString = """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(id) WHERE t.id > $p.after AND t.kind <> 'ORDER'
RETURN t.id ORDER BY t.id LIMIT $p.limit
"""
LISTED: Mapping[str, LiteralString] = {CUSTOMERS: LIST_CUSTOMERS, ORDERS: LIST_ORDERS, TOUCHPOINTS: LIST_TOUCHPOINTS}
COUNTED: Mapping[str, LiteralString] = {
    CUSTOMERS: "MATCH (c:Customer) WHERE c.status = 'ACTIVE' RETURN count(*)",
    ORDERS: "MATCH (:Order) RETURN count(*)",
    TOUCHPOINTS: "MATCH (t:Touchpoint) WHERE NOT t:Order RETURN count(*)",
}
# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(:Touchpoint): whose they are changes with the customer
THEIRS: LiteralString = """
UNWIND $p.customers AS id
MATCH (:Customer {id: id})<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint)
WHERE t.id > $p.after AND (t.kind = 'ORDER') = $p.orders
RETURN DISTINCT t.id ORDER BY t.id LIMIT $p.limit
"""


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is one of DuckDB's, which Parquet files get their own by."""

    name: str
    type: str


Columns = Mapping[str, Sequence[Column]]
"""Table -> its columns, in their order."""
OF_REMOVED = (Column("table", "VARCHAR"), Column("id", "VARCHAR"))
