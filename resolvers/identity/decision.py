"""Decisions about identity: what a rule or a person decided about which records, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString, TypeAlias

import strawberry

from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.enums import words
from resolvers.engine.node import Node
from resolvers.engine.planner import one, page, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Page
from resolvers.identity.identifier import Identifier
from resolvers.identity.source_record import SourceRecord
from resolvers.timeline.seeks import NEWEST
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, message

if TYPE_CHECKING:
    from resolvers.people.customer import Customer
    from resolvers.touchpoints.touchpoint import Touchpoint

    # To a type checker a word is text, as in `words.py`.
    DecisionRule: TypeAlias = str
else:
    DecisionRule = words(
        "DecisionRule",
        "Rule by which source records belong to a customer.",
        {
            "NEW_RECORD": "New source record that is linked to no other.",
            "EXCLUSIVE_IDENTIFIER": "Same member number, card or account, which belongs to one person.",
            "VERIFIED_MAIL": "Same e-mail address, verified by both systems.",
            "MOBILE_NUMBER": "Same mobile number.",
            "NAME_AND_BIRTH_DATE": "Same full name and date of birth.",
            "NAME_BIRTH_DATE_AND_HOME": "Same given name, date of birth and home address.",
            "NAME_AND_HOME": "Same full name in writing, and same home address.",
            "SCORE": "Agreement field by field; it proposes a match and never links by itself.",
            "MAIL_AND_NAME": "Same e-mail address, not verified by both systems, and same full name.",
            "SEPARATED": "What linked the record to the others no longer does.",
            "TOO_LARGE": "The component has too many source records, so none of them is joined.",
            "FOLLOWED_DECISION": "Followed from a decision of an employee.",
            "MERGED_BY_PERSON": "An employee merged customers.",
            "NOT_SAME_BY_PERSON": "An employee decided that customers are different people.",
            "UNMERGED_BY_PERSON": "An employee undid a decision or took source records out.",
            "MOVED_BY_PERSON": "An employee moved a source record to another customer.",
            "ASSIGNED_BY_PERSON": "An employee assigned an anonymous contact.",
            "BLOCKED_BY_PERSON": "An employee blocked an identifier.",
            "FREED_BY_PERSON": "An employee freed a blocked identifier.",
        },
    )


@planned("Decision of a rule or an employee about which source records are one customer.")
class Decision(Node):
    rule: DecisionRule = prop("{v}.rule", Tag.IDENTITY, "Rule of the decision.")
    sentence: str = prop(
        "{v}.rule + COALESCE('.' + {v}.against, '')",
        Tag.IDENTITY,
        "The rule in words, for staff, and what stood against a link; contains no personal data.",
        form=message("rule"),
        arguments=IN_WORDS,
    )
    rule_version: str | None = prop("{v}.rule_version", Tag.IDENTITY, "Version of the rules; null for a decision of an employee.")
    actor: str = prop("{v}.actor", Tag.INTERNAL, "Account of the employee, or `system` for a rule.")
    decided_at: DateTime = prop("{v}.at", Tag.IDENTITY, "Time of the decision, UTC.")
    reason: str | None = prop("{v}.reason", Tag.FREE_TEXT, "Reason that the employee gave; null for a rule.")
    evidence: Identifier | None = one(
        "MATCH ({n}:Identifier {{id: {v}.evidence}})", Tag.IDENTITY, "Identifier on which a rule rested; null if there is none."
    )
    because: Annotated[Decision, strawberry.lazy("resolvers.identity.decision")] | None = one(
        "MATCH ({n}:Decision {{id: CASE {v}.rule WHEN 'FOLLOWED_DECISION' THEN {v}.evidence ELSE {v}.because END}})",
        Tag.IDENTITY,
        "Decision of an employee from which this one followed; null if there is none.",
    )
    undone_by: Annotated[Decision, strawberry.lazy("resolvers.identity.decision")] | None = one(
        "MATCH ({n}:Decision {{id: {v}.undone_by}})",
        Tag.IDENTITY,
        "Decision that undid this one; null while it stands.",
    )
    undoes: Annotated[Decision, strawberry.lazy("resolvers.identity.decision")] | None = one(
        "MATCH ({v})-[:CONCERNS]->()<-[:MOVED|CONCERNS]-({n}:Decision {{undone_by: {v}.id}}) WITH {n} ORDER BY {n}.id LIMIT 1",
        Tag.IDENTITY,
        "Decision that this one undid, of an employee or of a rule; null if there is none.",
    )
    touchpoint: Annotated[Touchpoint, strawberry.lazy("resolvers.touchpoints.touchpoint")] | None = one(
        "MATCH ({v})-[:ASSIGNS]->({n}:Touchpoint)",
        Tag.ACTIVITY,
        "Anonymous contact that the decision assigned; null if it is about none.",
    )
    from_customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        "MATCH ({n}:Customer {{id: {v}.from_customer}})",
        Tag.IDENTITY,
        "Customer that a record left; null for a new record, or if several records moved.",
    )
    to_customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        "MATCH ({n}:Customer {{id: {v}.to_customer}})",
        Tag.IDENTITY,
        "Customer that a record joined; null if several records moved.",
    )
    records: Connection[SourceRecord] = page(
        "decided records",
        """
        MATCH ({v})-[:MOVED|CONCERNS]->({n}:SourceRecord)
        WITH {n}, {n}.source + ':' + {n}.id AS {key} WHERE {key} > ${after}
        WITH {n} ORDER BY {key} LIMIT ${limit}
        """,
        Tag.IDENTITY,
        "Source records that the decision is about, by source system.",
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
    "Decisions about the source records of the customer, by rules and by employees, newest first.",
    PAGING,
)
