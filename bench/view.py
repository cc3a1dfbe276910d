"""The customer view twice: as a GraphQL operation, and as the hand-written statement with its hand-made body."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any, LiteralString

from resolvers.engine.sealing import seal

QUERY = """
query View($id: ID!) {
  customer(by: {id: $id}) {
    id name kana birthDate phone email
    identifiers { edges { node { identifier { id kind value } verified } } }
    orders {
      edges { cursor node { id number occurredAt status channel total { amount currency } store { id name }
        lines { edges { node { number name quantity amount { amount currency } product { id name } } } } } }
      pageInfo { hasNextPage endCursor }
    }
    timeline { edges { cursor node { __typename id kind occurredAt channel subject text } } pageInfo { hasNextPage endCursor } }
  }
}
"""

# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord), its identifiers, its newest orders with lines, its newest touchpoints
STATEMENT: LiteralString = """
MATCH (c:Customer {id: $p.id})
WITH c, COLLECT { MATCH (c)<-[:RESOLVES_TO]-(s:SourceRecord) RETURN s } AS records
RETURN [c.id, c.name, c.kana, c.birth_date, c.phone, c.email,
  COLLECT {
    UNWIND records AS s MATCH (s)-[h:HAS_IDENTIFIER]->(i:Identifier)
    WITH i, COLLECT(h.verified) AS verified ORDER BY i.kind + ':' + i.id LIMIT 21
    RETURN [i.id, i.kind, i.value, CASE WHEN true IN verified THEN true WHEN false IN verified THEN false END]
  },
  COLLECT {
    UNWIND records AS s
    CALL (s) {
      MATCH (t:Touchpoint) USING INDEX t:Touchpoint(record, kind, position)
      WHERE t.record = s.key AND t.kind = 'ORDER' AND t.position < '~'
      RETURN t ORDER BY t.record DESC, t.kind DESC, t.position DESC LIMIT 21
    }
    WITH t ORDER BY t.position DESC LIMIT 21
    RETURN [t.position, t.id, t.number, t.status, t.channel, t.total, t.currency,
      HEAD(COLLECT { MATCH (t)-[:SOLD_AT]->(p:Store) RETURN [p.id, p.name] }),
      COLLECT {
        MATCH (t)-[:HAS_LINE]->(l:OrderLine) WITH l ORDER BY l.id LIMIT 21
        RETURN [l.number, l.name, l.quantity, l.amount, l.currency,
                HEAD(COLLECT { MATCH (l)-[:OF]->(p:Product) RETURN [p.id, p.name] })]
      }]
  },
  COLLECT {
    UNWIND records AS s
    CALL (s) {
      MATCH (t:Touchpoint) USING INDEX t:Touchpoint(record, position)
      WHERE t.record = s.key AND t.position < '~'
      RETURN t ORDER BY t.record DESC, t.position DESC LIMIT 21
    }
    WITH t ORDER BY t.position DESC LIMIT 21
    RETURN [t.position, t.id, t.kind, t.channel, t.subject, t.text]
  }]
"""

TYPE_NAMES = {
    "ORDER": "Order",
    "CALL": "Call",
    "EMAIL": "Email",
    "CHAT_THREAD": "ChatThread",
    "STORE_VISIT": "StoreVisit",
    "WEB_SESSION": "WebSession",
}
PAGE = 20
Node = Callable[[list[Any]], dict[str, Any]]


def body(row: list[Any]) -> dict[str, Any]:
    """Return the response of the operation from the row of the statement, field by field."""
    customer_id, name, kana, birth_date, phone, email, identifiers, orders, timeline = row
    customer = {"id": node_id("Customer", customer_id), "name": name, "kana": kana, "birthDate": birth_date, "phone": phone}
    customer |= {
        "email": email,
        "identifiers": {"edges": [{"node": _identifier(found)} for found in identifiers[:PAGE]]},
        "orders": _page("orders", orders, _order),
        "timeline": _page("timeline", timeline, touchpoint),
    }
    return {"data": {"customer": customer}}


def node_id(type_name: str, raw: str) -> str:
    """Return an id as the API shows it."""
    return encoded(f"{type_name}:{raw}")


def identifier_id(raw: str) -> str:
    return node_id("Identifier", seal().close(raw))


def encoded(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def edges(name: str, rows: list[list[Any]], node: Node, first: int = PAGE) -> list[dict[str, Any]]:
    """Return the edges of the page of a list from its rows, which begin with the position of the cursor."""
    return [{"cursor": encoded(f"{name}|{row[0]}"), "node": node(row)} for row in rows[:first]]


def _page(name: str, rows: list[list[Any]], node: Node) -> dict[str, Any]:
    shown = edges(name, rows, node)
    end = shown[-1]["cursor"] if shown else None
    return {"edges": shown, "pageInfo": {"hasNextPage": len(rows) > PAGE, "endCursor": end}}


def _identifier(row: list[Any]) -> dict[str, Any]:
    raw, kind, value, verified = row
    return {"identifier": {"id": identifier_id(raw), "kind": kind, "value": value}, "verified": verified}


def order_head(row: list[Any]) -> dict[str, Any]:
    position, raw, number, status, channel, total, currency = row
    shown = {"id": node_id("Order", raw), "number": number, "occurredAt": instant(position), "status": status}
    return {**shown, "channel": channel, "total": {"amount": str(total), "currency": currency}}


def _order(row: list[Any]) -> dict[str, Any]:
    place, lines = row[7:]
    return {
        **order_head(row[:7]),
        "store": {"id": node_id("Store", place[0]), "name": place[1]} if place else None,
        "lines": {"edges": [{"node": _line(line)} for line in lines[:PAGE]]},
    }


def _line(row: list[Any]) -> dict[str, Any]:
    number, name, quantity, amount, currency, product = row
    return {
        "number": number,
        "name": name,
        "quantity": quantity,
        "amount": {"amount": str(amount), "currency": currency},
        "product": {"id": node_id("Product", product[0]), "name": product[1]} if product else None,
    }


def touchpoint(row: list[Any]) -> dict[str, Any]:
    position, raw, kind, channel, subject, text = row
    type_name = TYPE_NAMES[kind]
    shown = {"__typename": type_name, "id": node_id(type_name, raw), "kind": kind, "occurredAt": instant(position)}
    return {**shown, "channel": channel, "subject": subject, "text": text}


def instant(position: str) -> str:
    return position[:19] + "Z" if position[19:27] == ".000000Z" else position[:27]
