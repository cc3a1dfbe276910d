"""What the mutations of identity take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import strawberry

from graph.decisions.table import Expected
from resolvers.engine.enums import words
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput

SAME = "SAME"

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    MatchVerdict: TypeAlias = str
else:
    MatchVerdict = words(
        "MatchVerdict",
        "What a person says of a candidate.",
        {SAME: "The two customers are one person: they are merged.", "NOT_SAME": "They are two people: no rule will join them."},
    )


def given(description: str) -> Any:
    return strawberry.field(description=description)


@strawberry.input(description="A customer as the person who decides has seen it.")
class ExpectedCustomerInput:
    id: strawberry.ID = given("Global id of the customer.")
    version: int = given("Number that `Customer.version` gave when it was read; if it has grown since, nothing is done.")


def expected(customer: InputValue) -> Expected:
    return Expected(customer["id"].raw_id("Customer"), customer["version"].value, customer.pointer)


@strawberry.input
class Signed(CommandInput):
    reason: str = given("Why, for whoever reads the decision later, 1 to 1,000 characters; may be empty in a dry run.")


@strawberry.input(description="Customers that are one person.")
class CustomerMergeInput(Signed):
    customers: list[ExpectedCustomerInput] = given("Two or more.")


@strawberry.input(description="Customers that are not one person, whatever the rules say.")
class CustomersNotSameInput(Signed):
    customers: list[ExpectedCustomerInput] = given("Two or more; each is kept apart from each other.")


@strawberry.input(description="What is to be taken out of a customer: either a decision or records.")
class CustomerUnmergeInput(Signed):
    customer: ExpectedCustomerInput = given("The customer that comes apart.")
    decision_id: strawberry.ID | None = strawberry.field(
        default=None, description="The Decision that is undone: a person's is unsaid, a rule's is overruled."
    )
    record_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="SourceRecords that leave the customer together, instead of a decision."
    )


@strawberry.input(description="One source record that belongs to another customer.")
class SourceRecordMoveInput(Signed):
    record_id: strawberry.ID = given("Global id, as `SourceRecord.id` gave it, of what one system says.")
    from_customer: ExpectedCustomerInput = given("Whose the record is by now, as it was last read.")
    to_customer: ExpectedCustomerInput = given("Whose the record shall be, as it was last read.")


@strawberry.input(description="Whose a contact was that named nobody.")
class TouchpointAssignInput(Signed):
    touchpoint_id: strawberry.ID = given("Global id, as the timeline gave it, of a call, visit or guest order.")
    customer: ExpectedCustomerInput | None = strawberry.field(default=None, description="Whose it was; null for nobody's.")


@strawberry.input(description="An identifier that may link nobody any more.")
class IdentifierBlockInput(Signed):
    identifier_id: strawberry.ID = given("Global id, as `Identifier.id` gave it, of the number or address.")


@strawberry.input(description="A blocked identifier that may link again.")
class IdentifierFreeInput(Signed):
    identifier_id: strawberry.ID = given("Global id, as `Identifier.id` gave it, of the number or address.")


@strawberry.input(description="What becomes of a pair that the rules left open.")
class MatchCandidateDecideInput(Signed):
    candidate_id: strawberry.ID = given("Global id of the MatchCandidate.")
    customers: list[ExpectedCustomerInput] = given("The two customers between which it stands.")
    verdict: MatchVerdict = given("Whether they are one person.")
