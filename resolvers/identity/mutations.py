"""Which mutations of identity there are: what each decides, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.commands.command import Answer, Author, Command
from graph.decisions import candidates, contacts, customers, identifiers
from graph.decisions.deciding import Decision, command
from graph.decisions.outcome import Outcome
from graph.errors import InvalidInput
from graph.words import Sentence
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import LONGEST_REASON, Mutation
from resolvers.engine.planner.readings import Object
from resolvers.identity import inputs, payloads
from resolvers.identity.inputs import expected


def merge(given: InputValue) -> Decision:
    return customers.merge([expected(each) for each in given["customers"].each()])


def not_same(given: InputValue) -> Decision:
    return customers.not_same([expected(each) for each in given["customers"].each()])


def unmerge(given: InputValue) -> Decision:
    customer, decision, records = expected(given["customer"]), given["decisionId"], given["recordIds"]
    if decision.given == records.given:
        raise InvalidInput(Sentence("refusal.EITHER_DECISION_OR_RECORDS"))
    if decision.given:
        return customers.undo(customer, decision.raw_id("Decision"))
    return customers.separate(customer, [each.raw_id("SourceRecord") for each in records.each()])


def move(given: InputValue) -> Decision:
    record = given["recordId"].raw_id("SourceRecord")
    return customers.move(record, expected(given["fromCustomer"]), expected(given["toCustomer"]))


def assign(given: InputValue) -> Decision:
    customer = given["customer"]
    return contacts.assign(given["touchpointId"].raw_id(), expected(customer) if customer.given else None)


def block(given: InputValue) -> Decision:
    return identifiers.block(given["identifierId"].raw_id("Identifier"))


def free(given: InputValue) -> Decision:
    return identifiers.free(given["identifierId"].raw_id("Identifier"))


def decide(given: InputValue) -> Decision:
    between = [expected(each) for each in given["customers"].each()]
    same = given["verdict"].value == inputs.SAME
    return candidates.decide_candidate(given["candidateId"].raw_id("MatchCandidate"), between, same=same)


def nothing_more(_: InputValue, __: Outcome) -> Object:
    return {}


def only_customer(_: InputValue, outcome: Outcome) -> Object:
    return {"customer": outcome.customers[0]}


def own_customer(given: InputValue, _: Outcome) -> Object:
    return {"customer": given["customer"]["id"].raw_id() if given["customer"].given else None}


def own_record(given: InputValue, _: Outcome) -> Object:
    return {"sourceRecord": given["recordId"].raw_id()}


def own_touchpoint(given: InputValue, outcome: Outcome) -> Object:
    return {"touchpoint": given["touchpointId"].raw_id(), **own_customer(given, outcome)}


def own_identifier(given: InputValue, _: Outcome) -> Object:
    return {"identifier": given["identifierId"].raw_id()}


def deciding(
    name: str,
    taken: type[Any],
    payload: type[Any],
    description: str,
    *,
    decision: Callable[[InputValue], Decision],
    about: Callable[[InputValue, Outcome], Object] = nothing_more,
) -> Mutation:
    """Return the mutation that makes a decision; `about` gives what its payload has beside what all of them have."""

    def commanded(author: Author, given: InputValue) -> Command:
        if not author.reason and not given["dryRun"].value:
            raise InvalidInput(Sentence("refusal.REASON_MISSING", most=LONGEST_REASON), "/reason")
        return command(author, decision(given))

    def answered(given: InputValue, answer: Answer) -> Object:
        outcome = Outcome.from_json(answer)
        return {
            **about(given, outcome),
            "decision": None if given["dryRun"].value else outcome.decision,
            "customers": list(outcome.customers[: payloads.MOST_LISTED]),
            "movedRecords": [each.record for each in outcome.moves[: payloads.MOST_LISTED]],
            "contactsMoved": outcome.contacts,
        }

    return Mutation(name, taken, payload, description, commanded, answered, refused={"contactsMoved": 0})


MUTATIONS = (
    deciding(
        "customerMerge",
        inputs.CustomerMergeInput,
        payloads.CustomerMergePayload,
        "Make one customer of several, until it is undone; only links move.",
        decision=merge,
        about=only_customer,
    ),
    deciding(
        "customersNotSame",
        inputs.CustomersNotSameInput,
        payloads.CustomersNotSamePayload,
        "Keep customers apart for good, whatever rules say.",
        decision=not_same,
    ),
    deciding(
        "customerUnmerge",
        inputs.CustomerUnmergeInput,
        payloads.CustomerUnmergePayload,
        "Undo a decision about a customer, or take chosen source records out of it; old ids come back.",
        decision=unmerge,
        about=own_customer,
    ),
    deciding(
        "sourceRecordMove",
        inputs.SourceRecordMoveInput,
        payloads.SourceRecordMovePayload,
        "Move one source record to the customer it belongs to.",
        decision=move,
        about=own_record,
    ),
    deciding(
        "touchpointAssign",
        inputs.TouchpointAssignInput,
        payloads.TouchpointAssignPayload,
        "Say whose an anonymous contact was.",
        decision=assign,
        about=own_touchpoint,
    ),
    deciding(
        "identifierBlock",
        inputs.IdentifierBlockInput,
        payloads.IdentifierBlockPayload,
        "Let a shared value link nobody; what rested on it is decided again.",
        decision=block,
        about=own_identifier,
    ),
    deciding(
        "identifierFree",
        inputs.IdentifierFreeInput,
        payloads.IdentifierFreePayload,
        "Let a blocked value link again; what it ties is decided again.",
        decision=free,
        about=own_identifier,
    ),
    deciding(
        "matchCandidateDecide",
        inputs.MatchCandidateDecideInput,
        payloads.MatchCandidateDecidePayload,
        "Decide a pair of customers that the rules left open.",
        decision=decide,
    ),
)
