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
            "GIVEN_NAME_DIFFERS": "A rule speaks for one person, but first names agree in none.",
            "SURNAME_DIFFERS": "A rule speaks for one person, but surnames differ and no first name can be compared.",
            "BIRTH_DATE_DIFFERS": "A rule speaks for one person, but two real days of birth are not equal.",
            "NOTHING_TO_COMPARE": "A rule speaks for one person, but no name of one can be compared with any of the other.",
            "TOO_MANY_VALUES": "Together they would have more accounts, cards, mobiles or mails than one person can.",
            "MANY_NAMES": "So many people have given the same value that an employee decides.",
            "OVER_BOUND": "Too much hangs together here to be joined at all.",
            "BLOCKED_VALUE": "Both have something that was ruled out, or never told anybody from others.",
            "QUARANTINED_VALUE": "Both have something that is held back until an employee has looked at it.",
            "SHARED_VALUE": "Both have a landline, device or family number, which never links alone.",
            "NOT_VERIFIED": "Both have one mail address, but not each system has checked it.",
            "NOT_AT_ONE_TIME": "Both have had the same number or address, one after the other.",
            "NOTHING_IN_COMMON": "They share no number, address, card or account.",
        },
    )


def itself(found: Object | None) -> Object | None:
    return found


@planned("Two records that are one person, and what tells so.")
class IdentityLink:
    start: SourceRecord | None = referred(
        "start",
        RECORDS,
        Tag.IDENTITY,
        "Where this step of the chain begins.",
    )
    end: SourceRecord | None = referred(
        "end", RECORDS, Tag.IDENTITY, "The source record at which this step of the chain arrives."
    )
    rule: DecisionRule = entry("rule", Tag.IDENTITY, "By what the two are one person, as a fixed word.")
    sentence: str = prop(
        "rule", Tag.IDENTITY, "By what the two are one person, readable for staff.", form=message("rule"), arguments=IN_WORDS
    )
    since: DateTime | None = entry("since", Tag.IDENTITY, "When both were first known to have it, UTC.")
    identifier: Identifier | None = referred(
        "identifier", IDENTIFIERS, Tag.IDENTITY, "The number, address or account that both have; null if an employee decided it."
    )
    decision: Decision | None = referred(
        "decision", DECISIONS, Tag.IDENTITY, "What an employee decided; null if a rule tells it."
    )
    score: MatchScore = read(
        Made("score", as_entry), Tag.IDENTITY, "How far the two records agree besides, `start` first. No rule asks for it."
    )


@planned("How records of one customer hang together.")
class IdentityPath:
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = referred(
        "customer", CUSTOMERS, Tag.IDENTITY, "The customer to whom all of the records belong."
    )
    links: list[IdentityLink] = read(
        Entries("links", list),
        Tag.IDENTITY,
        "Each step, the strongest that there are, walked from `from`; empty for one record alone.",
    )


@planned("One thing that keeps two customers apart.")
class Obstacle:
    kind: ObstacleKind = entry("kind", Tag.IDENTITY, "What it is, as a fixed word.")
    sentence: str = prop(
        "kind",
        Tag.IDENTITY,
        "What keeps them apart, readable for staff, without any personal value.",
        form=message("obstacle"),
        arguments=IN_WORDS,
    )
    record: SourceRecord | None = referred(
        "record",
        RECORDS,
        Tag.IDENTITY,
        "The record of the first customer that it is about.",
    )
    other: SourceRecord | None = referred(
        "other",
        RECORDS,
        Tag.IDENTITY,
        "The record of the second customer that it is about.",
    )
    identifier: Identifier | None = referred(
        "identifier",
        IDENTIFIERS,
        Tag.IDENTITY,
        "What the two share in vain.",
    )
    decision: Decision | None = referred(
        "decision",
        DECISIONS,
        Tag.IDENTITY,
        "Where an employee decided so: who, when, why.",
    )


@planned("Two records, one of each customer, that agree more than any others of them.")
class ClosestRecords:
    record: SourceRecord | None = referred(
        "record",
        RECORDS,
        Tag.IDENTITY,
        "What a system says about the first customer.",
    )
    other: SourceRecord | None = referred(
        "other",
        RECORDS,
        Tag.IDENTITY,
        "What a system says about the second customer.",
    )
    score: MatchScore = read(Made("score", as_entry), Tag.IDENTITY, "How far they agree, `record` first.")


@planned("Why two are not one person.")
class WhyNot:
    same_customer: bool = entry(
        "sameCustomer", Tag.IDENTITY, "Whether they are one person after all; nothing keeps them apart then."
    )
    obstacles: list[Obstacle] = read(
        Entries("obstacles", list), Tag.IDENTITY, "Everything that keeps them apart, the gravest first."
    )
    closest: ClosestRecords | None = read(
        Made("closest", itself),
        Tag.IDENTITY,
        "What speaks for one person nevertheless: of the 20 oldest records of each, the two that agree most.",
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
    "By what source records are one person: the chain of records, shared identifiers, rules and decisions between "
    "two of them, or between all of a customer. Null where they are not one person.",
    {"from": END, "to": END},
)
why_not = read(
    Computed(explain_apart),
    Tag.IDENTITY,
    "What keeps the customers of two ids apart. Null where there is no such thing.",
    {"a": END, "b": END},
)
