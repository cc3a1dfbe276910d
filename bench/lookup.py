"""The screen pop twice: as a GraphQL operation for anything typed, and as a hand-written statement for a phone number only."""

from __future__ import annotations

from typing import Any, LiteralString

from bench.view import edges, node_id, order_head, touchpoint

QUERY = """
query ScreenPop($query: String!) {
  customerLookup(input: {query: $query}) {
    score
    reasons { kind exact matched sentence(language: EN) identifier { id kind value } }
    customer {
      id name kana birthDate phone
      orders(first: 1) { edges { cursor node { id number at status channel total { amount currency } } } }
      timeline(first: 3) { edges { cursor node { __typename id kind at channel subject text } } }
    }
  }
}
"""

# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), its newest order, its newest touchpoints
STATEMENT: LiteralString = """
MATCH (i:Identifier {key: 'PHONE::' + $p.phone})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
WITH DISTINCT i, c ORDER BY c.id LIMIT 10
WITH i, c, COLLECT { MATCH (c)<-[:RESOLVES_TO]-(s:SourceRecord) RETURN s } AS records
RETURN [i.id, i.kind, i.value, c.id, c.name, c.kana, c.birth_date, c.phone,
  COLLECT {
    UNWIND records AS s
    CALL (s) {
      MATCH (t:Touchpoint) USING INDEX t:Touchpoint(record, kind, position)
      WHERE t.record = s.key AND t.kind = 'ORDER' AND t.position < '~'
      RETURN t ORDER BY t.record DESC, t.kind DESC, t.position DESC LIMIT 2
    }
    WITH t ORDER BY t.position DESC LIMIT 2
    RETURN [t.position, t.id, t.number, t.status, t.channel, t.total, t.currency]
  },
  COLLECT {
    UNWIND records AS s
    CALL (s) {
      MATCH (t:Touchpoint) USING INDEX t:Touchpoint(record, position)
      WHERE t.record = s.key AND t.position < '~'
      RETURN t ORDER BY t.record DESC, t.position DESC LIMIT 4
    }
    WITH t ORDER BY t.position DESC LIMIT 4
    RETURN [t.position, t.id, t.kind, t.channel, t.subject, t.text]
  }]
"""


def body(rows: list[list[Any]]) -> dict[str, Any]:
    """Return the response of the operation from the rows of the statement, field by field."""
    return {"data": {"customerLookup": [_candidate(row) for [row] in rows]}}


def _candidate(row: list[Any]) -> dict[str, Any]:
    identifier, kind, value, customer, name, kana, birth_date, phone, orders, timeline = row
    reason = {"kind": "PHONE", "exact": True, "matched": value, "sentence": f"The telephone number {value} is theirs"}
    reason["identifier"] = {"id": node_id("Identifier", identifier), "kind": kind, "value": value}
    shown = {"id": node_id("Customer", customer), "name": name, "kana": kana, "birthDate": birth_date, "phone": phone}
    shown["orders"] = {"edges": edges("orders", orders, order_head, 1)}
    shown["timeline"] = {"edges": edges("timeline", timeline, touchpoint, 3)}
    return {"score": 1.0, "reasons": [reason], "customer": shown}
