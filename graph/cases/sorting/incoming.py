"""What rules are asked about a case that is opened: its words and channel, its customer's rank, a promise that is overdue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, LiteralString

import orjson

from graph.cases.priority_rules import Incoming
from graph.cases.sorting.sorter import Sorter
from graph.writes.unit import Unit

RANK_ATTRIBUTE = "rank"
"""The attribute of a person's record in which a source tells the rank."""

# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord {attributes})
RANKS: LiteralString = """
UNWIND $p.customers AS id
MATCH (:Customer {id: id})<-[:RESOLVES_TO]-(r:SourceRecord)
WHERE r.attributes CONTAINS '"rank"'
RETURN r.attributes ORDER BY r.first_seen DESC, r.key
"""
# (:Promise {record}), (:Touchpoint {record, case_id})-[:IN_CASE]->(:Case)<-[:FOR]-(:Promise)
OVERDUE: LiteralString = """
UNWIND $p.customers AS id
MATCH (:Customer {id: id})<-[:RESOLVES_TO]-(r:SourceRecord)
CALL (r) {
  MATCH (m:Promise) USING INDEX SEEK m:Promise(record, id) WHERE m.record = r.key AND m.id > '' RETURN m
UNION
  MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, case_id) WHERE t.record = r.key AND t.case_id > ''
  MATCH (t)-[:IN_CASE]->(:Case)<-[:FOR]-(m:Promise) RETURN m
}
WITH m WHERE m.state = 'OPEN' AND m.due < $p.now
RETURN m.id LIMIT 1
"""


async def completed(unit: Unit, sorter: Sorter, incoming: Incoming, customers: Collection[str]) -> Incoming:
    """Return the same with the rank and the promises of its customers, which are read only where a rule asks for them."""
    asked: dict[str, Any] = {"customers": sorted(customers), "now": unit.now}
    rank, overdue = None, False
    if customers and any(rule.rank is not None for rule in sorter.rules):
        rank = _rank(await unit.transaction.run(RANKS, asked))
    if customers and any(rule.promise_overdue for rule in sorter.rules):
        overdue = bool(await unit.transaction.run(OVERDUE, asked))
    return replace(incoming, rank=rank, promise_overdue=overdue)


def _rank(rows: list[list[Any]]) -> str | None:
    """Return the rank that the newest record with one tells."""
    told = (orjson.loads(attributes).get(RANK_ATTRIBUTE) for [attributes] in rows)
    return next((str(rank) for rank in told if rank), None)
