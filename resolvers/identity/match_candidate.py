"""Pairs that a rule would have joined but for something that speaks against it: open until a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

from graph.explanation.sentences import sentence
from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import many, one, page, planned, prop
from resolvers.identity.decision import DecisionRule
from resolvers.identity.identifier import Identifier
from resolvers.identity.score import SCORE, MatchScore
from resolvers.identity.source_record import SourceRecord
from resolvers.values.sentences import IN_WORDS, in_words
from resolvers.values.words import words

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

    # To a type checker a word is text, as in `words.py`.
    CandidateReason: TypeAlias = str
else:
    CandidateReason = words(
        "CandidateReason",
        "What speaks against one person although two records share an identifier.",
        {
            "GIVEN_NAME_DIFFERS": "First names in one script agree in none.",
            "BIRTH_DATE_DIFFERS": "Two real days of birth are not equal.",
            "TOO_MANY_VALUES": "Together they would have more accounts, cards, mobiles or mails than one person can.",
            "MANY_NAMES": "So many people have given the value that an employee decides.",
        },
    )


@planned("Two customers that may be one person: a rule speaks for it, and something against it.")
class MatchCandidate(Node):
    reason: CandidateReason = prop("{v}.reason", Tag.IDENTITY, "What speaks against it, as a fixed word.")
    sentence: str = prop(
        "{v}.reason", Tag.IDENTITY, "What speaks against it, readable for staff.", form=in_words(sentence), arguments=IN_WORDS
    )
    rule: DecisionRule = prop("{v}.rule", Tag.IDENTITY, "By what they would have been joined.")
    identifier: Identifier | None = one(
        "MATCH ({n}:Identifier {{id: {v}.identifier}})", Tag.IDENTITY, "The number, address or account that both records have."
    )
    records: list[SourceRecord] = many(
        "MATCH ({v})-[:BETWEEN]->({n}:SourceRecord) WITH {n} ORDER BY {n}.source, {n}.id",
        Tag.IDENTITY,
        "The two between which it stands.",
    )
    score: MatchScore | None = SCORE


@planned("A customer who may be the same person as the one that was asked for.")
class CustomerMatch:
    candidate: MatchCandidate = one("UNWIND [{v}.candidate] AS {n}", Tag.IDENTITY, "What speaks for it and against it.")
    other: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] = one(
        "UNWIND [{v}.other] AS {n}", Tag.IDENTITY, "Who it may be: `matchCandidateDecide` takes both."
    )
    own_record: SourceRecord = one(
        "UNWIND [{v}.own] AS {n}", Tag.IDENTITY, "What a system says about the one that was asked for."
    )
    other_record: SourceRecord = one("UNWIND [{v}.record] AS {n}", Tag.IDENTITY, "What a system says about who it may be.")


CustomerMatchConnection = Connection[CustomerMatch]
match_candidates = page(
    "match candidates",
    """
    UNWIND {records} AS {s} MATCH ({s})<-[:BETWEEN]-({m}:MatchCandidate {{status: 'OPEN'}}) WHERE {m}.id > ${after}
    MATCH ({m})-[:BETWEEN]->({o}:SourceRecord)-[:RESOLVES_TO]->({c}:Customer) WHERE {o} <> {s}
    WITH {{key: {m}.id, candidate: {m}, own: {s}, record: {o}, other: {c}}} AS {n} ORDER BY {n}.key LIMIT ${limit}
    """,
    Tag.IDENTITY,
    "Who may be the same person and is kept apart by something, until somebody decides; in no particular order.",
    key="{v}.key",
    count="COUNT {{ UNWIND {records} AS {s} MATCH ({s})<-[:BETWEEN]-({m}:MatchCandidate {{status: 'OPEN'}}) RETURN {m} }}",
)
