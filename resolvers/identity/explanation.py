"""Why two records are one person, and why not: root fields whose answers are computed with the rules that decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph.errors import InvalidInput
from graph.explanation import explaining
from graph.explanation.scoring import Closest
from graph.explanation.sentences import sentence as against
from graph.explanation.surroundings import Said
from graph.keys import identifier_id
from graph.resolution.identifiers import IdentifierState
from graph.resolution.records import RecordState
from graph.resolution.sentences import sentence as because
from resolvers.access.policy import POLICY
from resolvers.access.readers import readers
from resolvers.engine import ids
from resolvers.engine.context import Context
from resolvers.engine.errors import Forbidden
from resolvers.identity.decision import DecisionRule
from resolvers.identity.score import MatchScore, scored
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import JAPANESE, InWords
from resolvers.values.words import IdentifierKind, Sharing, words

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    ObstacleKind: TypeAlias = str
else:
    ObstacleKind = words(
        "ObstacleKind",
        "What keeps two customers apart.",
        {
            "NOT_SAME": "An employee has decided that they are different people.",
            "GIVEN_NAME_DIFFERS": "A rule speaks for one person, but first names agree in none.",
            "BIRTH_DATE_DIFFERS": "A rule speaks for one person, but two real days of birth are not equal.",
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
READERS = readers(POLICY.readers("IdentityPath"))


def told(description: str) -> Any:
    return strawberry.field(description=description)


@strawberry.type(description="A source record on the way from one to the other.")
class ExplainedRecord:
    record_id: strawberry.ID = told("Global id of the SourceRecord, for `node`.")
    source: str = told("Name of the system that keeps it.")
    external_id: str = told("How that system numbers the person.")
    name: str | None = told("Full text as that system wrote it, in its own script.")

    @classmethod
    def of(cls, record: RecordState | None) -> ExplainedRecord | None:
        if record is None:
            return None
        own = strawberry.ID(ids.encode("SourceRecord", record.properties["id"]))
        return cls(record_id=own, source=record.source, external_id=record.external_id, name=record.properties.get("name_full"))


@strawberry.type(description="What two records share.")
class ExplainedIdentifier:
    identifier_id: strawberry.ID = told("Global id, for `node` and for `identifierBlock`.")
    kind: IdentifierKind = told("Which sort of number, address or account it is.")
    value: str = told("As it is compared: E.164, lower case ...")
    sharing: Sharing = told("Whether one person, a household, a company or anybody stands behind it.")

    @classmethod
    def of(cls, identifier: IdentifierState | None) -> ExplainedIdentifier | None:
        if identifier is None:
            return None
        own = strawberry.ID(ids.encode("Identifier", identifier_id(identifier.key)))
        return cls(identifier_id=own, kind=identifier.kind, value=identifier.value, sharing=identifier.sharing)


@strawberry.type(description="Who said it, when and why.")
class ExplainedDecision:
    decision_id: strawberry.ID = told("Global id of the Decision, by which `customerUnmerge` takes it back.")
    actor: str = told("Account of the employee.")
    at: DateTime = told("When it was decided, UTC.")
    reason: str = told("Why, in the employee's words.")

    @classmethod
    def of(cls, said: Said | None) -> ExplainedDecision | None:
        if said is None:
            return None
        own = strawberry.ID(ids.encode("Decision", said.decision))
        return cls(decision_id=own, actor=said.actor, at=DateTime(said.at), reason=said.reason)


@strawberry.type(description="Two records that are one person, and what tells so.")
class IdentityLink:
    start: ExplainedRecord | None = told("Where this step of the chain begins.")
    end: ExplainedRecord | None = told("The source record at which this step of the chain arrives.")
    rule: DecisionRule = told("By what the two are one person, as a fixed word.")
    since: DateTime | None = told("When both were first known to have it, UTC.")
    identifier: ExplainedIdentifier | None = told("The number, address or account that both have; null if an employee said so.")
    decision: ExplainedDecision | None = told("What an employee said; null if a rule tells it.")
    score: MatchScore = strawberry.field(description="How far the two records agree besides, `start` first. No rule asks for it.")

    @strawberry.field(description="By what the two are one person, readable for staff.")
    def sentence(self, language: InWords = JAPANESE) -> str:
        return because(self.rule, language)


@strawberry.type(description="How records of one customer hang together.")
class IdentityPath:
    customer_id: strawberry.ID = told("Global id to ask for with `customer(by: {id})`.")
    links: list[IdentityLink] = told("Each step, the strongest that there are, walked from `from`; empty for one record alone.")


@strawberry.type(description="One thing that keeps two customers apart.")
class Obstacle:
    kind: ObstacleKind = told("What it is, as a fixed word.")
    record: ExplainedRecord | None = told("The record of the first customer that it is about.")
    other: ExplainedRecord | None = told("The record of the second customer that it is about.")
    identifier: ExplainedIdentifier | None = told("What the two share in vain.")
    decision: ExplainedDecision | None = told("Where an employee said so: who, when, why.")

    @strawberry.field(description="What keeps them apart, readable for staff, without any personal value.")
    def sentence(self, language: InWords = JAPANESE) -> str:
        return against(self.kind, language)


@strawberry.type(description="Two records, one of each customer, that agree more than any others of them.")
class ClosestRecords:
    record: ExplainedRecord | None = told("What a system says about the first customer.")
    other: ExplainedRecord | None = told("What a system says about the second customer.")
    score: MatchScore = strawberry.field(description="How far they agree, `record` first.")

    @classmethod
    def of(cls, found: Closest | None) -> ClosestRecords | None:
        if found is None:
            return None
        one, other = (ExplainedRecord.of(each) for each in (found.record, found.other))
        return cls(record=one, other=other, score=scored(found.score))


@strawberry.type(description="Why two are not one person.")
class WhyNot:
    same_customer: bool = told("Whether they are one person after all; nothing keeps them apart then.")
    obstacles: list[Obstacle] = told("Everything that keeps them apart, the gravest first.")
    closest: ClosestRecords | None = told(
        "What speaks for one person nevertheless: of the 20 oldest records of each, the two that agree most."
    )


End = Annotated[
    strawberry.ID, strawberry.argument(description="Global id of a SourceRecord, or of a Customer for all its records.")
]
FROM = strawberry.argument(description="Global id of a SourceRecord, or of a Customer for all its records.", name="from")


async def identity_path(info: strawberry.Info[Context], start: Annotated[strawberry.ID, FROM], to: End) -> IdentityPath | None:
    found = await explaining.identity_path(_context(info).store, _end(start), _end(to))
    if found is None:
        return None
    links = [
        IdentityLink(
            start=ExplainedRecord.of(step.start),
            end=ExplainedRecord.of(step.end),
            rule=step.rule,
            since=DateTime(step.since) if step.since else None,
            identifier=ExplainedIdentifier.of(step.identifier),
            decision=ExplainedDecision.of(step.said),
            score=scored(step.score),
        )
        for step in found.steps
    ]
    return IdentityPath(customer_id=strawberry.ID(ids.encode("Customer", found.customer)), links=links)


async def why_not(info: strawberry.Info[Context], a: End, b: End) -> WhyNot | None:
    apart = await explaining.why_not(_context(info).store, _end(a), _end(b))
    if apart is None:
        return None
    found = [
        Obstacle(
            kind=reason.kind,
            record=ExplainedRecord.of(reason.record),
            other=ExplainedRecord.of(reason.other),
            identifier=ExplainedIdentifier.of(reason.identifier),
            decision=ExplainedDecision.of(reason.said),
        )
        for reason in apart.reasons
    ]
    return WhyNot(same_customer=not found, obstacles=found, closest=ClosestRecords.of(apart.closest))


def _context(info: strawberry.Info[Context]) -> Context:
    if not info.context.viewer.may_read("IdentityPath"):
        raise Forbidden("Your role may not read this.")
    return info.context


def _end(given: str) -> str:
    type_name, raw = ids.decode(given)
    if type_name not in ("Customer", "SourceRecord"):
        raise InvalidInput("This id belongs neither to a Customer nor to a SourceRecord.")
    return raw


identity_path_field = strawberry.field(
    resolver=identity_path,
    description="By what source records are one person: the chain of records, shared identifiers, rules and decisions between "
    "two of them, or between all of a customer. Null where they are not one person.",
    directives=[READERS],
)
why_not_field = strawberry.field(
    resolver=why_not,
    description="What keeps the customers of two ids apart. Null where there is no such thing.",
    directives=[READERS],
)
