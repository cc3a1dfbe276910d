"""Stores and products as events tell them: company-wide codes with attributes."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic.alias_generators import to_camel

from graph.events.catalogue import ProductData, StoreData
from graph.events.facts import Listing, Properties
from graph.events.invalid import InvalidEvent, json_pointer
from graph.money import to_minor


def read_store(data: StoreData, code: str) -> Listing:
    """Return a store; its attribute `location` sets latitude and longitude in degrees (WGS 84)."""
    attributes: dict[str, Properties] = {
        name: {name: getattr(data, name)} for name in ("name", "kana", "kind", "address", "phone", "hours") if data.says(name)
    }
    if data.says("location"):
        place = data.location
        attributes["location"] = {
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
        }
    if data.says("time_zone"):
        attributes["timeZone"] = {"time_zone": _time_zone(data.time_zone)}
    for name in ("pickup_days", "pickup_lead_hours", "pickup_reminder_days"):
        if data.says(name):
            attributes[to_camel(name)] = {name: getattr(data, name)}
    return Listing(code, attributes)


def read_product(data: ProductData, sku: str) -> Listing:
    """Return a product; its price is minor units of the currency beside it."""
    attributes: dict[str, Properties] = {
        name: {name: getattr(data, name)} for name in ("name", "brand", "categories", "jan", "notes") if data.says(name)
    }
    if data.says("image_url"):
        attributes["imageUrl"] = {"image_url": data.image_url}
    if data.says("price"):
        attributes["price"] = _price(data)
    elif data.currency is not None:
        raise InvalidEvent("A currency says nothing without a price.", json_pointer("data", "currency"))
    return Listing(sku, attributes)


def _price(data: ProductData) -> Properties:
    if data.price is None:
        return {"price": None, "currency": None}
    if data.currency is None:
        raise InvalidEvent("A price needs a currency.", json_pointer("data", "currency"))
    try:
        return {"price": to_minor(data.price, data.currency), "currency": data.currency}
    except ValueError as error:
        raise InvalidEvent(f"This price {error}.", json_pointer("data", "price")) from None


def _time_zone(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise InvalidEvent("This is no IANA time zone, such as Asia/Tokyo.", json_pointer("data", "timeZone")) from None
