"""Threads as the reader reads them: every part looked at, one after the other."""

from __future__ import annotations

from typing import Any

from graph.words import say
from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id
from tests.resolvers.reader.touchpoints import thing

properties("Thread", "Thread", version="version")
PARTS = (
    "MATCH (t:Touchpoint)-[i:IN_THREAD]->(:Thread {id: $p.id}) OPTIONAL MATCH (t)-[w:TIED_TO]->() "
    "RETURN t.position, t.id, labels(t), i.rule, i.at, w.actor, w.reason, properties(t)"
)
NAMED = "MATCH (t:Touchpoint) WHERE t.message_name IS NOT NULL RETURN t.message_name, t.position, t.id, labels(t)"
UNTIED = (
    "MATCH (p:Touchpoint)<-[w:UNTIED_FROM]-(t:Touchpoint) WHERE p.id IN $p.ids AND NOT t.id IN $p.ids "
    "RETURN w.at, t.id, labels(t), w.actor, w.reason"
)
OWN = (
    "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint)-[:IN_THREAD]->(h:Thread) "
    "RETURN h.id, max(t.position)"
)


@field("Touchpoint", "thread")
def thread(touchpoint: Thing, request: Request) -> Thing | None:
    raw = request.value("MATCH (:Touchpoint {id: $p.id})-[:IN_THREAD]->(h:Thread) RETURN h.id", id=touchpoint.id)
    return raw and Thing("Thread", raw)


@field("Customer", "threads")
def threads(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    items = [(newest, Thing("Thread", raw)) for raw, newest in request.rows(OWN, id=customer.id)]
    return page("threads", items, first, after, newest_first=True)


@field("Thread", "id")
def own_id(thread: Thing, request: Request) -> str:
    return global_id("Thread", thread.id)


def told(thread: Thing, request: Request) -> list[list[Any]]:
    return sorted(request.rows(PARTS, id=thread.id), key=lambda row: row[0])


@field("Thread", "startedAt")
def started_at(thread: Thing, request: Request) -> str:
    return told(thread, request)[0][0][:27]


@field("Thread", "lastAt")
def last_at(thread: Thing, request: Request) -> str:
    return told(thread, request)[-1][0][:27]


@field("Thread", "channels")
def channels(thread: Thing, request: Request) -> list[str]:
    return sorted({row[-1]["channel"] for row in told(thread, request)})


@field("Thread", "topic")
def topic(thread: Thing, request: Request) -> str | None:
    return next((row[-1]["topic"] for row in told(thread, request) if row[-1].get("topic") is not None), None)


@field("Thread", "parts")
def parts(thread: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    items = [
        (position, {"touchpoint": thing(raw, labels), "rule": rule, "tiedAt": at, "tiedBy": actor, "reason": reason})
        for position, raw, labels, rule, at, actor, reason, _ in told(thread, request)
    ]
    return page("thread parts", items, first, after)


@field("ThreadPart", "sentence")
def sentence(part: dict[str, Any], request: Request, language: str) -> str:
    return say(f"thread.{part['rule']}", language.lower())


@field("ThreadPart", "untiedFrom")
def untied_from(part: dict[str, Any], request: Request) -> Thing | None:
    rows = request.rows(
        "MATCH (:Touchpoint {id: $p.id})-[:UNTIED_FROM]->(o:Touchpoint) RETURN o.id, labels(o)", id=part["touchpoint"].id
    )
    return thing(*rows[0]) if rows else None


@field("Thread", "suggestions")
def suggestions(thread: Thing, request: Request) -> list[dict[str, Any]]:
    known = told(thread, request)
    own = {row[1] for row in known}
    found: list[tuple[str, str, dict[str, Any]]] = []
    for position, raw, labels, *_, properties_of in known:
        if properties_of.get("apart"):
            continue
        names = [name for each in ("replied", "referenced", "marker") for name in properties_of.get(f"{each}_names") or ()]
        for name in dict.fromkeys(names):
            forged, called = name.startswith("forged:"), name.replace("forged:", "own:", 1)
            messages = [row for row in request.rows(NAMED) if row[0] == called]
            if not messages and forged:
                found.append((position, "~", {"touchpoint": thing(raw, labels), "suggested": None}))
            for _, at, other, its_labels in messages:
                if other not in own:
                    found.append((position, at, {"touchpoint": thing(raw, labels), "suggested": thing(other, its_labels)}))
    ordered = {(first, second): each for first, second, each in sorted(found, key=lambda row: row[:2])}
    return list(ordered.values())[:20]


@field("ThreadSuggestion", "sentence")
def unverified(_: dict[str, Any], request: Request, language: str) -> str:
    return say("thread.UNVERIFIED", language.lower())


@field("Thread", "untied")
def untied(thread: Thing, request: Request) -> list[dict[str, Any]]:
    rows = request.rows(UNTIED, ids=[row[1] for row in told(thread, request)])
    return [
        {"touchpoint": thing(raw, labels), "untiedAt": at, "untiedBy": actor, "reason": reason}
        for at, raw, labels, actor, reason in sorted(rows, key=lambda row: row[:2])[:100]
    ]
