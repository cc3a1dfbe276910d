"""What a decision of a person changes about identity: the payload of every such mutation, and of its preview."""

from __future__ import annotations

from typing import Self

import strawberry

from graph.decisions.outcome import Outcome
from graph.errors import Customer360Error
from resolvers.engine import ids
from resolvers.engine.user_error import UserError, user_error
from resolvers.values.scalars import Date


@strawberry.type(description="A source record that goes from one customer to another.")
class RecordMove:
    record_id: strawberry.ID = strawberry.field(description="Global id of the SourceRecord that goes.")
    from_customer_id: strawberry.ID = strawberry.field(description="Global id of the Customer that it leaves.")
    to_customer_id: strawberry.ID = strawberry.field(description="Global id of the Customer that it comes to.")


@strawberry.type(description="A customer as it is when the change is made.")
class CustomerAfter:
    customer_id: strawberry.ID = strawberry.field(description="Global id to ask for with `customer(by: {id})`.")
    name: str | None = strawberry.field(description="Golden full name as shown, computed from the records below.")
    kana: str | None = strawberry.field(description="Golden reading of that name in katakana.")
    birth_date: Date | None = strawberry.field(description="Golden day of birth, `1988-08-08`.")
    record_ids: list[strawberry.ID] = strawberry.field(description="Global ids of all SourceRecords that belong to it then.")


@strawberry.type
class IdentityChange:
    decision_id: strawberry.ID | None = strawberry.field(
        description="Global id of the Decision, by which it can be undone; null in a preview and when it was refused."
    )
    moves: list[RecordMove] = strawberry.field(description="Source records that change customer, in the order of their keys.")
    customers: list[CustomerAfter] = strawberry.field(description="Every customer concerned, as it is afterwards.")
    contacts_moved: int = strawberry.field(description="Number of touchpoints of nobody in particular that find another owner.")
    user_errors: list[UserError] = strawberry.field(description="Why nothing was changed; empty when it was.")

    @classmethod
    def of(cls, outcome: Outcome, *, preview: bool) -> Self:
        return cls(
            decision_id=None if preview else strawberry.ID(ids.encode("Decision", outcome.decision)),
            moves=[
                RecordMove(record_id=_record(m.record), from_customer_id=_customer(m.left), to_customer_id=_customer(m.came_to))
                for m in outcome.moves
            ],
            customers=[
                CustomerAfter(
                    customer_id=_customer(each.customer),
                    name=each.name,
                    kana=each.kana,
                    birth_date=each.birth_date,  # type: ignore[arg-type]
                    record_ids=[_record(record) for record in each.records],
                )
                for each in outcome.results
            ],
            contacts_moved=outcome.contacts,
            user_errors=[],
        )

    @classmethod
    def refused(cls, error: Customer360Error) -> Self:
        return cls(decision_id=None, moves=[], customers=[], contacts_moved=0, user_errors=[user_error(error)])


def _record(raw: str) -> strawberry.ID:
    return strawberry.ID(ids.encode("SourceRecord", raw))


def _customer(raw: str) -> strawberry.ID:
    return strawberry.ID(ids.encode("Customer", raw))
