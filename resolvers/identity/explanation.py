"""Why two records are one person, and why not: root fields whose answers are computed with the rules that decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

from graph.errors import InvalidInput
from graph.explanation import explaining
from graph.explanation.explaining import Reason, Step
from graph.explanation.scoring import Closest
from graph.keys import identifier_id
from graph.resolution.identifiers import IdentifierState
from graph.resolution.records import RecordState
from resolvers.access.tags import Tag
from resolvers.engine import ids
from resolvers.engine.enums import words
from resolvers.engine.planner import Argument, entry, planned, prop, referred
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Call, Computed, Entries, Made, Object
from resolvers.identity.decision import Decision, DecisionRule
from resolvers.identity.identifier import Identifier
from resolvers.identity.score import MatchScore, as_entry
from resolvers.identity.source_record import SourceRecord
from resolvers.values.references import CUSTOMERS, DECISIONS, IDENTIFIERS, RECORDS
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, message

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

    # To a type checker a word is text, as in `words.py`.
    ObstacleKind: TypeAlias = str
else:
    ObstacleKind = words(
        "ObstacleKind",
        "What keeps two customers apart.",
        {
            "NOT_SAME": "An employee has decided that they are different people.",
            "GIVEN_NAME_DIFFERS": "A rule would join them, but no given names agree.",
            "SURNAME_DIFFERS": "A rule would join them, but the surnames differ and no given name can be compared.",
            "BIRTH_DATE_DIFFERS": "A rule would join them, but the dates of birth differ.",
            "NOTHING_TO_COMPARE": "A rule would join them, but one tells no name, or the names cannot be compared.",
            "TOO_MANY_VALUES": "Together they would have more accounts, cards or contact points than one person can have.",
            "MANY_NAMES": "The shared identifier is used with so many given names that an employee has to decide.",
            "TOO_LARGE": "Their component has too many source records, so none of them is joined.",
            "BLOCKED_VALUE": "They share an identifier that is blocked.",
            "QUARANTINED_VALUE": "They share an identifier that is quarantined until an employee has reviewed it.",
            "SHARED_VALUE": "They share only an identifier that never links alone: a landline, a device, a number of a family.",
            "NOT_VERIFIED": "They share an e-mail address that not both systems have verified.",
            "AT_DIFFERENT_TIMES": "They used the shared identifier one after the other.",
            "NOTHING_IN_COMMON": "They share no identifier.",
        },
    )


def itself(found: Object | None) -> Object | None:
    return found


@planned("Step of an identity path: two source records of one customer, and what links them.")
class IdentityLink:
    start: SourceRecord | None = referred(
        "start",
        RECORDS,
        Tag.IDENTITY,
        "Source record at which the step begins.",
    )
    end: SourceRecord | None = referred("end", RECORDS, Tag.IDENTITY, "Source record at which the step ends.")
    rule: DecisionRule = entry("rule", Tag.IDENTITY, "Rule that links the two records.")
    sentence: str = prop("rule", Tag.IDENTITY, "The rule in words, for staff.", form=message("rule"), arguments=IN_WORDS)
    since: DateTime | None = entry(
        "since", Tag.IDENTITY, "Time from which both had the identifier, or of the decision, UTC; null if unknown."
    )
    identifier: Identifier | None = referred(
        "identifier", IDENTIFIERS, Tag.IDENTITY, "Identifier that both records share; null for a decision of an employee."
    )
    decision: Decision | None = referred("decision", DECISIONS, Tag.IDENTITY, "Decision of an employee; null for a rule.")
    score: MatchScore = read(
        Made("score", as_entry), Tag.IDENTITY, "How far the two records agree, `start` first; for information, no rule uses it."
    )


@planned("Why source records are one customer: the links between them.")
class IdentityPath:
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = referred(
        "customer", CUSTOMERS, Tag.IDENTITY, "Customer of all these records."
    )
    links: list[IdentityLink] = read(
        Entries("links", list),
        Tag.IDENTITY,
        "Links in order, from `from` to `to`, the strongest there are; empty for a single record.",
    )


@planned("Reason why two customers are not joined.")
class Obstacle:
    kind: ObstacleKind = entry("kind", Tag.IDENTITY, "Kind of the reason.")
    sentence: str = prop(
        "kind",
        Tag.IDENTITY,
        "The reason in words, for staff; contains no personal data.",
        form=message("obstacle"),
        arguments=IN_WORDS,
    )
    record: SourceRecord | None = referred(
        "record",
        RECORDS,
        Tag.IDENTITY,
        "Source record of `a` that the reason is about; null if it is about none.",
    )
    other: SourceRecord | None = referred(
        "other",
        RECORDS,
        Tag.IDENTITY,
        "Source record of `b` that the reason is about; null if it is about none.",
    )
    identifier: Identifier | None = referred(
        "identifier",
        IDENTIFIERS,
        Tag.IDENTITY,
        "Identifier that they share and that does not join them; null if there is none.",
    )
    decision: Decision | None = referred(
        "decision",
        DECISIONS,
        Tag.IDENTITY,
        "Decision of an employee to keep them apart; null for any other reason.",
    )


@planned("The two source records, one of each customer, that agree most.")
class ClosestRecords:
    record: SourceRecord | None = referred(
        "record",
        RECORDS,
        Tag.IDENTITY,
        "Source record of `a`.",
    )
    other: SourceRecord | None = referred(
        "other",
        RECORDS,
        Tag.IDENTITY,
        "Source record of `b`.",
    )
    score: MatchScore = read(Made("score", as_entry), Tag.IDENTITY, "How far the two records agree, `record` first.")


@planned("Why two customers are not one person.")
class WhyNot:
    same_customer: bool = entry(
        "sameCustomer", Tag.IDENTITY, "Whether both ids belong to one customer; `obstacles` is empty then."
    )
    obstacles: list[Obstacle] = read(
        Entries("obstacles", list), Tag.IDENTITY, "Reasons why they are not joined, the gravest first."
    )
    closest: ClosestRecords | None = read(
        Made("closest", itself),
        Tag.IDENTITY,
        "Of the 20 oldest records of each, the two that agree most; null if they are one customer.",
    )


async def explain_path(call: Call) -> Object | None:
    found = await explaining.identity_path(call.store, _end(call.given["from"]), _end(call.given["to"]))
    if found is None:
        return None
    return await call.read(
        {"customer": found.customer, "links": [_link(step) for step in found.steps]},
        call.store,
    )


async def explain_apart(call: Call) -> Object | None:
    apart = await explaining.why_not(call.store, _end(call.given["a"]), _end(call.given["b"]))
    if apart is None:
        return None
    found = [_obstacle(reason) for reason in apart.reasons]
    closest = _closest(apart.closest) if apart.closest else None
    return await call.read({"sameCustomer": not found, "obstacles": found, "closest": closest}, call.store)


def _link(step: Step) -> Object:
    return {
        "start": _record(step.start),
        "end": _record(step.end),
        "rule": step.rule,
        "since": step.since,
        "identifier": _identifier(step.identifier),
        "decision": step.said and step.said.decision,
        "score": step.score,
    }


def _obstacle(reason: Reason) -> Object:
    return {
        "kind": reason.kind,
        "record": _record(reason.record),
        "other": _record(reason.other),
        "identifier": _identifier(reason.identifier),
        "decision": reason.said and reason.said.decision,
    }


def _closest(found: Closest) -> Object:
    return {"record": _record(found.record), "other": _record(found.other), "score": found.score}


def _record(record: RecordState | None) -> str | None:
    return record and record.properties["id"]


def _identifier(identifier: IdentifierState | None) -> str | None:
    return identifier and identifier_id(identifier.key)


def _end(given: str) -> str:
    type_name, raw = ids.decode(given)
    if type_name not in ("Customer", "SourceRecord"):
        raise InvalidInput("This id belongs neither to a Customer nor to a SourceRecord.")
    return raw


END = Argument(strawberry.ID, "Global id of a SourceRecord, or of a Customer for all its records.")
identity_path = read(
    Computed(explain_path),
    Tag.IDENTITY,
    "Why source records are one customer: the chain of records, shared identifiers, rules and decisions between two of "
    "them, or between all of a customer. Null if they are not one customer.",
    {"from": END, "to": END},
)
why_not = read(
    Computed(explain_apart),
    Tag.IDENTITY,
    "Why two customers are not one person; the order of the two ids does not matter. Null if an id is not found.",
    {"a": END, "b": END},
)
