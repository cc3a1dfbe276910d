"""Past cases as the graph has them: what was written first, who by, and which topic and priority people gave them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, LiteralString

from graph.cases.contribution import text_of
from graph.cases.history import NORMAL
from graph.cases.sorting.past_cases import PastCase
from graph.cases.sorting.words import written
from graph.cases.states import ENDED
from graph.store import Store
from graph.waiting import to_its_end

AT_ONCE = 500

# (:Case)<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), (:Case)-[:HAS_EVENT]->(:CaseEvent)
PAST: LiteralString = """
MATCH (k:Case) WHERE k.id > $p.after AND k.erased IS NULL
WITH k ORDER BY k.id LIMIT $p.limit
RETURN k { .id, .opened_at, .subject, .origin, .record, .state, .forecasts },
  HEAD(COLLECT { MATCH (k)<-[:IN_CASE]-(t:Touchpoint)
                 WITH t ORDER BY t.position LIMIT 1 RETURN t { .subject, .text, .summary } }),
  HEAD(COLLECT { MATCH (k)<-[:IN_CASE]-(t:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
                 WITH c, t ORDER BY t.position LIMIT 1 RETURN c.id }),
  COLLECT { MATCH (k)-[:HAS_EVENT]->(e:CaseEvent) WHERE e.kind IN ['OPENED', 'TOPIC_SET', 'PRIORITY_SET']
            RETURN e { .kind, .position, .topic, .priority, .rule, .model } }
"""


@dataclass(frozen=True, slots=True)
class Read:
    """A past case, and what a model said of it when it was opened: each a field, a probability and a label."""

    case: PastCase
    forecasts: tuple[tuple[str, float, str], ...]


async def past_cases(store: Store) -> AsyncIterator[Read]:
    """Read all cases of which something is left to read, those that are erased excepted."""
    after = ""
    while rows := await to_its_end(store.read(PAST, {"after": after, "limit": AT_ONCE})):
        after = rows[-1][0]["id"]
        for case, first, customer, events in rows:
            events.sort(key=itemgetter("position"))
            yield Read(_past(case, first, customer, events), tuple(_forecast(each) for each in case["forecasts"] or ()))


def _past(case: dict[str, Any], first: dict[str, Any] | None, customer: str | None, events: Sequence[dict[str, Any]]) -> PastCase:
    # The subject of a case that opened by itself is that of its message, or its text once more.
    subject = first["subject"] if first and case["origin"] == "INTERACTION" else case["subject"]
    return PastCase(
        case["id"],
        case["opened_at"],
        customer or case["record"] or case["id"],
        written(subject, text_of(first) if first else None),
        topic_of(events),
        priority_of(events, ended=case["state"] in ENDED),
    )


def topic_of(events: Sequence[dict[str, Any]]) -> str | None:
    """Return the topic that a person, a form or another system told last; None where a rule or a model did."""
    told = [each for each in events if each["kind"] == "TOPIC_SET" or (each["kind"] == "OPENED" and each["topic"])]
    return told[-1]["topic"] if told and _by_people(told[-1]) else None


def priority_of(events: Sequence[dict[str, Any]], *, ended: bool) -> str | None:
    """Return the priority that they told last. One that nobody has set is NORMAL in a case that somebody has dealt with."""
    told = [each for each in events if each["priority"] and each["kind"] != "TOPIC_SET"]
    if told:
        return told[-1]["priority"] if _by_people(told[-1]) else None
    return NORMAL if ended else None


def _by_people(event: dict[str, Any]) -> bool:
    return event["rule"] is None and event["model"] is None


def _forecast(text: str) -> tuple[str, float, str]:
    name, probability, label = text.split(" ", 2)
    return name, float(probability), label
