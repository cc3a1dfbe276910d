"""The public event contract as models: what `data` may hold for each event type, and the JSON Schemas made from that."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, create_model

from graph.events.catalogue import Currency, ProductData, StoreData
from graph.events.order_parts import Fulfillment, OrderLine, OrderReference, ReturnedLine
from graph.events.parties import By, LanguageTag, PersonData
from graph.events.shapes import (
    OWN_FIELD_SHAPES,
    Amount,
    Charge,
    Key,
    Keys,
    LongText,
    Shape,
    ShortText,
    Time,
    Told,
    Whole,
)
from graph.touchpoints import INTERACTION_KINDS, TOUCHPOINTS, TouchpointKind
from graph.vocabulary import (
    CasePriority,
    CaseState,
    Channel,
    ConsentState,
    ContactPointKind,
    Direction,
    OrderStatus,
    Purpose,
)


class Contact(Shape):
    """Common data of orders and interactions."""

    channel: Channel | None = None
    direction: Direction | None = None
    ended_at: Time | None = None
    by: By | None = None
    store: Key | None = None
    staff: ShortText | None = None
    subject: ShortText | None = None
    summary: LongText | None = None
    text: LongText | None = None
    language: LanguageTag | None = None
    products: Keys | None = None
    orders: Keys | None = None
    topic: ShortText | None = None
    reference: ShortText | None = None


class OrderData(Contact):
    status: OrderStatus | None = None
    currency: Currency | None = None
    lines: Annotated[list[OrderLine], Field(max_length=5_000)] | None = None
    total: Amount | None = None
    discount: Amount | None = None
    shipping: Amount | None = None
    fee: Amount | None = None
    tax: Amount | None = None
    refunded: Annotated[
        Charge | None, Field(description="What the customer has got back of the total so far, all refunds together.")
    ] = None
    points_used: Whole | None = None
    coupon_codes: Keys | None = None
    basket: Annotated[
        Key | None, Field(description="The basket that it closes: `reference` of what `basketHandOver` answered.")
    ] = None
    fulfillments: Annotated[list[Fulfillment], Field(max_length=100)] | None = None


class ReturnData(Contact):
    """Goods of an order that came back, at whichever store. Without `by` it is by whoever the order is by."""

    order: OrderReference
    reason: ShortText | None = None
    currency: Currency | None = None
    lines: Annotated[list[ReturnedLine], Field(min_length=1, max_length=5_000)] | None = None


class InteractionData(Contact):
    """Data of an interaction; each kind adds its own fields."""

    kind: str


class ContactPoint(Shape):
    """Contact point: a telephone number, e-mail address or account."""

    kind: ContactPointKind
    value: Told
    scope: Annotated[str, Field(max_length=512, pattern=r"^[^\x00]*$")] | None = None


class Proof(Shape):
    """Proof of a consent or refusal."""

    how: ShortText | None = None
    text: LongText | None = None
    document: ShortText | None = None
    staff: ShortText | None = None


class ConsentData(Shape):
    """Consent or refusal for one contact point, or for all. A state of null withdraws the declaration."""

    by: By | None = None
    contact_point: ContactPoint | None = None
    purpose: Purpose
    state: ConsentState | None
    valid_to: Time | None = None
    proof: Proof | None = None


class CaseData(Shape):
    """Case as a help desk tells it; the newest subject, store and customer count, all else is its history."""

    by: By | None = None
    subject: ShortText | None = None
    state: CaseState | None = None
    priority: CasePriority | None = None
    topic: ShortText | None = None
    channel: Channel | None = None
    language: LanguageTag | None = None
    store: Key | None = None
    team: ShortText | None = None
    staff: ShortText | None = None
    resolution: ShortText | None = None
    note: Annotated[
        LongText | None, Field(description="What was written, for the staff; beside an ending state, how it was settled.")
    ] = None
    tags: Annotated[Keys | None, Field(description="Tags that it has; they add up.")] = None


class Envelope(BaseModel):
    """CloudEvents 1.0 envelope. Other lower-case attributes are allowed and ignored."""

    model_config = ConfigDict(
        extra="allow",
        strict=True,
        frozen=True,
        hide_input_in_errors=True,
        json_schema_extra={"propertyNames": {"pattern": "^[a-z0-9]+$"}},
    )

    specversion: Literal["1.0"]
    source: Key
    id: Key
    time: Time
    datacontenttype: Annotated[str, Field(pattern=r"^application/([a-z0-9.-]+\+)?json( *;.*)?$", max_length=200)] | None = None
    dataschema: ShortText | None = None


class PersonEvent(Envelope):
    type: Literal["customer360.person.v1"]
    subject: Key
    data: PersonData


class StoreEvent(Envelope):
    type: Literal["customer360.store.v1"]
    subject: Key
    data: StoreData


class ProductEvent(Envelope):
    type: Literal["customer360.product.v1"]
    subject: Key
    data: ProductData


class OrderEvent(Envelope):
    type: Literal["customer360.order.v1"]
    subject: Key | None = None
    data: OrderData


class ReturnEvent(Envelope):
    type: Literal["customer360.return.v1"]
    subject: Key | None = None
    data: ReturnData


class InteractionEvent(Envelope):
    type: Literal["customer360.interaction.v1"]
    subject: Key | None = None
    data: InteractionData


class ConsentEvent(Envelope):
    type: Literal["customer360.consent.v1"]
    subject: Key | None = None
    data: ConsentData


class CaseEvent(Envelope):
    type: Literal["customer360.case.v1"]
    subject: Key
    data: CaseData


def _interaction_model(row: TouchpointKind) -> type[InteractionData]:
    fields: dict[str, Any] = {
        field.name: (OWN_FIELD_SHAPES[field.type] | None, Field(None, description=field.description)) for field in row.fields
    }
    fields["kind"] = (Literal[row.kind], ...)
    return create_model(row.label, __base__=InteractionData, **fields)


def interaction_event() -> type[InteractionEvent]:
    """Return the model of the whole event with the own fields of each kind."""
    models = tuple(_interaction_model(TOUCHPOINTS[kind]) for kind in INTERACTION_KINDS)
    data: Any = Annotated[Union[models], Field(discriminator="kind")]  # noqa: UP007 - made from a tuple
    return create_model("InteractionEvent", __base__=InteractionEvent, data=(data, ...))
