"""What stores and products are told by, and the currency of whatever has a price."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from graph.events.shapes import Charge, LongText, Shape, ShortText
from graph.vocabulary import StoreKind

Currency = Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217 currency code, for example JPY.")]


class Location(Shape):
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class StoreData(Shape):
    name: ShortText | None = None
    kana: ShortText | None = None
    kind: StoreKind | None = None
    address: ShortText | None = None
    location: Location | None = None
    phone: ShortText | None = None
    hours: ShortText | None = None
    time_zone: ShortText | None = None
    pickup_days: Annotated[
        Annotated[int, Field(ge=1, le=365)] | None, Field(description="Days for which it keeps what waits to be picked up.")
    ] = None
    pickup_reminder_days: Annotated[
        Annotated[int, Field(ge=0, le=365)] | None,
        Field(description="Days before the end at which it reminds who has not come; 0 for never."),
    ] = None
    pickup_lead_hours: Annotated[
        Annotated[int, Field(ge=0, le=8760)] | None, Field(description="Hours that it needs until something can be picked up.")
    ] = None


class ProductData(Shape):
    name: ShortText | None = None
    brand: ShortText | None = None
    categories: Annotated[list[ShortText], Field(max_length=100)] | None = None
    price: Charge | None = None
    currency: Currency | None = None
    jan: ShortText | None = None
    notes: LongText | None = None
    image_url: ShortText | None = None
