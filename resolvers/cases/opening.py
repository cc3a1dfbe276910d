"""The mutation that opens a case."""

from __future__ import annotations

import strawberry

from graph.cases.opening import Opening, open_case
from graph.commands.command import Answer, Author, Command
from resolvers.access.tags import Tag
from resolvers.cases.case import Case
from resolvers.cases.inputs import LINE_LENGTH, NOTE_LENGTH, word
from resolvers.cases.sorting import current_sorter
from resolvers.cases.words import CasePriority
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.values.references import CASES


@strawberry.input(description="What a case is opened for: a customer, an interaction, a store, or several of them.")
class CaseOpenInput(CommandInput):
    subject: str = strawberry.field(description=f"What it is about, in one line, 1 to {LINE_LENGTH} characters.")
    customer_id: strawberry.ID | None = strawberry.field(default=None, description="Global id of the customer.")
    touchpoint_id: strawberry.ID | None = strawberry.field(
        default=None, description="Global id of the interaction that it is about; it then belongs to the case."
    )
    store_id: strawberry.ID | None = strawberry.field(default=None, description="Global id of the store that asks.")
    priority: CasePriority | None = strawberry.field(
        default=None, description="How pressing it is; if omitted, as a rule says, and NORMAL without one."
    )
    topic: str | None = strawberry.field(default=None, description="Topic, up to 100 characters; if omitted, as a rule says.")
    team: str | None = strawberry.field(default=None, description="Code of the team that gets it.")
    assignee: str | None = strawberry.field(default=None, description="Account of the employee who gets it.")
    note: str | None = strawberry.field(default=None, description=f"First note, up to {NOTE_LENGTH:,} characters.")
    another: bool = strawberry.field(
        default=False, description="True to open one although the interaction belongs to an open case already."
    )


@planned("What `caseOpen` did: the case.")
class CaseOpenPayload(CommandPayload):
    case: Case | None = referred("case", CASES, Tag.PUBLIC, "The case; null when it was refused.")


def command(author: Author, given: InputValue) -> Command:
    priority = given["priority"].value
    opening = Opening(
        subject=given["subject"].text("refusal.SUBJECT_LENGTH", least=1, most=LINE_LENGTH),
        customer=given["customerId"].raw_id("Customer") if given["customerId"].given else None,
        touchpoint=given["touchpointId"].raw_id() if given["touchpointId"].given else None,
        store=given["storeId"].raw_id("Store") if given["storeId"].given else None,
        priority=None if priority is None else str(priority),
        topic=word(given["topic"]),
        team=word(given["team"]),
        staff=word(given["assignee"]),
        note=given["note"].text("refusal.TEXT_LENGTH", most=NOTE_LENGTH),
        another=given["another"].value,
    )
    return open_case(author, opening, current_sorter())


def whose(given: InputValue) -> list[tuple[str, InputValue]]:
    asked = {"Customer": given["customerId"], "Touchpoint": given["touchpointId"], "Store": given["storeId"]}
    return [(thing, own_id) for thing, own_id in asked.items() if own_id.given]


def answered(_: InputValue, answer: Answer) -> Object:
    return {"case": answer["case"]}


OPEN = Mutation(
    "caseOpen",
    CaseOpenInput,
    CaseOpenPayload,
    "Open a case for a customer, an interaction or a store.",
    command,
    answered,
    whose=whose,
)
