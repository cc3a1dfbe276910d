"""What rules are asked about a case that is opened besides what it says: whether a promise to its customer is overdue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import LiteralString

from graph.cases.priority_rules import Incoming
from graph.cases.sorting.sorter import Sorter
from graph.writes.unit import Unit

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


async def with_promises(unit: Unit, sorter: Sorter, incoming: Incoming, customers: Collection[str]) -> Incoming:
    """Return the same with whether a promise to its customers is overdue, which is read only where a rule asks for it."""
    if not customers or not any(rule.promise_overdue for rule in sorter.rules):
        return incoming
    rows = await unit.transaction.run(OVERDUE, {"customers": sorted(customers), "now": unit.now})
    return replace(incoming, promise_overdue=bool(rows))
