"""Cases with their history, promises and teams, as the reader answers them: whole lists, sorted and cut in Python."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.cases.case import loaded
from graph.cases.clocks import clocks as clocks_of
from graph.cases.folding import course
from graph.cases.routing import WRITTEN, Caller, OpenCase, route
from graph.cases.staff import agent_of
from graph.cases.tables import tables
from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Refused, Request, Thing
from tests.resolvers.reader.roots import living
from tests.resolvers.reader.spelling import global_id, read_id_of
from tests.resolvers.reader.touchpoints import thing

CASE, EVENT, PROMISE = "Case", "CaseEvent", "Promise"
properties(
    CASE, CASE, version="version", subject="subject", origin="origin", source="source", externalId="external_id",
    openedAt="opened_at", state="state", since="since", priority="priority",
    channel="channel", language="language", tags="tags", snoozedUntil="snoozed_until",
    unanswered="unanswered", bounced="bounced", lastMessageAt="last_message_at", reopenCount="reopen_count",
    resolvedAt="resolved_at", resolution="code", escalationDueAt="escalation_due",
)  # fmt: skip
properties(
    EVENT, EVENT, id="id", kind="kind", occurredAt="at", actor="actor", note="note", state="state", code="code",
    priority="priority", topic="topic", channel="channel", team="team", staff="staff", answerBy="answer_by", tag="tag",
    until="until", about="about", rule="rule", model="model", probability="probability",
)  # fmt: skip
properties(
    PROMISE, PROMISE, text="text", dueAt="due", state="state", owner="owner", door="door", madeAt="made_at", endedAt="ended_at"
)
KNOWN = "MATCH (k:Case) WHERE k.id = $p.id RETURN k.id"
WHOLE = "MATCH (k:Case) RETURN k.id, properties(k)"
OF_RECORDS = "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key"


def value(thing: Thing, request: Request, name: str) -> Any:
    return request.value(f"MATCH (n:{thing.type_name}) WHERE n.id = $p.id RETURN n.{name}", id=thing.id)


@field(CASE, "id")
@field(PROMISE, "id")
def own_id(thing: Thing, request: Request) -> str:
    return global_id(thing.type_name, thing.id)


@field("Query", "case")
def case(_: None, request: Request, by: dict[str, str]) -> Thing | None:
    if "id" in by:
        rows = request.rows(KNOWN, id=read_id_of(CASE, by["id"]))
    else:
        digits = by["number"].strip().upper().removeprefix("C-")
        if not (digits.isascii() and digits.isdecimal()):
            raise Refused("INVALID_INPUT", "`number` is not the number of a case, such as `C-1042`.")
        rows = request.rows("MATCH (k:Case) WHERE k.number = $p.number RETURN k.id", number=int(digits))
    return Thing(CASE, rows[0][0]) if rows else None


@field("Query", "cases")
def cases(
    _: None,
    request: Request,
    filter: dict[str, Any] | None = None,  # noqa: A002 (the argument's own name)
    first: int | None = None,
    after: str | None = None,
) -> dict[str, Any]:
    asked = filter or {}
    state = asked.get("state")
    listed = ("DONE" if state in ("RESOLVED", "CLOSED") else "OPEN") if state else asked.get("listed", "OPEN")
    store = read_id_of("Store", asked["storeId"]) if asked.get("storeId") else None
    whose = read_id_of("Customer", asked["customerId"]) if asked.get("customerId") is not None else None
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    left = living(request, whose) if whose is not None else None
    theirs = None if whose is None else ids_of(left, request) if left else {}
    wanted = {
        "listed": listed,
        "state": state,
        "staff": "" if asked.get("unassigned") else (request.viewer.name if asked.get("mine") else asked.get("assignee")),
        "store_id": store,
        "priority": asked.get("priority"),
        "unanswered": asked.get("unanswered"),
        "bounced": asked.get("bounced") or None,
        "escalated": True if asked.get("escalatedTo") is not None else asked.get("escalated"),
        "escalated_to": asked.get("escalatedTo"),
        "team": asked.get("team"),
        "topic": asked.get("topic"),
    }
    found = [
        (own["turn"], Thing(CASE, raw))
        for raw, own in request.rows(WHOLE)
        if all(own.get(name) == each for name, each in wanted.items() if each is not None)
        and (theirs is None or raw in theirs)
        and (asked.get("tag") is None or asked["tag"] in own.get("tags", []))
        and (asked.get("snoozed") is None or ((own.get("snoozed_until") or "") > now) == asked["snoozed"])
        and (not asked.get("overdue") or own["turn"] < now)
    ]
    return page("cases", found, first, after, newest_first=listed == "DONE")


@field("Query", "caseCounts")
def counts(_: None, request: Request, team: str | None = None) -> dict[str, int]:
    now = datetime.now(UTC)
    at, before, ahead = (
        each.strftime("%Y-%m-%dT%H:%M:%S.%fZ") for each in (now, now - timedelta(days=3), now + timedelta(days=1))
    )
    known = [own for _, own in request.rows(WHOLE) if team is None or own["team"] == team]
    open_ones = [own for own in known if own["listed"] == "OPEN"]
    promised = request.rows("MATCH (m:Promise)-->(k:Case) WHERE m.state = 'OPEN' RETURN m.due, k.team")
    return {
        "open": len(open_ones),
        "mine": sum(own["staff"] == request.viewer.name for own in open_ones),
        "unassigned": sum(own["staff"] == "" for own in open_ones),
        "unanswered": sum(own["unanswered"] for own in open_ones),
        "overdue": sum(own["turn"] < at for own in open_ones),
        "bounced": sum(own["bounced"] for own in open_ones),
        "escalated": sum(own["escalated"] for own in open_ones),
        "waitingCustomer": sum(own["state"] == "WAITING_CUSTOMER" for own in known),
        "waitingInternal": sum(own["state"] == "WAITING_INTERNAL" for own in known),
        "snoozed": sum((own.get("snoozed_until") or "") > at for own in open_ones),
        "waitingTooLong": sum(own["state"].startswith("WAITING") and own["since"] < before for own in known),
        "promisedToday": sum(due < ahead for due, of in promised if team is None or of == team),
    }


@field("Query", "availability")
def availability(_: None, request: Request) -> dict[str, Any] | None:
    rows = request.rows("MATCH (s:Staff {account: $p.me}) RETURN properties(s)", me=request.viewer.name)
    if not rows:
        return None
    open_ones = [own for _, own in request.rows(WHOLE) if own["staff"] == request.viewer.name and own["state"] in ("NEW", "OPEN")]
    teams = request.rows("MATCH (s:Staff {account: $p.me})-->(t:Team) RETURN t.code, t.id", me=request.viewer.name)
    told = rows[0][0]
    return {
        "available": bool(told.get("available")), "capacity": told["capacity"], "workingOn": len(open_ones),
        "teams": [Thing("Team", raw) for _, raw in sorted(teams)],
    }  # fmt: skip


@field(CASE, "nextStates")
def next_states(case: Thing, request: Request) -> list[str]:
    state = value(case, request, "state")
    if state == "CLOSED":
        return []
    if state == "RESOLVED":
        return ["OPEN", "CLOSED"]
    return [each for each in ("OPEN", "WAITING_CUSTOMER", "WAITING_INTERNAL", "RESOLVED") if each != state]


@field(CASE, "number")
def number(case: Thing, request: Request) -> str:
    return f"C-{value(case, request, 'number')}"


def or_none(name: str, own: str, nothing: str = "") -> None:
    @field(CASE, name)
    def fetch(case: Thing, request: Request) -> str | None:
        found = value(case, request, own)
        return None if found == nothing else found


for shown, own in {"openedBy": "opened_by", "topic": "topic", "team": "team", "assignee": "staff"}.items():
    or_none(shown, own)
or_none("escalatedTo", "escalated_to")
or_none("dueAt", "due", "~")


@field(CASE, "queuedSince")
def queued_since(case: Thing, request: Request) -> str | None:
    return value(case, request, "queued")[:27] or None


@field(CASE, "assignedAutomatically")
def assigned_automatically(case: Thing, request: Request) -> bool:
    return value(case, request, "offered") != ""


@field(CASE, "takeUpBy")
def take_up_by(case: Thing, request: Request) -> str | None:
    offered = value(case, request, "offered")
    return None if offered in ("", "~") else offered


@field(EVENT, "candidates")
def candidates(event: Thing, request: Request) -> list[dict[str, Any]]:
    kept = value(event, request, "choice")
    return [
        {**each, "account": each["staff"], "reasons": [reason for reason, _ in each["reasons"]]}
        for each in (json.loads(kept)["candidates"] if kept else [])
    ]


@field(CASE, "store")
def store(case: Thing, request: Request) -> Thing | None:
    raw = request.value("MATCH (k:Case {id: $p.id}) MATCH (s:Store) WHERE s.code = k.store_code RETURN s.id", id=case.id)
    return raw and Thing("Store", raw)


@field(CASE, "customer")
def customer(case: Thing, request: Request) -> Thing | None:
    named = request.rows(
        "MATCH (k:Case {id: $p.id}) MATCH (r:SourceRecord)-[:RESOLVES_TO]->(c) WHERE r.key = k.record RETURN c.id", id=case.id
    )
    tied = request.rows(
        "MATCH (k:Case {id: $p.id})<-[:IN_CASE]-(t)<-[:DID]-()-[:RESOLVES_TO]->(c) RETURN t.position, c.id", id=case.id
    )
    raw = named[0][0] if named else (min(tied)[1] if tied else None)
    return living(request, raw) if raw else None


@field(CASE, "replies")
def replies(case: Thing, request: Request) -> list[dict[str, Any]]:
    rows = request.rows(
        "MATCH (y:Reply)-->(k:Case) MATCH (y)-->(i:Identifier) WHERE k.id = $p.id RETURN properties(y), i.id", id=case.id
    )
    return [
        {
            "id": told["id"], "state": told["state"], "subject": told["subject"], "text": told["text"],
            "actor": told["made_by"], "sendAt": told["send_at"], "failure": told.get("failure"),
            "identifier": Thing("Identifier", identifier),
        }
        for told, identifier in sorted(rows, key=lambda row: (row[0]["made_at"], row[0]["id"]))
    ]  # fmt: skip


@field(CASE, "presence")
def presence(case: Thing, request: Request) -> list[dict[str, Any]]:
    told: dict[str, list[dict[str, Any]]] = {}
    for [each] in request.rows("MATCH (p:CasePresence) WHERE p.until > timestamp() RETURN properties(p)"):
        if each["case"] == case.id and not each["left"]:
            told.setdefault(each["account"], []).append(each)
    found = [
        {
            "account": account, "name": max(each["name"] for each in pages), "since": min(each["since"] for each in pages),
            "writing": any(each["writing"] for each in pages),
        }
        for account, pages in told.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each["since"], each["account"]))


@field("Query", "casesById")
def cases_by_id(_: None, request: Request, ids: list[str]) -> list[Thing]:
    asked = [read_id_of(CASE, each) for each in dict.fromkeys(ids)]
    return [Thing(CASE, raw) for raw in asked if request.rows(KNOWN, id=raw)]


@field("Query", "replyChannels")
def reply_channels(_: None, request: Request) -> list[str]:
    return []


@field(CASE, "follows")
def follows(case: Thing, request: Request) -> Thing | None:
    raw = request.value("MATCH (k:Case {id: $p.id})-[:FOLLOWS]->(f) RETURN f.id", id=case.id)
    return raw and Thing(CASE, raw)


def events_of(case: Thing, request: Request) -> list[dict[str, Any]]:
    rows = request.rows("MATCH (k:Case)-->(e:CaseEvent) WHERE k.id = $p.id RETURN properties(e)", id=case.id)
    return sorted((row[0] for row in rows), key=lambda each: each["id"])


@field(CASE, "clocks")
def clocks(case: Thing, request: Request) -> list[dict[str, Any]]:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    found = clocks_of(course(map(loaded, events_of(case, request)), 7, now), tables(), now)
    return [
        {
            "kind": each.kind, "state": each.state, "startedAt": each.started_at, "dueAt": each.due_at,
            "imminentAt": each.imminent_at, "breachedAt": each.breached_at, "metAt": each.met_at,
            "cancelledAt": each.cancelled_at, "paused": each.paused, "target": each.target,
            "targetsVersion": each.targets_version, "calendar": each.calendar, "calendarVersion": each.calendar_version,
        }
        for each in found
    ]  # fmt: skip


@field(CASE, "history")
def history(case: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    items = [(each["at"] + each["id"], Thing(EVENT, each["id"])) for each in events_of(case, request)]
    return page("case history", items, first, after)


@field(EVENT, "onlyThanks")
def only_thanks(event: Thing, request: Request) -> bool:
    return bool(value(event, request, "only_thanks"))


@field(EVENT, "reasons")
def reasons(event: Thing, request: Request) -> list[dict[str, Any]]:
    split = [each.split(" ", 1) for each in value(event, request, "why") or []]
    return [{"kind": each[0], "value": each[1] or None} for each in split]


@field(EVENT, "similar")
def similar(event: Thing, request: Request) -> list[Thing]:
    known = [each for each in value(event, request, "similar") or [] if request.rows(KNOWN, id=each)]
    return [Thing(CASE, each) for each in known if not value(Thing(CASE, each), request, "erased")]


@field(CASE, "suggestions")
def suggestions(case: Thing, request: Request) -> list[Thing]:
    if value(case, request, "listed") != "OPEN":
        return []
    happened = sorted(events_of(case, request), key=lambda each: each["position"])
    return [
        Thing(EVENT, each["id"])
        for place, each in enumerate(happened)
        if each["kind"] == "SUGGESTED"
        and ("TOPIC_SET" if each.get("topic") else "PRIORITY_SET") not in {later["kind"] for later in happened[place:]}
    ]


@field(EVENT, "touchpoint")
def of_event(event: Thing, request: Request) -> Thing | None:
    rows = request.rows(
        "MATCH (e:CaseEvent {id: $p.id}) MATCH (t:Touchpoint) WHERE t.id = e.touchpoint RETURN t.id, labels(t)", id=event.id
    )
    return thing(*rows[0]) if rows else None


@field(CASE, "interactions")
def interactions(case: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows(
        "MATCH (k:Case {id: $p.id})<-[i:IN_CASE]-(t) RETURN t.position, t.id, labels(t), i.rule, i.at", id=case.id
    )
    items = [(at, {"touchpoint": thing(raw, labels), "rule": rule, "tiedAt": tied}) for at, raw, labels, rule, tied in rows]
    return page("case interactions", items, first, after)


@field(CASE, "promises")
def of_case(case: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (m:Promise)-->(k:Case) WHERE k.id = $p.id RETURN m.due, m.id", id=case.id)
    return page("case promises", [(due + raw, Thing(PROMISE, raw)) for due, raw in rows], first, after)


@field(PROMISE, "touchpoint")
def made_in(promise: Thing, request: Request) -> Thing | None:
    rows = request.rows("MATCH (m:Promise {id: $p.id})-->(t:Touchpoint) RETURN t.id, labels(t)", id=promise.id)
    return thing(*rows[0]) if rows else None


def ids_of(customer: Thing, request: Request) -> dict[str, dict[str, Any]]:
    """Return the cases of a customer: those of their records, and those of what they did."""
    records = [row[0] for row in request.rows(OF_RECORDS, id=customer.id)]
    tied = request.rows("MATCH (t:Touchpoint)-[:IN_CASE]->(k:Case) RETURN t.record, k.id")
    theirs = {raw for record, raw in tied if record in records}
    return {raw: own for raw, own in request.rows(WHOLE) if own["record"] in records or raw in theirs}


@field("Customer", "cases")
def of_customer(
    customer: Thing, request: Request, listed: str | None = None, first: int | None = None, after: str | None = None
) -> dict[str, Any]:
    found = ids_of(customer, request).items()
    items = [(own["opened_at"] + raw, Thing(CASE, raw)) for raw, own in found if listed in (None, own["listed"])]
    return page("customer cases", items, first, after, newest_first=True)


@field("Customer", "promises")
def promised(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    records, theirs = [row[0] for row in request.rows(OF_RECORDS, id=customer.id)], ids_of(customer, request)
    rows = request.rows("MATCH (m:Promise) RETURN m.due, m.id, m.record, [(m)-->(k:Case) | k.id]")
    items = [
        (due + raw, Thing(PROMISE, raw)) for due, raw, record, of in rows if record in records or not theirs.keys().isdisjoint(of)
    ]
    return page("customer promises", items, first, after, newest_first=True)


@field("Touchpoint", "cases")
def of_touchpoint(touchpoint: Thing, request: Request) -> list[Thing]:
    rows = request.rows("MATCH (t:Touchpoint {id: $p.id})-[:IN_CASE]->(k) RETURN k.number, k.id", id=touchpoint.id)
    return [Thing(CASE, raw) for _, raw in sorted(rows)]


@field("Query", "route")
def route_of_nobody(_: None, request: Request, topic: str | None = None, language: str | None = None) -> dict[str, Any]:
    return sent(request, Caller(topic or None, language or None), [])


@field("Customer", "route")
def route_of(customer: Thing, request: Request, topic: str | None = None, language: str | None = None) -> dict[str, Any]:
    theirs = {raw: own for raw, own in ids_of(customer, request).items() if own["listed"] == "OPEN"}
    newest = sorted(theirs, key=lambda raw: (theirs[raw]["opened_at"], [-ord(each) for each in raw]), reverse=True)
    since = (datetime.now(UTC) - timedelta(days=90)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    records = [row[0] for row in request.rows(OF_RECORDS, id=customer.id)]
    contacts = sorted(
        (row for row in request.rows("MATCH (t:Touchpoint) RETURN t.position, t.record, t.staff, t.direction, t.channel, t.kind")
         if row[1] in records and row[0] > since and row[5] != "ORDER"), reverse=True
    )  # fmt: skip
    caller = Caller(
        topic or None,
        language or None,
        [OpenCase(*(theirs[raw].get(name) or None for name in ("topic", "team", "staff", "channel"))) for raw in newest],
        next((row[2] for row in contacts if row[2]), None),
        next((row[4] for row in contacts if row[3] == "INBOUND" and row[4] in WRITTEN), None),
    )
    return sent(request, caller, newest)


def sent(request: Request, caller: Caller, cases: list[str]) -> dict[str, Any]:
    """Return where a caller is sent, with everybody's load counted case by case."""
    now = datetime.now(UTC)
    text = now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    agents = [
        agent_of([told["account"], told, teams, [
            own.get("channel") or "" for _, own in request.rows(WHOLE)
            if own["staff"] == told["account"] and own["state"] in ("NEW", "OPEN")
        ]], text)
        for told, teams in request.rows("MATCH (s:Staff) RETURN properties(s), [(s)-->(t:Team) | t.code]") if teams
    ]  # fmt: skip
    found = route(caller, agents, now)
    case = None if found.case is None else Thing(CASE, cases[found.case])
    return {
        "case": case, "channel": found.channel, "team": found.team, "assignee": found.staff, "reasons": list(found.reasons),
    }  # fmt: skip
