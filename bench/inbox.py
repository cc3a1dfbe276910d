"""The inbox of cases: one question for a page with the counts of its views, and a hand-written statement with its body."""

from __future__ import annotations

from typing import Any, LiteralString

from admin.pages.cases.operations import CASE_ROW
from bench.view import encoded, instant, node_id

PAGE = 30
QUERY = (
    """
query Inbox($filter: CaseFilter, $cases: String) {
  cases(filter: $filter, first: 30, after: $cases) { edges { node { ...CaseRow } } pageInfo { hasNextPage endCursor } }
  caseCounts {
    all: open mine unassigned unanswered overdue bounced escalated waiting: waitingCustomer internal: waitingInternal snoozed
  }
}
"""
    + CASE_ROW
)
"""What the page asks for in two operations."""

# (:Case)-[...]: one page of a list by its index, and what each view has
STATEMENT: LiteralString = """
RETURN [
  COLLECT {
    MATCH (k:Case) USING INDEX k:Case(listed, INDEXED, turn)
    WHERE k.listed = 'OPEN' AND k.INDEXED = $p.value AND k.turn > $p.after
    WITH k ORDER BY k.listed, k.INDEXED, k.turn LIMIT 31
    RETURN [k.turn, k.id, k.number, k.version, k.subject, k.origin, k.state, k.since, k.priority, k.topic, k.channel, k.team,
      k.staff, k.tags, k.snoozed_until, k.due, k.unanswered, k.last_message_at, k.opened_at, k.escalated_to, k.escalation_due,
      HEAD(COLLECT { MATCH (s:Store {id: k.store_id}) RETURN [s.id, s.name, s.code] }),
      HEAD(COLLECT {
        CALL (k) {
          MATCH (:SourceRecord {key: k.record})-[:RESOLVES_TO]->(c:Customer) RETURN c, '' AS at
        UNION
          MATCH (k)<-[:IN_CASE]-(t:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c, t.position AS at
        }
        WITH c, at ORDER BY at LIMIT 1
        RETURN [c.id, c.name, c.kana]
      })]
  },
  [
    COUNT { MATCH (k:Case) USING INDEX k:Case(listed, turn) WHERE k.listed = 'OPEN' AND k.turn > '' },
    COUNT {
      MATCH (k:Case) USING INDEX k:Case(listed, staff, turn) WHERE k.listed = 'OPEN' AND k.staff = $p.me AND k.turn > ''
    },
    COUNT { MATCH (k:Case) USING INDEX k:Case(listed, staff, turn) WHERE k.listed = 'OPEN' AND k.staff = '' AND k.turn > '' },
    COUNT {
      MATCH (k:Case) USING INDEX k:Case(listed, unanswered, turn) WHERE k.listed = 'OPEN' AND k.unanswered = true AND k.turn > ''
    },
    COUNT { MATCH (k:Case) USING INDEX k:Case(listed, turn) WHERE k.listed = 'OPEN' AND k.turn < $p.now },
    COUNT {
      MATCH (k:Case) USING INDEX k:Case(listed, bounced, turn) WHERE k.listed = 'OPEN' AND k.bounced = true AND k.turn > ''
    },
    COUNT {
      MATCH (k:Case) USING INDEX k:Case(listed, escalated, turn) WHERE k.listed = 'OPEN' AND k.escalated = true AND k.turn > ''
    },
    COUNT { MATCH (k:Case) USING INDEX k:Case(state, turn) WHERE k.state = 'WAITING_CUSTOMER' AND k.turn > '' },
    COUNT { MATCH (k:Case) USING INDEX k:Case(state, turn) WHERE k.state = 'WAITING_INTERNAL' AND k.turn > '' },
    COUNT { MATCH (k:Case) USING INDEX k:Case(listed, snoozed_until) WHERE k.listed = 'OPEN' AND k.snoozed_until > $p.now }
  ]
]
"""
SOUGHT = ("staff", "team", "topic", "priority")
STATEMENTS: dict[str, LiteralString] = {name: STATEMENT.replace("INDEXED", name) for name in SOUGHT}
COUNTS = ("all", "mine", "unassigned", "unanswered", "overdue", "bounced", "escalated", "waiting", "internal", "snoozed")


def body(row: list[Any]) -> dict[str, Any]:
    """Return the response of the operation from the row of the statement, field by field."""
    cases, counts = row
    end = encoded(f"cases|{cases[:PAGE][-1][0]}") if cases else None
    page = {"edges": [{"node": _case(each)} for each in cases[:PAGE]]}
    page |= {"pageInfo": {"hasNextPage": len(cases) > PAGE, "endCursor": end}}
    return {"data": {"cases": page, "caseCounts": dict(zip(COUNTS, counts, strict=True))}}


def _case(row: list[Any]) -> dict[str, Any]:
    (_, raw, number, version, subject, origin, state, since, priority, topic, channel, team, staff, tags, snoozed, due,
     unanswered, said, opened, asked, answer_by, store, customer) = row  # fmt: skip
    return {
        "id": node_id("Case", raw),
        "number": f"C-{number}",
        "version": version,
        "subject": subject,
        "origin": origin,
        "state": state,
        "since": instant(since),
        "priority": priority,
        "topic": topic or None,
        "channel": channel,
        "team": team or None,
        "assignee": staff or None,
        "tags": tags,
        "snoozedUntil": _instant(snoozed),
        "dueAt": None if due == "~" else instant(due),
        "unanswered": unanswered,
        "lastMessageAt": _instant(said),
        "openedAt": instant(opened),
        "escalatedTo": asked or None,
        "escalationDueAt": _instant(answer_by),
        "store": {"id": node_id("Store", store[0]), "name": store[1], "code": store[2]} if store else None,
        "customer": {"id": node_id("Customer", customer[0]), "name": customer[1], "kana": customer[2]} if customer else None,
    }


def _instant(at: str | None) -> str | None:
    return instant(at) if at else None
