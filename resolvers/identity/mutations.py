"""Which mutations of identity there are, what each does, and who may use it."""

from __future__ import annotations

from typing import Any

import strawberry

from graph.decisions import candidates, contacts, customers, identifiers
from graph.decisions.authorship import Authorship
from graph.decisions.outcome import Outcome
from graph.errors import InvalidInput
from graph.store import Store
from resolvers.access.roles import OPERATORS, STEWARDS
from resolvers.engine import ids
from resolvers.identity import inputs
from resolvers.identity.deeds import Deed


async def merge(store: Store, by: Authorship, given: inputs.CustomerMergeInput, *, dry_run: bool) -> Outcome:
    return await customers.merge(store, by, [each.expected() for each in given.customers], dry_run=dry_run)


async def not_same(store: Store, by: Authorship, given: inputs.CustomersNotSameInput, *, dry_run: bool) -> Outcome:
    return await customers.not_same(store, by, [each.expected() for each in given.customers], dry_run=dry_run)


async def unmerge(store: Store, by: Authorship, given: inputs.CustomerUnmergeInput, *, dry_run: bool) -> Outcome:
    customer = given.customer.expected()
    if (given.decision_id is None) == (given.record_ids is None):
        raise InvalidInput("Give either decisionId or recordIds.")
    if given.decision_id is not None:
        return await customers.undo(store, by, customer, ids.decode_as("Decision", given.decision_id), dry_run=dry_run)
    records = [ids.decode_as("SourceRecord", each) for each in given.record_ids or ()]
    return await customers.separate(store, by, customer, records, dry_run=dry_run)


async def move(store: Store, by: Authorship, given: inputs.SourceRecordMoveInput, *, dry_run: bool) -> Outcome:
    record = ids.decode_as("SourceRecord", given.record_id)
    return await customers.move(store, by, record, given.from_customer.expected(), given.to_customer.expected(), dry_run=dry_run)


async def assign(store: Store, by: Authorship, given: inputs.TouchpointAssignInput, *, dry_run: bool) -> Outcome:
    touchpoint = ids.decode(given.touchpoint_id).raw
    customer = given.customer.expected() if given.customer else None
    return await contacts.assign(store, by, touchpoint, customer, dry_run=dry_run)


async def block(store: Store, by: Authorship, given: inputs.IdentifierBlockInput, *, dry_run: bool) -> Outcome:
    return await identifiers.block(store, by, ids.decode_as("Identifier", given.identifier_id), dry_run=dry_run)


async def free(store: Store, by: Authorship, given: inputs.IdentifierFreeInput, *, dry_run: bool) -> Outcome:
    return await identifiers.free(store, by, ids.decode_as("Identifier", given.identifier_id), dry_run=dry_run)


async def decide(store: Store, by: Authorship, given: inputs.MatchCandidateDecideInput, *, dry_run: bool) -> Outcome:
    candidate = ids.decode_as("MatchCandidate", given.candidate_id)
    expected = [each.expected() for each in given.customers]
    same = given.verdict == inputs.SAME
    return await candidates.decide_candidate(store, by, candidate, expected, same=same, dry_run=dry_run)


DEEDS = (
    Deed(
        "customerMerge",
        inputs.CustomerMergeInput,
        merge,
        STEWARDS,
        "Make one customer of several, until it is undone; only links move.",
    ),
    Deed(
        "customersNotSame", inputs.CustomersNotSameInput, not_same, STEWARDS, "Keep customers apart for good, whatever rules say."
    ),
    Deed(
        "customerUnmerge",
        inputs.CustomerUnmergeInput,
        unmerge,
        STEWARDS,
        "Undo a decision about a customer, or take chosen source records out of it; old ids come back.",
    ),
    Deed(
        "sourceRecordMove", inputs.SourceRecordMoveInput, move, STEWARDS, "Move one source record to the customer it belongs to."
    ),
    Deed(
        "touchpointAssign",
        inputs.TouchpointAssignInput,
        assign,
        OPERATORS,
        "Say whose a contact was that named nobody.",
    ),
    Deed(
        "identifierBlock",
        inputs.IdentifierBlockInput,
        block,
        STEWARDS,
        "Let a shared value link nobody; what rested on it is decided again.",
    ),
    Deed(
        "identifierFree",
        inputs.IdentifierFreeInput,
        free,
        STEWARDS,
        "Let a blocked value link again; what it ties is decided again.",
    ),
    Deed(
        "matchCandidateDecide",
        inputs.MatchCandidateDecideInput,
        decide,
        STEWARDS,
        "Decide a pair of customers that the rules left open.",
    ),
)


def mutations() -> type[Any]:
    """Return the type of all mutations."""
    fields = {deed.name: deed.mutation() for deed in DEEDS}
    made = type("Mutation", (), {"__annotations__": {}, **fields})
    return strawberry.type(made, name="Mutation", description="Everything that can be changed by a person.")


def previews() -> dict[str, Any]:
    """Return the root fields that say what each mutation would do."""
    return {f"{deed.name}Preview": deed.preview() for deed in DEEDS}
