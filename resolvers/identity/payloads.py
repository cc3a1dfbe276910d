"""What the mutations of identity answer: the thing that was decided about, the customers afterwards, the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers.access.tags import Tag
from resolvers.engine.mutation import CommandPayload
from resolvers.engine.planner import entry, planned, referred
from resolvers.identity.decision import Decision
from resolvers.identity.identifier import Identifier
from resolvers.identity.source_record import SourceRecord
from resolvers.values.references import CUSTOMERS, DECISIONS, IDENTIFIERS, RECORDS, REQUESTED, TOUCHPOINTS

if TYPE_CHECKING:
    from resolvers.people.customer import Customer
    from resolvers.touchpoints.touchpoint import Touchpoint

MOST_LISTED = 100


@strawberry.type
class Decided(CommandPayload):
    decision: Decision | None = referred(
        "decision",
        DECISIONS,
        Tag.IDENTITY,
        "The decision, by whose id it can be undone; null in a dry run and when it was refused.",
    )
    customers: list[Annotated[Customer, strawberry.lazy("resolvers.people.customer")]] = referred(
        "customers",
        CUSTOMERS,
        Tag.IDENTITY,
        f"Every customer that it concerned, as it is now, in no particular order; the first {MOST_LISTED} of them.",
        names={"requested": REQUESTED},
    )
    moved_records: list[SourceRecord] = referred(
        "movedRecords",
        RECORDS,
        Tag.IDENTITY,
        f"Source records that left one customer for another; their `customer` says which. The first {MOST_LISTED} of them.",
    )
    contacts_moved: int = entry(
        "contactsMoved",
        Tag.IDENTITY,
        "Number of anonymous contacts that found another owner at once; where there are very many, the rest follow in steps.",
    )


@planned("What `customerMerge` did: the customer that is left.")
class CustomerMergePayload(Decided):
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = referred(
        "customer", CUSTOMERS, Tag.IDENTITY, "The one customer that all of them are now.", names={"requested": REQUESTED}
    )


@planned("What `customersNotSame` did: the customers that are kept apart.")
class CustomersNotSamePayload(Decided):
    pass


@planned("What `customerUnmerge` did: the customer that came apart and those that left it.")
class CustomerUnmergePayload(Decided):
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = referred(
        "customer", CUSTOMERS, Tag.IDENTITY, "The customer that came apart, as it is now.", names={"requested": REQUESTED}
    )


@planned("What `sourceRecordMove` did: the source record and both customers.")
class SourceRecordMovePayload(Decided):
    source_record: SourceRecord | None = referred(
        "sourceRecord", RECORDS, Tag.IDENTITY, "What one system says, with whom it belongs to now."
    )


@planned("What `touchpointAssign` did: the touchpoint and whose it is now.")
class TouchpointAssignPayload(Decided):
    touchpoint: Annotated[Touchpoint, strawberry.lazy("resolvers.touchpoints.touchpoint")] | None = referred(
        "touchpoint", TOUCHPOINTS, Tag.IDENTITY, "The call, visit or guest order that was assigned."
    )
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = referred(
        "customer", CUSTOMERS, Tag.IDENTITY, "Whose it is now; null for nobody's.", names={"requested": REQUESTED}
    )


@planned("What `identifierBlock` did: the identifier, and the customers that came apart.")
class IdentifierBlockPayload(Decided):
    identifier: Identifier | None = referred(
        "identifier", IDENTIFIERS, Tag.IDENTITY, "The identifier that links nobody any more."
    )


@planned("What `identifierFree` did: the identifier, and the customers that it joined.")
class IdentifierFreePayload(Decided):
    identifier: Identifier | None = referred(
        "identifier",
        IDENTIFIERS,
        Tag.IDENTITY,
        "The identifier that may link again.",
    )


@planned("What `matchCandidateDecide` did: both customers, or the one that is left.")
class MatchCandidateDecidePayload(Decided):
    pass
