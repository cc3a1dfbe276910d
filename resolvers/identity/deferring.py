"""The mutation by which a match candidate is put off: it waits behind all others, and nothing is decided."""

from __future__ import annotations

from datetime import UTC, datetime

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.decisions.later import LONGEST, defer_candidate
from resolvers.access.tags import Tag
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.identity.match_candidate import MatchCandidate
from resolvers.values.references import CANDIDATES
from resolvers.values.scalars import DateTime


@strawberry.input(description="A match candidate that is to wait.")
class MatchCandidateDeferInput(CommandInput):
    candidate_id: strawberry.ID = strawberry.field(description="Global id of the MatchCandidate.")
    until: DateTime | None = strawberry.field(
        default=None,
        description=f"Time until which it waits behind all others, UTC, at most {LONGEST.days} days away; null to bring it back.",
    )


@planned("What `matchCandidateDefer` did: the candidate, which is still open.")
class MatchCandidateDeferPayload(CommandPayload):
    candidate: MatchCandidate | None = referred(
        "candidate", CANDIDATES, Tag.IDENTITY, "The candidate; null when nothing was done."
    )


def deferring(author: Author, given: InputValue) -> Command:
    until: datetime | None = given["until"].value
    return defer_candidate(author, given["candidateId"].raw_id("MatchCandidate"), until and until.astimezone(UTC))


def answered(_: InputValue, answer: Answer) -> Object:
    return dict(answer)


MUTATIONS = (
    Mutation(
        "matchCandidateDefer",
        MatchCandidateDeferInput,
        MatchCandidateDeferPayload,
        "Put a match candidate behind all others until a time; it stays open.",
        deferring,
        answered,
    ),
)
