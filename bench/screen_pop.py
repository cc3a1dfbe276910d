"""What an operator sees when the telephone rings: the operation of the page of calls, and a hand-written statement for it."""

from __future__ import annotations

from typing import Any, LiteralString

from admin.pages.calls.operations import CALLS
from bench.permission import NUMBERS, SAID, may_be_called
from bench.view import TYPE_NAMES, identifier_id, instant, node_id, order_head
from graph.search.folding import romaji

QUERY = CALLS

# (:Touchpoint {goes_on})-[:VIA]->(:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), their cases by
# (:Case {record}) and (:Touchpoint {record, case_id}), both once for reasons, cases and promises
STATEMENT: LiteralString = """
MATCH (t:Touchpoint) USING INDEX t:Touchpoint(goes_on, position)
WHERE t.goes_on = true AND t.position > $p.since AND t.position < '~' AND t.staff = $p.staff
WITH t ORDER BY t.goes_on DESC, t.position DESC LIMIT 21
RETURN [t.position, t.id, t.topic, t.language, t.staff, t.queue, t.outcome, t.menu_path, t.started_from_url, t.rule,
  COLLECT {
    MATCH (t)-[:VIA]->(i:Identifier) WITH i ORDER BY i.kind, i.id
    RETURN [i.id, i.kind, i.value, i.sharing, i.state,
      COUNT { MATCH (i)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN DISTINCT c LIMIT 100 }]
  },
  COLLECT { MATCH (t)-[:ABOUT]->(p:Product) WITH p ORDER BY p.sku RETURN [p.id, p.sku, p.name] },
  COLLECT {
    CALL (t) {
      MATCH (t)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c, 'ATTRIBUTED' AS by
    UNION
      WITH t WHERE NOT EXISTS { (t)<-[:DID]-() }
      MATCH (t)-[:VIA]->(i:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
      WHERE i.state <> 'BLOCKED' WITH DISTINCT c LIMIT 50
      RETURN c, 'IDENTIFIER' AS by
    }
    WITH t, c, by, COLLECT { MATCH (c)<-[:RESOLVES_TO]-(s:SourceRecord) RETURN s } AS records,
      toString(date(left(t.position, 10)) - duration('P30D')) AS since
    WITH *, COLLECT {
      CALL (records) {
        UNWIND records AS s MATCH (k:Case) USING INDEX k:Case(record, id) WHERE k.record = s.key AND k.id > '' RETURN k
      UNION
        UNWIND records AS s
        MATCH (told:Touchpoint) USING INDEX told:Touchpoint(record, case_id) WHERE told.record = s.key AND told.case_id > ''
        MATCH (told)-[:IN_CASE]->(k:Case)
        RETURN k
      }
      RETURN k
    } AS cases
    WITH *, any(k IN cases WHERE k.listed = 'OPEN') AS waits, EXISTS {
      UNWIND records AS s MATCH (o:Touchpoint) USING INDEX o:Touchpoint(record, kind, position)
      WHERE o.record = s.key AND o.kind = 'ORDER' AND o.position > since AND o.position < t.position
    } AS ordered, EXISTS {
      UNWIND records AS s MATCH (o:Touchpoint) USING INDEX o:Touchpoint(record, position)
      WHERE o.record = s.key AND o.position > since AND o.position < t.position AND o.kind <> 'ORDER'
    } AS spoke
    ORDER BY waits DESC, ordered DESC, spoke DESC, c.id LIMIT 10
    RETURN [by, waits, ordered, spoke, c.id, c.version, c.name, c.kana, c.language, c.birth_date,
      NUMBERS, SAYINGS,
      COLLECT {
        UNWIND cases AS k WITH k WHERE k.listed = 'OPEN' WITH k ORDER BY k.opened_at + k.id DESC LIMIT 3
        RETURN [k.id, k.number, k.subject, k.state, k.priority, k.due, k.unanswered]
      },
      COLLECT {
        CALL (records, cases) {
          UNWIND records AS s MATCH (m:Promise) USING INDEX m:Promise(record, id) WHERE m.record = s.key AND m.id > '' RETURN m
        UNION
          UNWIND cases AS k MATCH (k)<-[:FOR]-(m:Promise) RETURN m
        }
        WITH m ORDER BY m.due + m.id DESC LIMIT 3
        RETURN [m.id, m.text, m.due, m.state]
      },
      COLLECT {
        UNWIND records AS s
        CALL (s) {
          MATCH (o:Touchpoint) USING INDEX o:Touchpoint(record, kind, position)
          WHERE o.record = s.key AND o.kind = 'ORDER' AND o.position < '~'
          RETURN o ORDER BY o.record DESC, o.kind DESC, o.position DESC LIMIT 1
        }
        WITH o ORDER BY o.position DESC LIMIT 1
        RETURN [o.position, o.id, o.number, o.status, o.channel, o.total, o.currency,
          HEAD(COLLECT { MATCH (o)-[:SOLD_AT]->(p:Store) RETURN [p.id, p.name, p.code] })]
      },
      COLLECT {
        UNWIND records AS s UNWIND ['CALL', 'CHAT_THREAD', 'EMAIL', 'STORE_VISIT'] AS kind
        CALL (s, kind) {
          MATCH (o:Touchpoint) USING INDEX o:Touchpoint(record, kind, position)
          WHERE o.record = s.key AND o.kind = kind AND o.position < '~'
          RETURN o ORDER BY o.record DESC, o.kind DESC, o.position DESC LIMIT 2
        }
        WITH o ORDER BY o.position DESC LIMIT 2
        RETURN [o.position, o.id, o.kind, o.channel, o.staff, o.queue, o.outcome, o.subject,
          HEAD(COLLECT { MATCH (o)-[:AT]->(p:Store) RETURN [p.id, p.name, p.code] })]
      }]
  }]
""".replace("NUMBERS", NUMBERS).replace("SAYINGS", SAID)

NAMES = {"CALL": "電話", "CHAT_THREAD": "チャット", "EMAIL": "メール", "STORE_VISIT": "来店"}
OUTCOMES = {"RINGING": "呼び出し中", "ANSWERED": "通話中"}


def body(rows: list[list[Any]]) -> dict[str, Any]:
    """Return the response of the operation from the rows of the statement, field by field."""
    listed = [{"node": _call(row)} for [row] in rows[:20]]
    return {"data": {"ongoingCalls": {"edges": listed, "pageInfo": {"hasNextPage": len(rows) > 20}}}}


def _call(row: list[Any]) -> dict[str, Any]:
    position, raw, topic, language, staff, queue, outcome, menu_path, page, rule, identifiers, products, callers = row
    return {
        "id": node_id("Call", raw),
        "occurredAt": instant(position),
        "topic": topic,
        "language": language,
        "staff": staff,
        "queue": queue,
        "outcome": outcome,
        "menuPath": menu_path or [],
        "startedFromUrl": page,
        "attribution": {"rule": rule} if rule else None,
        "identifiersUsed": [_identifier(each) for each in identifiers],
        "products": [{"id": node_id("Product", raw), "sku": sku, "name": name} for raw, sku, name in products],
        "possibleCustomers": [_caller(each) for each in callers],
    }


def _identifier(row: list[Any]) -> dict[str, Any]:
    raw, kind, value, sharing, state, customers = row
    shown = {"id": identifier_id(raw), "kind": kind, "value": value, "sharing": sharing or "UNKNOWN"}
    return {**shown, "state": state or "ACTIVE", "customerCount": customers}


def _caller(row: list[Any]) -> dict[str, Any]:
    by, waits, ordered, spoke, raw, version, name, kana, language, birth_date, *shown = row
    numbers, said, cases, promises, orders, contacts = shown
    also = {"OPEN_CASE": waits, "RECENT_ORDER": ordered, "RECENT_CONTACT": spoke}
    customer = {
        "id": node_id("Customer", raw),
        "version": version,
        "name": name,
        "kana": kana,
        "romaji": romaji(kana).title(),
        "language": language,
        "birthDate": birth_date,
        "mayContact": {"allowed": may_be_called(numbers, said)},
        "cases": {"edges": [{"node": _case(each)} for each in cases]},
        "promises": {"edges": [{"node": _promise(each)} for each in promises]},
        "orders": {"edges": [{"node": _order(each, raw, name, kana)} for each in orders]},
        "timeline": {"edges": [{"node": _contact(each)} for each in contacts]},
    }
    return {"reasons": [by, *(reason for reason, holds in also.items() if holds)], "customer": customer}


def _case(row: list[Any]) -> dict[str, Any]:
    raw, number, subject, state, priority, due, unanswered = row
    shown = {"id": node_id("Case", raw), "number": f"C-{number}", "subject": subject, "state": state, "priority": priority}
    return {**shown, "dueAt": None if due == "~" else instant(due), "unanswered": unanswered}


def _promise(row: list[Any]) -> dict[str, Any]:
    raw, text, due, state = row
    return {"id": node_id("Promise", raw), "text": text, "dueAt": instant(due), "state": state}


def _order(row: list[Any], customer: str, name: str, kana: str) -> dict[str, Any]:
    return {
        **order_head(row[:7]),
        "store": _store(row[7]),
        "customer": {"id": node_id("Customer", customer), "name": name, "kana": kana},
    }


def _contact(row: list[Any]) -> dict[str, Any]:
    position, raw, kind, channel, staff, queue, outcome, subject, store = row
    said = [queue, OUTCOMES.get(outcome, outcome), subject]
    shown = {
        "id": node_id(TYPE_NAMES[kind], raw),
        "kind": kind,
        "channel": channel,
        "occurredAt": instant(position),
        "staff": staff,
    }
    return {**shown, "summary": " · ".join([NAMES[kind], *filter(None, said)]), "store": _store(store)}


def _store(row: list[Any] | None) -> dict[str, Any] | None:
    return {"id": node_id("Store", row[0]), "name": row[1], "code": row[2]} if row else None
