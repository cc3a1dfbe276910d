"""The mutations that work on one case: what it is, what is written in it, and which interactions belong to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

import strawberry

from graph.cases import offering, setting, tying, writing
from graph.commands.command import Answer, Author, Command
from graph.events.newest import utc_text
from resolvers.access.tags import Tag
from resolvers.cases.case import Case
from resolvers.cases.inputs import (
    CASE,
    LINE_LENGTH,
    NOTE_LENGTH,
    WORD_LENGTH,
    ExpectedCaseInput,
    expected,
    whose_case,
    word,
)
from resolvers.cases.words import CasePriority
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.values.references import CASES
from resolvers.values.scalars import DateTime

WRITTEN = f"1 to {NOTE_LENGTH:,} characters; for the staff only."


@strawberry.input
class OnCaseInput(CommandInput):
    case: ExpectedCaseInput = strawberry.field(description=CASE)


@strawberry.input(description="What is to be different about a case; what is left out stays.")
class CaseUpdateInput(OnCaseInput):
    subject: str | None = strawberry.field(default=None, description=f"Another subject, 1 to {LINE_LENGTH} characters.")
    priority: CasePriority | None = strawberry.field(default=None, description="Another priority.")
    topic: str | None = strawberry.field(
        default=None, description=f"Another topic, up to {WORD_LENGTH} characters; empty for none."
    )


@strawberry.input(description="Until when a case is snoozed.")
class CaseSnoozeInput(OnCaseInput):
    until: DateTime | None = strawberry.field(
        default=None, description="Time in the future until which it is out of the way; null wakes it."
    )


@strawberry.input(description="A note in a case.")
class CaseNoteInput(OnCaseInput):
    text: str = strawberry.field(description=f"The note, {WRITTEN}")


@strawberry.input(description="A question to another team.")
class CaseEscalateInput(OnCaseInput):
    team: str = strawberry.field(description="Code of the team that is asked.")
    note: str = strawberry.field(description=f"What is asked, {WRITTEN}")
    answer_by: DateTime | None = strawberry.field(
        default=None, description="Time in the future by which to answer; null for none."
    )


@strawberry.input(description="The answer to a question that is open in a case.")
class CaseAnswerInput(OnCaseInput):
    note: str = strawberry.field(description=f"The answer, {WRITTEN}")


@strawberry.input(description="A message that says more than thanks.")
class CaseThanksUndoInput(OnCaseInput):
    event_id: strawberry.ID = strawberry.field(description="Id of the CaseEvent of the message, as `Case.history` gave it.")


@strawberry.input
class OfTouchpointInput(OnCaseInput):
    touchpoint_id: strawberry.ID = strawberry.field(description="Global id of the interaction.")


@strawberry.input(description="An interaction that is to belong to a case.")
class CaseTieInput(OfTouchpointInput):
    pass


@strawberry.input(description="An interaction that is not to belong to a case any more.")
class CaseUntieInput(OfTouchpointInput):
    pass


@strawberry.input(description="A case that was assigned to you automatically and that somebody else is to get.")
class CaseDeclineInput(OnCaseInput):
    pass


@strawberry.type
class OnCasePayload(CommandPayload):
    case: Case | None = referred("case", CASES, Tag.PUBLIC, "The case as it is now; null when it was refused.")


@planned("What `caseUpdate` did: the case.")
class CaseUpdatePayload(OnCasePayload):
    pass


@planned("What `caseSnooze` did: the case.")
class CaseSnoozePayload(OnCasePayload):
    pass


@planned("What `caseDecline` did: the case.")
class CaseDeclinePayload(OnCasePayload):
    pass


@planned("What `caseNote` did: the case.")
class CaseNotePayload(OnCasePayload):
    pass


@planned("What `caseEscalate` did: the case.")
class CaseEscalatePayload(OnCasePayload):
    pass


@planned("What `caseAnswer` did: the case.")
class CaseAnswerPayload(OnCasePayload):
    pass


@planned("What `caseThanksUndo` did: the case.")
class CaseThanksUndoPayload(OnCasePayload):
    pass


@planned("What `caseTie` did: the case.")
class CaseTiePayload(OnCasePayload):
    pass


@planned("What `caseUntie` did: the case.")
class CaseUntiePayload(OnCasePayload):
    pass


def note(given: InputValue) -> str:
    return given.text("refusal.NOTE_LENGTH", least=1, most=NOTE_LENGTH)


def instant(given: InputValue) -> str | None:
    return utc_text(given.value.astimezone(UTC)) if given.given else None


def updating(author: Author, given: InputValue) -> Command:
    subject, priority, topic = given["subject"], given["priority"], given["topic"]
    return setting.update(
        author,
        expected(given["case"]),
        subject=subject.text("refusal.SUBJECT_LENGTH", least=1, most=LINE_LENGTH) if subject.given else None,
        priority=str(priority.value) if priority.given else None,
        topic=(word(topic) or "") if topic.given else None,
    )


def snoozing(author: Author, given: InputValue) -> Command:
    return setting.snooze(author, expected(given["case"]), instant(given["until"]))


def noting(author: Author, given: InputValue) -> Command:
    return writing.write_note(author, expected(given["case"]), note(given["text"]))


def declining(author: Author, given: InputValue) -> Command:
    return offering.decline(author, [expected(given["case"])])


def escalating(author: Author, given: InputValue) -> Command:
    team = given["team"].text("refusal.TEXT_LENGTH", most=WORD_LENGTH)
    return writing.escalate(author, expected(given["case"]), team, note(given["note"]), instant(given["answerBy"]))


def answering(author: Author, given: InputValue) -> Command:
    return writing.answer(author, expected(given["case"]), note(given["note"]))


def undoing(author: Author, given: InputValue) -> Command:
    return writing.undo_thanks(author, expected(given["case"]), given["eventId"].value)


def tying_one(author: Author, given: InputValue) -> Command:
    return tying.tie(author, expected(given["case"]), given["touchpointId"].raw_id())


def untying(author: Author, given: InputValue) -> Command:
    return tying.untie(author, expected(given["case"]), given["touchpointId"].raw_id())


def answered(_: InputValue, answer: Answer) -> Object:
    return {"case": answer["cases"][0]}


def with_touchpoint(given: InputValue) -> list[tuple[str, InputValue]]:
    return [*whose_case(given), ("Touchpoint", given["touchpointId"])]


ROWS: tuple[tuple[type[CommandInput], type[CommandPayload], str, Callable[[Author, InputValue], Command]], ...] = (
    (CaseUpdateInput, CaseUpdatePayload, "Change the subject, priority or topic of a case.", updating),
    (CaseSnoozeInput, CaseSnoozePayload, "Snooze a case until a time, or wake it.", snoozing),
    (
        CaseDeclineInput,
        CaseDeclinePayload,
        "Decline a case that was assigned to you automatically, before you have done anything in it.",
        declining,
    ),
    (CaseNoteInput, CaseNotePayload, "Write a note in a case, for the staff only.", noting),
    (CaseEscalateInput, CaseEscalatePayload, "Ask another team about a case; they read it as long as it is open.", escalating),
    (
        CaseAnswerInput,
        CaseAnswerPayload,
        "Answer the earliest question to a team of yours that is open in a case, else the earliest to any team.",
        answering,
    ),
    (CaseThanksUndoInput, CaseThanksUndoPayload, "Say that a message says more than thanks: the case opens again.", undoing),
    (CaseTieInput, CaseTiePayload, "Let an interaction belong to a case.", tying_one),
    (CaseUntieInput, CaseUntiePayload, "Take an interaction out of a case, as if it had never been in it.", untying),
)


def name_of(payload: type[CommandPayload]) -> str:
    name = payload.__name__.removesuffix("Payload")
    return name[0].lower() + name[1:]


MUTATIONS = tuple(
    Mutation(
        name_of(payload),
        taken,
        payload,
        description,
        make,
        answered,
        whose=with_touchpoint if issubclass(taken, OfTouchpointInput) else whose_case,
    )
    for taken, payload, description, make in ROWS
)
