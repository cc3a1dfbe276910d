"""The mutations that answer a customer, and take an answer back that has not left."""

from __future__ import annotations

import strawberry

from graph.commands.command import Author, Command
from graph.replies import writing
from resolvers.cases.channels import reply_channels
from resolvers.cases.inputs import LINE_LENGTH, NOTE_LENGTH, expected, whose_case
from resolvers.cases.on_one import OnCaseInput, OnCasePayload, answered, note
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import Mutation
from resolvers.engine.planner import planned


@strawberry.input(description="Answer to the customer of a case.")
class CaseReplyInput(OnCaseInput):
    identifier_id: strawberry.ID = strawberry.field(
        description="Global id of the address or account that it goes to: one by which an interaction of the case came, or of "
        "its customer; an e-mail address or a LINE account."
    )
    text: str = strawberry.field(description=f"What is written, 1 to {NOTE_LENGTH:,} characters.")
    subject: str | None = strawberry.field(
        default=None,
        description=f"Subject line of a mail, up to {LINE_LENGTH} characters; that of the answered message if omitted.",
    )


@strawberry.input(description="Reply that is not to be sent.")
class CaseReplyUndoInput(OnCaseInput):
    reply_id: strawberry.ID = strawberry.field(description="Id of the reply, as `Case.replies` gave it.")


@planned("What `caseReply` did: the case, with the reply among those that wait.")
class CaseReplyPayload(OnCasePayload):
    pass


@planned("What `caseReplyUndo` did: the case.")
class CaseReplyUndoPayload(OnCasePayload):
    pass


def replying(author: Author, given: InputValue) -> Command:
    letter = writing.Letter(
        identifier=given["identifierId"].raw_id("Identifier"),
        text=note(given["text"]),
        subject=" ".join(given["subject"].text("refusal.SUBJECT_LENGTH", most=LINE_LENGTH).split()),
    )
    return writing.reply(author, expected(given["case"]), letter, reply_channels())


def undoing(author: Author, given: InputValue) -> Command:
    return writing.take_back(author, expected(given["case"]), str(given["replyId"].value))


MUTATIONS = (
    Mutation(
        "caseReply",
        CaseReplyInput,
        CaseReplyPayload,
        "Answer the customer of a case by mail or LINE; for ten seconds it can be taken back.",
        replying,
        answered,
        whose=whose_case,
    ),
    Mutation(
        "caseReplyUndo",
        CaseReplyUndoInput,
        CaseReplyUndoPayload,
        "Take a reply back that waits or could not be sent.",
        undoing,
        answered,
        whose=whose_case,
    ),
)
