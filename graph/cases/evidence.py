"""To which case an interaction belongs, by evidence: each kind of it in turn, the strongest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, LiteralString

from graph.cases.history import moment
from graph.cases.ties import Tied
from graph.events.newest import utc_text
from graph.store import Transaction

THREAD, REFERENCE, NUMBER_IN_SUBJECT = "THREAD", "REFERENCE", "NUMBER_IN_SUBJECT"
SAME_ORDER, SAME_TOPIC, SAME_CHANNEL = "SAME_ORDER", "SAME_TOPIC", "SAME_CHANNEL"
NUMBER = re.compile(r"\bC-(\d{1,15})\b", re.IGNORECASE | re.ASCII)
WITHIN = timedelta(days=14)
"""So long after it was last heard of, an interaction of the same person about the same thing belongs to the case."""
MOST_WALKED = 500
"""Contacts by one identifier that are looked at: a value that more came by is no evidence of one person."""

# (:Touchpoint)-[:IN_THREAD]->(:Thread): all that one conversation has
BY_THREAD: LiteralString = """
MATCH (:Touchpoint {id: $p.id})-[:IN_THREAD]->()<-[:IN_THREAD]-(:Touchpoint)-[:IN_CASE]->(k:Case)
RETURN DISTINCT k.id, k.opened_at ORDER BY k.opened_at DESC LIMIT 1
"""
BY_NUMBER: LiteralString = "MATCH (k:Case {number: $p.number}) RETURN k.id"
# (:SourceRecord)-[:RESOLVES_TO]->(:Customer), (:Touchpoint)-[:VIA]->(:Identifier): who has taken part, whoever is told today
TAKES_PART: LiteralString = """
MATCH (k:Case {number: $p.number}) MATCH (t:Touchpoint {id: $p.id})
OPTIONAL MATCH (t)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
WITH k, t, c
WHERE EXISTS { MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(:Touchpoint)-[:IN_CASE]->(k) }
   OR EXISTS { MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord {key: k.record}) }
   OR EXISTS { MATCH (t)-[:VIA]->(:Identifier)<-[:VIA]-(:Touchpoint)-[:IN_CASE]->(k) }
RETURN k.id
"""
# (:Touchpoint {record, case_id}) and (:Case {record}) of the customer's records; of a contact of nobody, what came by the same
NEAR: LiteralString = """
MATCH (t:Touchpoint {id: $p.id})
CALL (t) {
  MATCH (t)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
  MATCH (c)<-[:RESOLVES_TO]-(s:SourceRecord)
  MATCH (o:Touchpoint) USING INDEX SEEK o:Touchpoint(record, case_id)
  WHERE o.record = s.key AND o.case_id > ''
  MATCH (o)-[:IN_CASE]->(k:Case)
  RETURN k
UNION
  MATCH (t)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
  MATCH (c)<-[:RESOLVES_TO]-(s:SourceRecord)
  MATCH (k:Case) USING INDEX SEEK k:Case(record, id)
  WHERE k.record = s.key AND k.id > ''
  RETURN k
UNION
  MATCH (t)-[:VIA]->(i:Identifier {state: 'ACTIVE'})
  CALL (i) { MATCH (i)<-[:VIA]-(o:Touchpoint) RETURN o LIMIT 500 }
  MATCH (o)-[:IN_CASE]->(k:Case)
  RETURN k
}
WITH DISTINCT t, k
WHERE k.state <> 'CLOSED' AND coalesce(k.last_message_at, k.opened_at) >= $p.since AND NOT EXISTS { (t)-[:NOT_IN_CASE]->(k) }
RETURN k.id, k.topic, k.channel,
  COLLECT { MATCH (k)<-[:IN_CASE]-(o:Touchpoint) UNWIND coalesce(o.order_numbers, []) AS number RETURN DISTINCT number },
  coalesce(k.last_message_at, k.opened_at) AS last
ORDER BY last DESC, k.id
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A case by its id, and the rule by which an interaction belongs to it. A `sure` one may be closed: another follows it."""

    case: str
    rule: str
    sure: bool


async def case_of(transaction: Transaction, touchpoint: Tied) -> Found | None:
    """Return the case to which an interaction belongs, or that a new one is to follow; None where nothing speaks for any."""
    told = touchpoint.properties
    for rows, rule in (
        (await transaction.run(BY_THREAD, {"id": touchpoint.id}), THREAD),
        (await _by_number(transaction, told.get("reference")), REFERENCE),
        (await _by_number(transaction, told.get("subject"), touchpoint.id), NUMBER_IN_SUBJECT),
    ):
        for own_id, *_ in rows:
            if own_id not in touchpoint.refused:
                return Found(own_id, rule, sure=True)
    since = utc_text(moment(told["position"][:27]) - WITHIN)
    return _nearest(await transaction.run(NEAR, {"id": touchpoint.id, "since": since}), touchpoint)


async def _by_number(transaction: Transaction, text: str | None, participant: str | None = None) -> list[list[Any]]:
    """Return the case whose number stands in a text; with a participant, only where that interaction's person takes part."""
    named = NUMBER.search(text or "")
    if named is None:
        return []
    asked = {"number": int(named[1]), "id": participant}
    return await transaction.run(BY_NUMBER if participant is None else TAKES_PART, asked)


def _nearest(rows: Sequence[list[Any]], touchpoint: Tied) -> Found | None:
    """Return the last of the person's cases about the same order, the same topic, or, where none is told, by the same channel."""
    told = touchpoint.properties
    orders, topic, channel = set(told.get("order_numbers") or ()), told.get("topic") or "", told.get("channel")
    for own_id, _, _, numbers, _ in rows:
        if orders & set(numbers):
            return Found(own_id, SAME_ORDER, sure=False)
    for own_id, of, by, numbers, _ in rows:
        if topic and of == topic:
            return Found(own_id, SAME_TOPIC, sure=False)
        if not topic and not of and not orders and not numbers and by == channel:
            return Found(own_id, SAME_CHANNEL, sure=False)
    return None
