"""What is told of each thing that is held: its properties by their names, readable, without what is only technical."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import orjson

from graph.cases.number import shown_number
from graph.exports.left_out import LEFT_OUT
from graph.money import from_minor
from graph.touchpoints.fields import FieldType
from graph.touchpoints.kinds import TOUCHPOINTS

Row: TypeAlias = dict[str, Any]
Properties: TypeAlias = Mapping[str, Any]
CUSTOMER = (
    "id", "name", "name_family", "name_given", "kana", "kana_family", "kana_given", "former_names", "birth_date", "gender",
    "language", "address", "phone", "email",
)  # fmt: skip
RECORD = (
    "source", "external_id", "name_full", "name_family", "name_given", "kana_full", "kana_family", "kana_given", "birth_date",
    "birth_date_text", "gender", "language", "address_full",
)  # fmt: skip
AMOUNTS = ("total", "discount", "shipping", "fee", "tax", "refunded")
LINE_AMOUNTS = ("unit_price", "amount", "discount", "tax")
NESTED = frozenset(
    own.name
    for kind in TOUCHPOINTS.values()
    for own in kind.fields
    if own.type in (FieldType.MESSAGES, FieldType.PAGES, FieldType.ANSWERS)
) | {"fulfillments", "amounts_aside"}
"""Properties that are kept as JSON text."""


def kept(label: str, properties: Properties) -> Row:
    """Return the properties without those that LEFT_OUT names for their label."""
    return {name: value for name, value in properties.items() if name not in LEFT_OUT[label] and value is not None}


def customer(told: Properties) -> list[Row]:
    spend = [sum_of(each) for each in told.get("spend") or ()]
    return [{**kept("Customer", told), "spend": spend}]


def sum_of(text: str) -> str:
    """Return `19800 JPY` of `JPY:19800`, which is in minor units."""
    currency, units = text.split(":")
    return f"{from_minor(units, currency)} {currency}"


def origins(told: Properties) -> list[Row]:
    """Return for each golden value the record that it is from, by its opaque id."""
    found: list[Row] = []
    for line in told.get("origins") or ():
        field, rule, time, record_id = line.split("\t")
        row = {"field": field, "value": told.get(field), "rule": rule, "reported_at": time, "record_id": record_id}
        found.append({"customer": told["id"], **row})
    return found


def record(told: Properties) -> list[Row]:
    attributes = orjson.loads(told.get("attributes") or "{}")
    return [{**kept("SourceRecord", told), "attributes": attributes}]


def identifier(told: list[Any]) -> list[Row]:
    value, held, source, external_id = told
    return [{**kept("Identifier", value), **held, "source": source, "external_id": external_id}]


def touchpoint(told: list[Any]) -> list[Row]:
    properties, endpoints = told
    row = kept("Touchpoint", properties)
    currency = row.get("currency")
    nested = {name: orjson.loads(row[name]) for name in NESTED & row.keys()}
    amounts = {name: from_minor(row[name], currency) for name in AMOUNTS if currency and name in row}
    return [{"at": properties["position"][:27], **row, **nested, **amounts, "via": endpoints}]


def lines(told: list[Any]) -> list[Row]:
    order_id, number, each_line = told
    return [{"order_id": order_id, "order_number": number, **line(each)} for each in each_line]


def line(told: Properties) -> Row:
    currency = told.get("currency")
    amounts = {name: from_minor(told[name], currency) for name in LINE_AMOUNTS if currency and told.get(name) is not None}
    return {**kept("OrderLine", told), **amounts}


def fulfillments(told: list[Any]) -> list[Row]:
    """Return how an order was handed over; what its source told beside, under the names of the source."""
    number, each = told
    return [{"order_number": number, **kept("Fulfillment", one), **_parsed(one)} for one in each]


def _parsed(fulfillment: Properties) -> Row:
    return {name: orjson.loads(text) for name in ("history", "handed_out", "told", "notices") if (text := fulfillment.get(name))}


def thread(told: Properties) -> list[Row]:
    """Return why a touchpoint is part of its thread, and what employees said of it, where they did."""
    row = {name: value for name, value in told.items() if name not in ("tied", "untied")}
    for name in ("tied", "untied"):
        said: Properties = told[name] or {}
        row |= {f"{name}_{what}": said[own] for own, what in (("actor", "by"), ("reason", "reason")) if own in said}
    return [row | ({"untied_at": told["untied"]["at"]} if told["untied"] else {})]


def consent(told: list[Any]) -> list[Row]:
    properties, points = told
    time, source, event = properties["stamp"].split("\t")
    return [{**kept("Consent", properties), "declared_at": time, "source": source, "event": event, "covers": points}]


def access(told: Properties) -> list[Row]:
    return [kept("AuditEntry", told)]


def case(told: Properties) -> list[Row]:
    row = kept("Case", told)
    return [{**row, "number": shown_number(told["number"])}]


def case_event(told: Properties) -> list[Row]:
    return [kept("CaseEvent", told)]


def promise(told: Properties) -> list[Row]:
    return [kept("Promise", told)]


def loyalty_account(told: Properties) -> list[Row]:
    return [kept("LoyaltyAccount", told)]


def point_lot(told: Properties) -> list[Row]:
    return [kept("PointLot", told)]


def point_entry(told: Properties) -> list[Row]:
    return [kept("PointEntry", told)]


def coupon(told: list[Any]) -> list[Row]:
    """Return a coupon that was issued, with its name; of the others below, the same."""
    return [{**kept("IssuedCoupon", told[0]), "name": told[1]}]


def coupon_view(told: list[Any]) -> list[Row]:
    return [{**kept("CouponView", told[0]), "name": told[1]}]


def coupon_held(told: list[Any]) -> list[Row]:
    return [{**kept("CouponReservation", told[0]), "name": told[1]}]


def coupon_used(told: list[Any]) -> list[Row]:
    properties, name = told
    currency = properties.get("currency")
    amounts = {"amount": from_minor(properties["amount"], currency)} if currency and "amount" in properties else {}
    lines = [from_minor(each, currency) for each in properties.get("line_amounts", [])] if currency else []
    return [{**kept("CouponRedemption", properties), "name": name, **amounts, "line_amounts": lines}]


def stock_request(told: list[Any]) -> list[Row]:
    properties, offered = told
    return [{**kept("StockRequest", properties), "offered": offered}]


def basket_line(told: Properties) -> list[Row]:
    return [kept("BasketLine", told)]


def basket_handover(told: Properties) -> list[Row]:
    return [kept("BasketHandover", told)]


def product_view(told: Properties) -> list[Row]:
    return [kept("ProductView", told)]


def offer(told: list[Any]) -> list[Row]:
    """Return an offer, with the name of the coupon that it was of."""
    return [{**kept("Offer", told[0]), **({"name": told[1]} if told[1] else {})}]


def plain(told: Properties) -> list[Row]:
    return [dict(told)]


def request(told: Properties) -> list[Row]:
    return [kept("Job", told)]
