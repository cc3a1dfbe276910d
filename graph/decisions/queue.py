"""The turns of open match candidates in the review queue: kept on them, since what is at stake is what two customers did.

A turn is one text: `1` for a group that is put off whole or else `0`; two digits that fall as the orders of both double; a digit
that falls with doubt; the id of the customer with more orders. All candidates that wait for one customer share it (ADR 62).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import LiteralString

from graph.store import Store, Transaction
from graph.waiting import to_its_end
from graph.writes.unit import TIME

AT_ONCE = 500
KEPT = timedelta(minutes=5)
"""How long a turn stands before it is counted anew."""

# (:MatchCandidate)-[:BETWEEN]->(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
DUE: LiteralString = """
MATCH (m:MatchCandidate) USING INDEX SEEK m:MatchCandidate(status, id)
WHERE m.status = 'OPEN' AND m.id > '' AND (m.turn IS NULL OR m.ranked_at < $p.before)
WITH m LIMIT $p.limit
"""
OF_RECORDS: LiteralString = """
UNWIND $p.records AS key
MATCH (:SourceRecord {key: key})-[:RESOLVES_TO]->(c:Customer)
WITH DISTINCT c
MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)<-[:BETWEEN]-(m:MatchCandidate {status: 'OPEN'})
WITH DISTINCT m
"""
OF_ONE: LiteralString = "MATCH (m:MatchCandidate {id: $p.id, status: 'OPEN'}) "
# Doubt is greatest where no guard speaks against it, and least where names or birth dates differ. Both of one customer: no turn.
RANK: LiteralString = """
SET m.turn = '', m.ranked_at = $p.now
WITH m
MATCH (m)-[:BETWEEN]->(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
WITH m, c ORDER BY COALESCE(c.order_count, 0) DESC, c.id
WITH m, HEAD(COLLECT(c)) AS c
WITH DISTINCT c
CALL (c) {
  MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)<-[:BETWEEN]-(m:MatchCandidate)
  MATCH (m)-[:BETWEEN]->(:SourceRecord)-[:RESOLVES_TO]->(o:Customer)
  WHERE m.status = 'OPEN' AND o <> c
  WITH m, COALESCE(c.order_count, 0) AS own, COALESCE(o.order_count, 0) AS others, o, CASE
    WHEN m.reason IN ['NOTHING_TO_COMPARE', 'MANY_NAMES', 'TOO_MANY_VALUES'] OR m.bits < 16 THEN 3
    WHEN m.reason IN ['GIVEN_NAME_DIFFERS', 'BIRTH_DATE_DIFFERS'] THEN 1
    ELSE 2 END AS doubt
  WHERE own > others OR (own = others AND c.id < o.id)
  RETURN COLLECT(m) AS waiting, max(own + others) AS orders, max(doubt) AS doubt,
    min(CASE WHEN m.deferred_until > $p.now THEN 1 ELSE 0 END) AS later
}
WITH waiting, toString(later) + toString(99 - toInteger(log(1 + orders) / log(2))) + toString(9 - doubt) + c.id AS turn
UNWIND waiting AS m
SET m.turn = turn, m.ranked_at = $p.now
"""
RANK_DUE: LiteralString = DUE + RANK + "RETURN COUNT(m)"
RANK_OF_RECORDS: LiteralString = OF_RECORDS + RANK
RANK_ONE: LiteralString = OF_ONE + RANK


async def rank_due(store: Store) -> int:
    """Give turns to candidates that have none, or whose turn is older than five minutes; return how many."""
    now = datetime.now(UTC)
    given = {"now": now.strftime(TIME), "before": (now - KEPT).strftime(TIME), "limit": AT_ONCE}

    async def ranked(transaction: Transaction) -> int:
        rows = await transaction.run(RANK_DUE, given)
        return int(rows[0][0]) if rows else 0

    return await to_its_end(store.write(ranked))
