"""The screen pop: one GraphQL operation for anything typed, and a hand-written statement for each sort of thing that is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, LiteralString

from bench.view import edges, identifier_id, node_id, order_head, touchpoint

QUERY = """
query ScreenPop($query: String!) {
  lookUp(input: {query: $query}) {
    candidates {
      score
      reasons { kind exact matched sentence(language: EN) identifier { id kind value } }
      customer {
        id name kana birthDate phone
        orders(first: 1) { edges { cursor node { id number occurredAt status channel total { amount currency } } } }
        timeline(first: 3) { edges { cursor node { __typename id kind occurredAt channel subject text } } }
      }
    }
    orders { order { id number occurredAt status channel total { amount currency } } }
  }
}
"""

# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
BY_PHONE: LiteralString = """
MATCH (i:Identifier {key: 'PHONE::' + $p.phone})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
WITH DISTINCT c, [i.id, i.kind, i.value] AS because, [] AS found ORDER BY c.id LIMIT 10
"""
# (:Customer) by full text, and where few are found by similar spelling too; the best first, then who has most orders
BY_NAME: LiteralString = """
CALL () {
  CALL db.index.fulltext.queryNodes('customer_search', $p.name, {limit: 200}) YIELD node AS c, score
  RETURN collect([c, 0.6 * score / (score + 1.0)]) AS named
}
CALL (named) {
  UNWIND named AS each RETURN each[0] AS c, each[1] AS score
  UNION ALL
  WITH named WHERE size(named) < 5
  CALL db.index.fulltext.queryNodes('customer_search', $p.close, {limit: 200}) YIELD node AS c, score
  WITH named, c, score WHERE NOT c IN [each IN named | each[0]]
  RETURN c, 0.25 * score / (score + 1.0) AS score
}
WITH c, [score, c.name] AS because, [] AS found
ORDER BY because[0] DESC, c.order_count DESC, c.id LIMIT 10
"""
# (:Order)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
BY_ORDER: LiteralString = """
MATCH (o:Order {number_key: $p.number})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
WITH c, [o.number] AS because, [o.position, o.id, o.number, o.status, o.channel, o.total, o.currency] AS found
ORDER BY c.order_count DESC, c.id LIMIT 10
"""
# its newest order, its newest touchpoints
SHOWN: LiteralString = """
WITH because, found, c, COLLECT { MATCH (c)<-[:RESOLVES_TO]-(s:SourceRecord) RETURN s } AS records
RETURN [because, found, c.id, c.name, c.kana, c.birth_date, c.phone,
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
STATEMENTS: dict[str, LiteralString] = {"phone": BY_PHONE + SHOWN, "name": BY_NAME + SHOWN, "order": BY_ORDER + SHOWN}
Because = Callable[[list[Any]], tuple[float, dict[str, Any]]]


def body(sort: str, rows: list[list[Any]]) -> dict[str, Any]:
    """Return the response of the operation from the rows of the statement for a `sort` of thing, field by field."""
    found = [{"order": order_head(row[1])} for [row] in rows if row[1]]
    return {"data": {"lookUp": {"candidates": [_candidate(BECAUSE[sort], row) for [row] in rows], "orders": found}}}


def _candidate(because: Because, row: list[Any]) -> dict[str, Any]:
    why, _, customer, name, kana, birth_date, phone, orders, timeline = row
    score, reason = because(why)
    shown = {"id": node_id("Customer", customer), "name": name, "kana": kana, "birthDate": birth_date, "phone": phone}
    shown["orders"] = {"edges": edges("orders", orders, order_head, 1)}
    shown["timeline"] = {"edges": edges("timeline", timeline, touchpoint, 3)}
    return {"score": score, "reasons": [reason], "customer": shown}


def _phone(why: list[Any]) -> tuple[float, dict[str, Any]]:
    raw, kind, value = why
    reason = {"kind": "PHONE", "exact": True, "matched": value, "sentence": f"The telephone number {as_written(value)} is theirs"}
    return 1.0, {**reason, "identifier": {"id": identifier_id(raw), "kind": kind, "value": value}}


def as_written(number: str) -> str:
    """Return a Japanese mobile number as people write it."""
    own = number.removeprefix("+81")
    return f"0{own[:2]}-{own[2:6]}-{own[6:]}"


def _name(why: list[Any]) -> tuple[float, dict[str, Any]]:
    score, name = why
    return score, {"kind": "NAME", "exact": False, "matched": name, "sentence": f"The name {name} is like it", "identifier": None}


def _order(why: list[Any]) -> tuple[float, dict[str, Any]]:
    [number] = why
    reason = {"kind": "ORDER_NUMBER", "exact": True, "matched": number, "sentence": f"They placed order {number}"}
    return 0.9, {**reason, "identifier": None}


BECAUSE: dict[str, Because] = {"phone": _phone, "name": _name, "order": _order}
