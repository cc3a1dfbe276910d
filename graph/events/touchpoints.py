"""Orders and interactions as contacts: who they are by, their common attributes, and the own fields of their kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import orjson
from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from graph.events import contract, parties
from graph.events.amounts import read_charges, read_lines
from graph.events.claims import read_claims
from graph.events.contract import InteractionData, OrderData
from graph.events.facts import By, Properties, Scalar, Touchpoint
from graph.events.invalid import InvalidEvent, json_pointer
from graph.events.persons import read_person
from graph.events.shapes import Page
from graph.identity.normalising.dates import Calendar
from graph.keys import POSITION_TIME, scoped
from graph.money import minor_digits
from graph.orders.told import Told, told_fulfillments
from graph.search.order_key import SUFFIX_LENGTH, order_key
from graph.touchpoints import ORDER, TOUCHPOINTS

_NESTED = frozenset({"messages", "pages", "answers"})
# Field of the contract -> attribute of the facts with the one property it sets.
_COMMON = {
    "channel": ("channel", "channel"),
    "direction": ("direction", "direction"),
    "ended_at": ("endedAt", "ended_at"),
    "store": ("store", "store_code"),
    "staff": ("staff", "staff"),
    "subject": ("subject", "subject"),
    "summary": ("summary", "summary"),
    "text": ("text", "text"),
    "language": ("language", "language"),
    "products": ("products", "sku_list"),
    "orders": ("orders", "order_numbers"),
    "topic": ("topic", "topic"),
    "reference": ("reference", "reference"),
}
_ORDER = {
    "status": ("status", "status"),
    "currency": ("currency", "currency"),
    "points_used": ("pointsUsed", "points_used"),
    "coupon_codes": ("couponCodes", "coupon_codes"),
    "basket": ("basket", "basket"),
}


def read_interaction(data: InteractionData, source: str, own_id: str, subject: str | None, calendar: Calendar) -> Touchpoint:
    """Return an interaction; `own_id` is what it is known by in its source: its subject, else the id of the event."""
    own = {field.name: (to_camel(field.name), field.name) for field in TOUCHPOINTS[data.kind].fields}
    attributes = attributes_of(data, own)
    if "pages" in attributes:
        attributes["pages"] = {**attributes["pages"], "page_skus": _skus(getattr(data, "pages", None))}
    return Touchpoint(
        key=scoped(source, own_id),
        kind=data.kind,
        external_id=subject,
        default_channel=TOUCHPOINTS[data.kind].channel,
        attributes=attributes,
        by=read_by(data.by, source, own_id, calendar) if data.says("by") else None,
    )


def _skus(pages: Sequence[Page] | None) -> list[str] | None:
    """Return the products that were looked at, each once; their JSON text is nothing that a product is sought by."""
    return list(dict.fromkeys(page.sku for page in pages or () if page.sku)) or None


def read_order(data: OrderData, source: str, own_id: str, subject: str | None, calendar: Calendar) -> Touchpoint:
    """Return an order; its number is the subject. Amounts are minor units of its currency."""
    if data.currency is not None:
        check_currency(data.currency)
    lines = read_lines(data)
    attributes = attributes_of(data, _ORDER)
    charges, remarks = read_charges(data, lines)
    attributes |= {name: {name: units} for name, units in charges.items()}
    if subject is not None:
        key = order_key(subject)
        attributes["number"] = {"number": subject, "number_key": key, "number_suffix": key[-SUFFIX_LENGTH:]}
    return Touchpoint(
        key=scoped(source, own_id),
        kind=ORDER,
        external_id=subject,
        default_channel=TOUCHPOINTS[ORDER].channel,
        attributes=attributes,
        by=read_by(data.by, source, own_id, calendar) if data.says("by") else None,
        lines=lines,
        money_remarks=remarks,
        fulfillments=_fulfillments(data) if data.says("fulfillments") else None,
    )


def _fulfillments(data: OrderData) -> tuple[Told, ...]:
    """Return the fulfilments of an order; raise InvalidEvent for a list under a name that holds none."""
    listed: list[dict[str, Any]] = []
    for place, each in enumerate(data.fulfillments or ()):
        wrong = next((name for name, value in each.items() if isinstance(value, list) and name != "lines"), None)
        if wrong is not None:
            raise InvalidEvent("Only `lines` may be a list.", json_pointer("data", "fulfillments", place, wrong))
        listed.append({name: _plain(value) for name, value in each.items()})
    return told_fulfillments(listed)


def _plain(value: object) -> object:
    return [line.model_dump() for line in cast("list[BaseModel]", value)] if isinstance(value, list) else value


def check_currency(currency: str) -> None:
    try:
        minor_digits(currency)
    except ValueError as error:
        raise InvalidEvent(f"This {error}.", json_pointer("data", "currency")) from None


def attributes_of(data: contract.Contact, own: Mapping[str, tuple[str, str]]) -> dict[str, Properties]:
    """Return the attributes that an event names: those that all touchpoints share, and those of its kind."""
    return {
        attribute: {name: _property(name, getattr(data, field))}
        for field, (attribute, name) in {**_COMMON, **own}.items()
        if data.says(field)
    }


def _property(name: str, value: object) -> Scalar | list[str]:
    """Return what a node can hold: times as ISO text in UTC, lists of objects as JSON text, the rest as it is."""
    if isinstance(value, datetime):
        return value.strftime(POSITION_TIME)
    if value is not None and name in _NESTED:
        return _json(cast("Sequence[Any]", value))
    return cast("Scalar | list[str]", value)


def _json(items: Sequence[Any]) -> str:
    plain = [item.model_dump(mode="json", exclude_unset=True) if isinstance(item, BaseModel) else item for item in items]
    return orjson.dumps(plain).decode()


def read_by(by: parties.By | None, source: str, own_id: str, calendar: Calendar) -> By:
    """Return who an event is by; a person in it who names no record is one under `own_id`."""
    if by is None:
        return By(record=None)
    record = (by.record.source, by.record.subject) if by.record else None
    claims = read_claims(by.identifiers or (), source, ("data", "by", "identifiers"))
    if by.person is None:
        return By(record, claims)
    record = record or (source, own_id)
    return By(record, claims, read_person(by.person, *record, calendar, path=("data", "by", "person")))
