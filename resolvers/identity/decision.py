"""Decisions about identity: what a rule or a person decided about which records, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString, TypeAlias

import strawberry

from graph.resolution.sentences import sentence
from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import one, page, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Page
from resolvers.identity.identifier import Identifier
from resolvers.identity.source_record import SourceRecord
from resolvers.timeline.seeks import NEWEST
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, in_words
from resolvers.values.words import words

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

    # To a type checker a word is text, as in `words.py`.
    DecisionRule: TypeAlias = str
else:
    DecisionRule = words(
        "DecisionRule",
        "By what it was decided which customer a record belongs to.",
        {
            "NEW_RECORD": "A source record came that nothing ties to any before.",
            "EXCLUSIVE_IDENTIFIER": "A member number, card or account is the same; one person's alone.",
            "VERIFIED_MAIL": "The same address, checked by both systems.",
            "MOBILE_NUMBER": "They can be called under one and the same portable telephone.",
            "CAME_APART": "What tied it to others holds no more.",
            "OVER_BOUND": "Too many records hang together, so none of them is joined.",
            "SAID_BY_PERSON": "It followed from a decision that an employee had taken.",
            "MERGED_BY_PERSON": "An employee joined customers.",
            "NOT_SAME_BY_PERSON": "An employee keeps customers apart for good.",
            "UNMERGED_BY_PERSON": "An employee took a decision back, or took records out.",
            "MOVED_BY_PERSON": "An employee gave one record to another customer.",
            "ASSIGNED_BY_PERSON": "An employee said whose a contact was.",
            "BLOCKED_BY_PERSON": "An employee ruled that a value links nobody.",
            "FREED_BY_PERSON": "An employee ruled that a value may link again.",
        },
    )


@planned("What a rule or an employee decided about who is one person.")
class Decision(Node):
    rule: DecisionRule = prop("{v}.rule", Tag.IDENTITY, "By what it was decided, as a fixed word.")
    sentence: str = prop(
        "{v}.rule",
        Tag.IDENTITY,
        "Why, readable for staff, without any personal value.",
        form=in_words(sentence),
        arguments=IN_WORDS,
    )
    rule_version: str | None = prop("{v}.rule_version", Tag.IDENTITY, "Which edition of the rules was in force.")
    actor: str = prop("{v}.actor", Tag.INTERNAL, "`system` for a rule, or else the account of the employee.")
    at: DateTime = prop("{v}.at", Tag.IDENTITY, "When it was decided, UTC.")
    reason: str | None = prop("{v}.reason", Tag.FREE_TEXT, "Why, in the employee's words; null for a rule.")
    evidence: Identifier | None = one(
        "MATCH ({n}:Identifier {{id: {v}.evidence}})", Tag.IDENTITY, "The number, address or account on which a rule rested."
    )
    because: Annotated[Decision, strawberry.lazy("resolvers.identity.decision")] | None = one(
        "MATCH ({n}:Decision {{id: CASE {v}.rule WHEN 'SAID_BY_PERSON' THEN {v}.evidence ELSE {v}.because END}})",
        Tag.IDENTITY,
        "The employee's decision from which this one followed.",
    )
    undone_by: Annotated[Decision, strawberry.lazy("resolvers.identity.decision")] | None = one(
        "MATCH ({n}:Decision {{id: {v}.undone_by}})",
        Tag.IDENTITY,
        "The later decision that took this one back; null while it stands.",
    )
    from_customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        "MATCH ({n}:Customer {{id: {v}.from_customer}})",
        Tag.IDENTITY,
        "Whom a record left by it; null for a new record, or if many moved.",
    )
    to_customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        "MATCH ({n}:Customer {{id: {v}.to_customer}})", Tag.IDENTITY, "To whom a record came by it; null if many moved."
    )
    records: Connection[SourceRecord] = page(
        "decided records",
        """
        MATCH ({v})-[:MOVED|CONCERNS]->({n}:SourceRecord)
        WITH {n}, {n}.source + ':' + {n}.id AS {key} WHERE {key} > ${after}
        WITH {n} ORDER BY {key} LIMIT ${limit}
        """,
        Tag.IDENTITY,
        "What it was decided about, ordered by name of the system.",
        key="{v}.source + ':' + {v}.id",
        count="COUNT {{ ({v})-[:MOVED|CONCERNS]->(:SourceRecord) }}",
    )


# (:SourceRecord)<-[:MOVED|CONCERNS]-(:Decision), and those by which a record left that is somebody else's by now
CONCERNED: LiteralString = """
CALL ({v}, {records}) {{
  UNWIND {records} AS {s} MATCH ({s})<-[:MOVED|CONCERNS]-({d}:Decision) RETURN {d}
  UNION
  MATCH ({d}:Decision {{from_customer: {v}.id}}) RETURN {d}
}}
"""
DECIDED: LiteralString = (
    CONCERNED
    + """
WITH {d}, {d}.at + {d}.id AS {key} WHERE {key} < ${after}
WITH {d} AS {n} ORDER BY {key} DESC LIMIT ${limit}
"""
)
DecisionConnection = Connection[Decision]
decisions = read(
    Page("decisions", DECIDED, "{v}.at + {v}.id", "COUNT {{ " + CONCERNED + " RETURN {d} }}", NEWEST),
    Tag.IDENTITY,
    "Everything that was decided about their records, by rules and by employees, newest first.",
    PAGING,
)
