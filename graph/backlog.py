"""What waits in the graph to be done, in counts: for whoever watches over the service."""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString

from graph.events.newest import utc_text
from graph.store import Store
from graph.waiting import to_its_end

SECONDS = 5.0
"""It is asked every few seconds and gives way to everything else."""

BACKLOG: LiteralString = """
CALL () {
  MATCH (e:OutboxEntry) USING INDEX SEEK e:OutboxEntry(state, written, id)
  WHERE e.state = 'NEW' AND e.written >= 0 AND e.id > ''
  RETURN 'changes' AS what, count(e) AS waiting, min(e.written) / 1000 AS since
  UNION ALL
  MATCH (w:WebhookEndpoint) WHERE w.enabled
  MATCH (d:WebhookDelivery) USING INDEX SEEK d:WebhookDelivery(endpoint, state, next_at)
  WHERE d.endpoint = w.id AND d.state = 'WAITING' AND d.next_at > ''
  RETURN 'webhook_deliveries' AS what, count(d) AS waiting, datetime(min(d.next_at)).epochMillis AS since
  UNION ALL
  MATCH (j:Job) USING INDEX SEEK j:Job(state) WHERE j.state IN ['QUEUED', 'RUNNING']
  RETURN 'jobs' AS what, count(j) AS waiting, datetime(min(j.asked_at)).epochMillis AS since
  UNION ALL
  MATCH (r:SourceRecord) USING INDEX SEEK r:SourceRecord(unproposed) WHERE r.unproposed = true
  RETURN 'records_to_compare' AS what, count(r) AS waiting, null AS since
  UNION ALL
  MATCH (m:MatchCandidate) USING INDEX SEEK m:MatchCandidate(status, id) WHERE m.status = 'OPEN' AND m.id > ''
  RETURN 'match_candidates' AS what, count(m) AS waiting, datetime(min(m.created_at)).epochMillis AS since
  UNION ALL
  MATCH (k:Case) USING INDEX SEEK k:Case(listed, turn) WHERE k.listed = 'OPEN' AND k.turn > ''
  RETURN 'cases' AS what, count(k) AS waiting, null AS since
  UNION ALL
  MATCH (k:Case) USING INDEX SEEK k:Case(listed, turn) WHERE k.listed = 'OPEN' AND k.turn > '' AND k.turn < $p.now
  RETURN 'cases_overdue' AS what, count(k) AS waiting, null AS since
}
RETURN what, waiting, CASE WHEN since IS NULL THEN 0.0 WHEN since > timestamp() THEN 0.0 ELSE (timestamp() - since) / 1000.0 END
"""


KINDS = ("changes", "webhook_deliveries", "jobs", "records_to_compare", "match_candidates", "cases", "cases_overdue")


async def backlog(store: Store, now: datetime) -> dict[str, tuple[int, float]]:
    """Return of each of KINDS how much of it waits, and for how many seconds the oldest has; (0, 0.0) where none does.

    Of deliveries of webhooks that is how long one is overdue; records, and cases, tell no time.
    """
    rows = await to_its_end(store.read(BACKLOG, {"now": utc_text(now)}, seconds=SECONDS))
    waits: dict[str, tuple[int, float]] = dict.fromkeys(KINDS, (0, 0.0))
    waits.update({what: (waiting, seconds) for what, waiting, seconds in rows})
    return waits
