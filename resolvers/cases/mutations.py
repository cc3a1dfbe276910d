"""The mutations that work on several cases at once: who has them, and how they stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import strawberry

from graph.cases.assigning import assign
from graph.cases.setting import set_state, tag
from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.cases import availability, on_one, promise, replying, team_put
from resolvers.cases.case import Case
from resolvers.cases.inputs import CASES as SEVERAL
from resolvers.cases.inputs import NOTE_LENGTH, WORD_LENGTH, ExpectedCaseInput, expected_cases, whose_cases, word
from resolvers.cases.opening import OPEN
from resolvers.cases.words import CaseState
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.values.references import CASES

TAG = f"The tag, 1 to {WORD_LENGTH} characters."


@strawberry.input
class OnCasesInput(CommandInput):
    cases: list[ExpectedCaseInput] = strawberry.field(description=SEVERAL)


@strawberry.input(description="Who is to work on cases. With nothing but the cases, nobody and no team has them any more.")
class CaseAssignInput(OnCasesInput):
    take: bool = strawberry.field(
        default=False, description="True to take them yourself; refused where somebody else has one. Their team stays."
    )
    team: str | None = strawberry.field(default=None, description="Code of the team that gets them.")
    assignee: str | None = strawberry.field(default=None, description="Account of the employee who gets them.")


@strawberry.input(description="How cases are to stand.")
class CaseSetStateInput(OnCasesInput):
    state: CaseState = strawberry.field(description="The state; which may be set depends on the one that each case has.")
    code: str | None = strawberry.field(default=None, description="Code of the resolution, which RESOLVED needs.")
    note: str | None = strawberry.field(
        default=None, description=f"What was done, which RESOLVED needs, up to {NOTE_LENGTH:,} characters; for the staff only."
    )


@strawberry.type
class OnCasesPayload(CommandPayload):
    cases: list[Case] = referred("cases", CASES, Tag.PUBLIC, "The cases as they are now; empty when it was refused.")


@planned("What `caseAssign` did: the cases.")
class CaseAssignPayload(OnCasesPayload):
    pass


@strawberry.input(description="A tag that cases are to have.")
class CaseTagInput(OnCasesInput):
    tag: str = strawberry.field(description=TAG)


@strawberry.input(description="A tag that cases are not to have any more.")
class CaseUntagInput(OnCasesInput):
    tag: str = strawberry.field(description=TAG)


@planned("What `caseTag` did: the cases.")
class CaseTagPayload(OnCasesPayload):
    pass


@planned("What `caseUntag` did: the cases.")
class CaseUntagPayload(OnCasesPayload):
    pass


@planned("What `caseSetState` did: the cases.")
class CaseSetStatePayload(OnCasesPayload):
    pass


def assigning(author: Author, given: InputValue) -> Command:
    team, staff, take = word(given["team"]), word(given["assignee"]), given["take"].value
    if take and (team or staff):
        raise InvalidInput(Sentence("refusal.TAKE_OR_HAND_ON"), "/take")
    return assign(author, expected_cases(given), take=take, team=team, staff=staff)


def setting_state(author: Author, given: InputValue) -> Command:
    note = given["note"].text("refusal.TEXT_LENGTH", most=NOTE_LENGTH) or None
    return set_state(author, expected_cases(given), str(given["state"].value), word(given["code"]), note)


def tagging(on: bool, author: Author, given: InputValue) -> Command:
    name = given["tag"].text("refusal.NAME_LENGTH", least=1, most=WORD_LENGTH)
    return tag(author, expected_cases(given), name, on=on)


def answered(_: InputValue, answer: Answer) -> Object:
    return {"cases": answer["cases"]}


NONE: Mapping[str, list[str]] = {"cases": []}
MUTATIONS = (
    OPEN,
    *on_one.MUTATIONS,
    *promise.MUTATIONS,
    *replying.MUTATIONS,
    *team_put.MUTATIONS,
    *availability.MUTATIONS,
    Mutation(
        "caseAssign",
        CaseAssignInput,
        CaseAssignPayload,
        "Take cases, hand them on to an employee or a team, or let them go.",
        assigning,
        answered,
        refused=NONE,
        whose=whose_cases,
    ),
    Mutation(
        "caseSetState",
        CaseSetStateInput,
        CaseSetStatePayload,
        "Resolve cases, close them, wait for somebody, or open them again.",
        setting_state,
        answered,
        refused=NONE,
        whose=whose_cases,
    ),
    Mutation(
        "caseTag",
        CaseTagInput,
        CaseTagPayload,
        "Add a tag to cases.",
        partial(tagging, True),
        answered,
        refused=NONE,
        whose=whose_cases,
    ),
    Mutation(
        "caseUntag",
        CaseUntagInput,
        CaseUntagPayload,
        "Remove a tag from cases.",
        partial(tagging, False),
        answered,
        refused=NONE,
        whose=whose_cases,
    ),
)
