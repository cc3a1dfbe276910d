"""Pairs that a rule would have joined but for something that speaks against it: open until a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.enums import words
from resolvers.engine.node import Node
from resolvers.engine.planner import many, one, page, planned, prop
from resolvers.identity.decision import DecisionRule
from resolvers.identity.identifier import Identifier
from resolvers.identity.score import SCORE, MatchScore
from resolvers.identity.source_record import SourceRecord
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, message

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

    # To a type checker a word is text, as in `words.py`.
    CandidateReason: TypeAlias = str
else:
    CandidateReason = words(
        "CandidateReason",
        "Why two records were not joined by a rule, although they may be one person.",
        {
            "GIVEN_NAME_DIFFERS": "The given names differ.",
            "SURNAME_DIFFERS": "The surnames differ, and no given name can be compared.",
            "BIRTH_DATE_DIFFERS": "The dates of birth differ.",
            "NOTHING_TO_COMPARE": (
                "One is an account that tells no name, or the names are in scripts that cannot be compared, and nothing but a "
                "mobile number or e-mail address speaks for one person."
            ),
            "TOO_MANY_VALUES": (
                "Together they would have more accounts, cards, mobile numbers or e-mail addresses than one person can have."
            ),
            "MANY_NAMES": "The identifier is used with so many given names that an employee has to decide.",
            "LIKELY_SAME": "No rule joins them, but they agree in so much that they are probably one person.",
        },
    )


@planned(
    "Two source records of different customers that may be one person: a rule would join them, and something speaks against it."
)
class MatchCandidate(Node):
    reason: CandidateReason = prop("{v}.reason", Tag.IDENTITY, "Why the records were not joined.")
    sentence: str = prop(
        "{v}.reason", Tag.IDENTITY, "The reason in words, for staff.", form=message("obstacle"), arguments=IN_WORDS
    )
    rule: DecisionRule = prop("{v}.rule", Tag.IDENTITY, "Rule that would join the records.")
    identifier: Identifier | None = one(
        "MATCH ({n}:Identifier {{id: {v}.identifier}})",
        Tag.IDENTITY,
        "Identifier that both records share; null if there is none.",
    )
    records: list[SourceRecord] = many(
        "MATCH ({v})-[:BETWEEN]->({n}:SourceRecord) WITH {n} ORDER BY {n}.source, {n}.id",
        Tag.IDENTITY,
        "The two source records, by source system.",
    )
    score: MatchScore | None = SCORE
    deferred_until: DateTime | None = prop(
        "{v}.deferred_until", Tag.IDENTITY, "Time until which it waits behind all others, UTC; null if nobody put it off."
    )


@planned("A match candidate as seen from one of its two customers: the other customer, and the record of each.")
class CustomerMatchCandidate:
    candidate: MatchCandidate = one(
        "UNWIND [{v}.candidate] AS {n}",
        Tag.IDENTITY,
        "The match candidate between the two customers; `matchCandidateDecide` takes its id.",
    )
    other: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] = one(
        "UNWIND [{v}.other] AS {n}", Tag.IDENTITY, "The other customer; `matchCandidateDecide` takes both."
    )
    own_record: SourceRecord = one("UNWIND [{v}.own] AS {n}", Tag.IDENTITY, "Source record of the requested customer.")
    other_record: SourceRecord = one("UNWIND [{v}.record] AS {n}", Tag.IDENTITY, "Source record of the other customer.")


CustomerMatchCandidateConnection = Connection[CustomerMatchCandidate]
match_candidates = page(
    "match candidates",
    """
    UNWIND {records} AS {s} MATCH ({s})<-[:BETWEEN]-({m}:MatchCandidate {{status: 'OPEN'}}) WHERE {m}.id > ${after}
    MATCH ({m})-[:BETWEEN]->({o}:SourceRecord)-[:RESOLVES_TO]->({c}:Customer) WHERE {o} <> {s}
    WITH {{key: {m}.id, candidate: {m}, own: {s}, record: {o}, other: {c}}} AS {n} ORDER BY {n}.key LIMIT ${limit}
    """,
    Tag.IDENTITY,
    "Customers who may be the same person and wait for a decision; in no particular order.",
    key="{v}.key",
    count="COUNT {{ UNWIND {records} AS {s} MATCH ({s})<-[:BETWEEN]-({m}:MatchCandidate {{status: 'OPEN'}}) RETURN {m} }}",
)
