"""The log of deliveries is kept for a time, and that of an endpoint goes with it."""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString

from graph.events.newest import utc_text
from graph.store import Store
from graph.writes.forgetting import forget

DELETE_ENDED: LiteralString = """
MATCH (d:WebhookDelivery) USING INDEX SEEK d:WebhookDelivery(ended_at)
WHERE d.ended_at < $p.before
WITH d LIMIT 10000
DELETE d
RETURN count(*)
"""
# (:FormerWebhookEndpoint) = (:WebhookDelivery {endpoint})
DELETE_FORMER: LiteralString = """
MATCH (w:FormerWebhookEndpoint)
CALL (w) {
  MATCH (d:WebhookDelivery) USING INDEX SEEK d:WebhookDelivery(endpoint, position)
  WHERE d.endpoint = w.id AND d.position > ''
  WITH d LIMIT 10000
  DELETE d
  RETURN count(*) AS gone
}
WITH w, gone
FOREACH (each IN CASE gone WHEN 0 THEN [w] ELSE [] END | DELETE each)
RETURN coalesce(sum(gone), 0)
"""


async def forget_deliveries(store: Store, before: datetime) -> int:
    """Delete the deliveries that ended before that time, and all of endpoints that are gone; return how many."""
    return await forget(store, DELETE_ENDED, utc_text(before)) + await forget(store, DELETE_FORMER, "")
