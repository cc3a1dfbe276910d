"""Cases, and what happened to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from graph.cases.number import PREFIX, shown_number
from graph.cases.states import BY_PERSON, STATES
from graph.errors import InvalidInput
from resolvers.access.tags import Tag
from resolvers.cases.clocks import CLOCKS, CaseClock
from resolvers.cases.history import HISTORY, CaseEvent, CaseEventConnection
from resolvers.cases.presence import PRESENCE, CasePresence
from resolvers.cases.promise import PromiseConnection
from resolvers.cases.reply import REPLIES, CaseReply
from resolvers.cases.sorting import SUGGESTIONS
from resolvers.cases.words import CaseOrigin, CasePriority, CaseState
from resolvers.catalogue.store import Store
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import Argument, many, one, page, planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Choice, Given, One, Parameters
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

# (:Case {record}) = (:SourceRecord {key}), (:Case)<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
OF_CUSTOMER: LiteralString = """
CALL ({v}) {{
  MATCH (:SourceRecord {{key: {v}.record}})-[:RESOLVES_TO]->({c}:Customer) RETURN {c}, '' AS {at}
UNION
  MATCH ({v})<-[:IN_CASE]-({t}:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer) RETURN {c}, {t}.position AS {at}
}}
WITH {c} AS {n} ORDER BY {at} LIMIT 1
"""
# (:Touchpoint)-[:IN_CASE {rule, at}]->(:Case)
INTERACTIONS: LiteralString = """
MATCH ({v})<-[{i}:IN_CASE]-({t}:Touchpoint) WHERE {t}.position > ${after}
WITH {{touchpoint: {t}, key: {t}.position, rule: {i}.rule, at: {i}.at}} AS {n} ORDER BY {n}.key LIMIT ${limit}
"""


def settable(state: str) -> list[str]:
    return [each for each in STATES if each in BY_PERSON[state]]


def read_number(text: str) -> int:
    """Return the number in `C-1042` or `1042`; raise InvalidInput for anything else."""
    digits = text.strip().upper().removeprefix(PREFIX)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 15):
        raise InvalidInput("`number` is not the number of a case, such as `C-1042`.")
    return int(digits)


@planned("Interaction that belongs to a case.")
class CaseInteraction:
    touchpoint: Touchpoint | None = one(
        "UNWIND [{v}.touchpoint] AS {n}", Tag.PUBLIC, "The interaction; null where you may not read it."
    )
    rule: str = prop("{v}.rule", Tag.PUBLIC, "Why it belongs to the case: `PERSON`, or the evidence that tied it.")
    tied_at: DateTime = prop("{v}.at", Tag.PUBLIC, "Time at which it was tied, UTC.")


CaseInteractionConnection = Connection[CaseInteraction]


@planned("Case: work that the company owes a customer or a store, with the interactions that it is about.")
class Case(Node):
    number: str = prop("{v}.number", Tag.PUBLIC, "Number to say and write, for example `C-1042`.", form=shown_number)
    version: int = prop("{v}.version", Tag.PUBLIC, "Integer that grows with each change; for `version` of mutations.")
    subject: str | None = prop("{v}.subject", Tag.CASE, "What it is about, in one line.")
    origin: CaseOrigin = prop("{v}.origin", Tag.PUBLIC, "How it came to be opened.")
    source: str | None = prop("{v}.source", Tag.CASE, "System that reports it, for example `/zendesk`; null if none does.")
    external_id: str | None = prop(
        "{v}.external_id", Tag.CASE, "Its number in the system that reports it, for example a ticket; null if none does."
    )
    opened_at: DateTime = prop("{v}.opened_at", Tag.PUBLIC, "Time at which it was opened, UTC.")
    opened_by: str | None = prop(
        "CASE {v}.opened_by WHEN '' THEN null ELSE {v}.opened_by END",
        Tag.INTERNAL,
        "Account of the person, or client id of the program, that opened it; null where it opened by itself.",
    )
    state: CaseState = prop("{v}.state", Tag.PUBLIC, "How it stands.")
    since: DateTime = prop("{v}.since", Tag.PUBLIC, "Time since which it stands so, UTC.")
    next_states: list[CaseState] = prop(
        "{v}.state", Tag.PUBLIC, "States that a person may set now; empty for a closed case.", form=settable
    )
    priority: CasePriority = prop("{v}.priority", Tag.PUBLIC, "How pressing it is.")
    topic: str | None = prop("CASE {v}.topic WHEN '' THEN null ELSE {v}.topic END", Tag.CASE, "Topic; null if none is set.")
    channel: Channel | None = prop("{v}.channel", Tag.PUBLIC, "Channel by which it came; null if by none.")
    language: str | None = prop("{v}.language", Tag.PUBLIC, "Language, a BCP 47 tag such as `ja`; null if it is not known.")
    store: Store | None = one("MATCH ({n}:Store {{id: {v}.store_id}})", Tag.PUBLIC, "Store that it is of; null if of none.")
    team: str | None = prop(
        "CASE {v}.team WHEN '' THEN null ELSE {v}.team END", Tag.INTERNAL, "Code of the team that has it; null if none has."
    )
    assignee: str | None = prop(
        "CASE {v}.staff WHEN '' THEN null ELSE {v}.staff END",
        Tag.INTERNAL,
        "Account of the employee who has it; null if nobody has.",
    )
    queued_since: DateTime | None = prop(
        "CASE {v}.queued WHEN '' THEN null ELSE left({v}.queued, 27) END",
        Tag.INTERNAL,
        "Time since which it waits for somebody to have it, UTC; null if somebody has it, or nobody is to work on it now.",
    )
    assigned_automatically: bool = prop(
        "COALESCE({v}.offered, '') <> ''",
        Tag.INTERNAL,
        "Whether it was assigned to its assignee automatically and they have done nothing in it yet: they may decline it.",
    )
    take_up_by: DateTime | None = prop(
        "CASE WHEN {v}.offered IN ['', '~'] THEN null ELSE {v}.offered END",
        Tag.INTERNAL,
        "Time by which its assignee is to begin, UTC; after it somebody else gets it. Null if there is no such time.",
    )
    tags: list[str] = prop("COALESCE({v}.tags, [])", Tag.INTERNAL, "Tags, sorted.")
    snoozed_until: DateTime | None = prop(
        "{v}.snoozed_until", Tag.INTERNAL, "Time until which it is snoozed, UTC; null if it is not."
    )
    due_at: DateTime | None = prop(
        "CASE {v}.due WHEN '~' THEN null ELSE {v}.due END",
        Tag.PUBLIC,
        "Time by which the next thing is to be done for it, UTC; null if no clock runs.",
    )
    unanswered: bool = prop("{v}.unanswered", Tag.PUBLIC, "Whether the customer has written since they were last answered.")
    bounced: bool = prop(
        "{v}.bounced",
        Tag.PUBLIC,
        "Whether a reply came back or could not be sent, and nothing has gone out or come in since; false once it is done.",
    )
    last_message_at: DateTime | None = prop(
        "{v}.last_message_at", Tag.PUBLIC, "Time of the customer's last message, UTC; null if there is none."
    )
    reopen_count: int = prop("{v}.reopen_count", Tag.PUBLIC, "How often it was opened again after it had been resolved.")
    resolved_at: DateTime | None = prop(
        "{v}.resolved_at", Tag.PUBLIC, "Time at which it was last resolved, UTC; null if it never was."
    )
    resolution: str | None = prop("{v}.code", Tag.PUBLIC, "Code of its last resolution; null if it never was resolved.")
    escalated_to: str | None = prop(
        "CASE {v}.escalated_to WHEN '' THEN null ELSE {v}.escalated_to END",
        Tag.INTERNAL,
        "Code of the team that was asked and has not answered; null if none was.",
    )
    escalation_due_at: DateTime | None = prop(
        "{v}.escalation_due", Tag.INTERNAL, "Time by which that team is to answer, UTC; null if none was set."
    )
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        OF_CUSTOMER, Tag.ACTIVITY, "Customer that it is about; null where nobody knows who it is, and for a store's request."
    )
    follows: Annotated[Case, strawberry.lazy("resolvers.cases.case")] | None = one(
        "MATCH ({v})-[:FOLLOWS]->({n}:Case)", Tag.PUBLIC, "Closed case that it follows; null if it follows none."
    )
    suggestions: list[CaseEvent] = many(
        SUGGESTIONS, Tag.INTERNAL, "Topic and priority that a model of past cases suggests and nobody has decided on."
    )
    clocks: list[CaseClock] = CLOCKS
    promises: PromiseConnection = page(
        "case promises",
        "MATCH ({v})<-[:FOR]-({n}:Promise) WHERE {n}.due + {n}.id > ${after} WITH {n} ORDER BY {n}.due + {n}.id LIMIT ${limit}",
        Tag.ACTIVITY,
        "Promises that were made for it, what is due first before all others.",
        key="{v}.due + {v}.id",
        count="COUNT {{ ({v})<-[:FOR]-() }}",
        own=True,
    )
    replies: list[CaseReply] = REPLIES
    presence: list[CasePresence] = PRESENCE
    history: CaseEventConnection = HISTORY
    interactions: CaseInteractionConnection = page(
        "case interactions",
        INTERACTIONS,
        Tag.ACTIVITY,
        "Interactions that belong to it, the earliest first.",
        key="{v}.key",
        count="COUNT {{ ({v})<-[:IN_CASE]-() }}",
        own=True,
    )


CaseConnection = Connection[Case]


@strawberry.input(one_of=True, description="Key by which a case is found; exactly one.")
class CaseBy:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Global id.")
    number: str | None = strawberry.field(default=strawberry.UNSET, description="Number, with or without `C-`.")


def by_key(given: Given) -> Parameters:
    by = given["by"]
    return {"id": ids.decode_as("Case", by["id"])} if "id" in by else {"number": read_number(by["number"])}


BY_ID = One("MATCH ({n}:Case {{id: ${id}}})", bind=by_key)
BY_NUMBER = One("MATCH ({n}:Case {{number: ${number}}})", bind=by_key)
case = read(
    Choice(lambda given: BY_ID if "id" in given["by"] else BY_NUMBER),
    Tag.PUBLIC,
    "Case by a key; null if there is none that you may read.",
    {"by": Argument(CaseBy, "Key; exactly one member.")},
)
