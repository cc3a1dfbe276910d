"""The mutation that records what a customer said about being contacted."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, TypeAlias

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.consents.recording import Statement, record_consent
from graph.events.newest import utc_text
from graph.identity.consent import GRANTED, REFUSED
from resolvers.access.tags import Tag
from resolvers.engine.enums import words
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.identity.inputs import ExpectedCustomerInput, expected
from resolvers.identity.source_record import SourceRecord
from resolvers.people.consent_words import Purpose
from resolvers.people.customer import Customer
from resolvers.values.references import CUSTOMERS, RECORDS, REQUESTED
from resolvers.values.scalars import DateTime

TAKEN_BACK = "TAKEN_BACK"
LONGEST = {"how": 200, "text": 10_000, "document": 1_000}
"""Member of a proof -> its longest text."""

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    ConsentStatement: TypeAlias = str
else:
    ConsentStatement = words(
        "ConsentStatement",
        "What a customer says about a purpose.",
        {
            GRANTED: "They agree.",
            REFUSED: "They refuse, or do not agree any longer.",
            TAKEN_BACK: "What was recorded here before holds no more, as if nothing had been said; what systems reported stays.",
        },
    )


@strawberry.input(description="Proof of what a customer said.")
class ConsentProofInput:
    how: str | None = strawberry.field(
        default=None, description=f"How they said it, such as by telephone; up to {LONGEST['how']} characters."
    )
    text: str | None = strawberry.field(
        default=None, description=f"Wording that they were shown or read, with its version; up to {LONGEST['text']:,} characters."
    )
    document: str | None = strawberry.field(
        default=None,
        description=f"Name or URL of the form or recording that is kept; up to {LONGEST['document']:,} characters.",
    )


@strawberry.input(description="What a customer says about being contacted, or about the use of their data.")
class ConsentRecordInput(CommandInput):
    customer: ExpectedCustomerInput = strawberry.field(description="The customer, as last read.")
    purpose: Purpose = strawberry.field(description="What it is about.")
    statement: ConsentStatement = strawberry.field(description="What they say.")
    contact_point_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Global id of the Identifier that they say it of, one of theirs. Null for all: a refusal then holds for all "
        "contact points of the customer, a consent for those of the source record on which it is recorded.",
    )
    record_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Global id of the SourceRecord on which it is recorded. Null for a customer's own account, or else the one "
        "on which the same was recorded before, that has the contact point, or that is the earliest.",
    )
    valid_to: DateTime | None = strawberry.field(default=None, description="End of validity, in the future; null without an end.")
    proof: ConsentProofInput | None = strawberry.field(
        default=None, description="Proof; a consent needs `how`, and `text` or `document`. Who records it is kept with it."
    )


@planned("What `consentRecord` did: the customer, with what counts now.")
class ConsentRecordPayload(CommandPayload):
    customer: Customer | None = referred(
        "customer", CUSTOMERS, Tag.PUBLIC, "The customer, as it is now; null when it was refused.", names={"requested": REQUESTED}
    )
    source_record: SourceRecord | None = referred(
        "sourceRecord", RECORDS, Tag.IDENTITY, "The source record on which it is recorded; null when it was refused."
    )


def command(author: Author, given: InputValue) -> Command:
    said, until = given["statement"].value, given["validTo"].value
    proof = given["proof"] if given["proof"].given else InputValue({}, "/proof")
    texts = {name: proof[name].text("refusal.PROOF_LENGTH", most=most) for name, most in LONGEST.items()}
    statement = Statement(
        purpose=str(given["purpose"].value),
        state=None if said == TAKEN_BACK else str(said),
        point=given["contactPointId"].raw_id("Identifier") if given["contactPointId"].given else None,
        record=given["recordId"].raw_id("SourceRecord") if given["recordId"].given else None,
        until=utc_text(until.astimezone(UTC)) if until else None,
        proof={name: text for name, text in texts.items() if text},
    )
    return record_consent(author, expected(given["customer"]), statement)


def answered(_: InputValue, answer: Answer) -> Object:
    return {"customer": answer["customer"], "sourceRecord": answer["record"]}


MUTATIONS = (
    Mutation(
        "consentRecord",
        ConsentRecordInput,
        ConsentRecordPayload,
        "Record that a customer agrees, refuses or takes it back, with the proof of it.",
        command,
        answered,
        whose=lambda given: [("Customer", given["customer"]["id"])],
    ),
)
