"""The history of a case: what happened to it, with who and why, as far as its reader may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from resolvers.access.tags import Tag
from resolvers.cases.candidates import CANDIDATES, AssignmentCandidate
from resolvers.cases.sorting import REASONS, SIMILAR, CaseReason
from resolvers.cases.words import CaseEventKind, CasePriority, CaseState
from resolvers.engine.connections import Connection
from resolvers.engine.planner import many, one, page, planned, prop
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel

if TYPE_CHECKING:
    from resolvers.cases.case import Case

EVENTS: LiteralString = """
MATCH ({e}:CaseEvent) USING INDEX SEEK {e}:CaseEvent(case, position)
WHERE {e}.case = {v}.id AND {e}.position > ${after} AND {CaseEvent:e}
WITH {e} AS {n} ORDER BY {n}.case, {n}.position LIMIT ${limit}
"""
COUNTED: LiteralString = "COUNT {{ MATCH ({v})-[:HAS_EVENT]->({e}:CaseEvent) WHERE {CaseEvent:e} }}"


@planned("What happened to a case, or was said in it. What the staff do among themselves is not told to customers.")
class CaseEvent:
    id: strawberry.ID = prop("{v}.id", Tag.PUBLIC, "Id of the event, for `caseThanksUndo`.")
    kind: CaseEventKind = prop("{v}.kind", Tag.PUBLIC, "What happened.")
    occurred_at: DateTime = prop("{v}.at", Tag.PUBLIC, "Time at which it happened, UTC.")
    actor: str | None = prop(
        "{v}.actor",
        Tag.INTERNAL,
        "Account of the employee, or client id of the program, that did it; null where the customer or a rule did.",
    )
    note: str | None = prop("{v}.note", Tag.FREE_TEXT, "What was written: of a note, a resolution, a question or its answer.")
    state: CaseState | None = prop("{v}.state", Tag.PUBLIC, "State that was set; null for other kinds.")
    code: str | None = prop(
        "{v}.code", Tag.PUBLIC, "Code of the resolution, or of why an answer could not be sent; null if there is none."
    )
    priority: CasePriority | None = prop("{v}.priority", Tag.PUBLIC, "Priority that was set; null for other kinds.")
    topic: str | None = prop("{v}.topic", Tag.CASE, "Topic that was set; null for other kinds.")
    channel: Channel | None = prop("{v}.channel", Tag.ACTIVITY, "Channel of the message or answer; null for other kinds.")
    team: str | None = prop("{v}.team", Tag.INTERNAL, "Code of the team that got it or was asked; null if none.")
    staff: str | None = prop("{v}.staff", Tag.INTERNAL, "Account of the employee who got or declined it; null if none.")
    answer_by: DateTime | None = prop(
        "{v}.answer_by", Tag.PUBLIC, "Time by which an answer was asked for, UTC; null if none was."
    )
    tag: str | None = prop("{v}.tag", Tag.INTERNAL, "Tag that was added or removed; null for other kinds.")
    until: DateTime | None = prop(
        "{v}.until",
        Tag.PUBLIC,
        "Time until which it is snoozed, or by which it is to be taken up, UTC; null for other kinds.",
    )
    candidates: list[AssignmentCandidate] = CANDIDATES
    only_thanks: bool = prop(
        "COALESCE({v}.only_thanks, false)", Tag.PUBLIC, "Whether a message only says thanks, which opens nothing again."
    )
    rule: str | None = prop(
        "{v}.rule",
        Tag.INTERNAL,
        "Rule of the company's own that set topic or priority; `REPORTED` for a state that another system told; else null.",
    )
    reasons: list[CaseReason] = REASONS
    model: str | None = prop(
        "{v}.model",
        Tag.INTERNAL,
        "Model of past cases that set or suggested it: the time at which it was trained; null if none.",
    )
    probability: float | None = prop(
        "{v}.probability", Tag.INTERNAL, "How sure that model is, from 0 to 1, as measured on later cases; null without one."
    )
    similar: list[Annotated[Case, strawberry.lazy("resolvers.cases.case")]] = many(
        SIMILAR, Tag.INTERNAL, "Past cases that are the most like it, the most alike first, as far as you may read them."
    )
    about: str | None = prop(
        "{v}.about", Tag.PUBLIC, "Id of the earlier event, or of the reply, that this one is about; null if about none."
    )
    touchpoint: Touchpoint | None = one(
        "MATCH ({n}:Touchpoint {{id: {v}.touchpoint}})", Tag.ACTIVITY, "Interaction that it is; null for other kinds."
    )


CaseEventConnection = Connection[CaseEvent]
HISTORY: CaseEventConnection = page(
    "case history",
    EVENTS,
    Tag.PUBLIC,
    "What happened to it, the first thing first.",
    key="{v}.position",
    count=COUNTED,
)
