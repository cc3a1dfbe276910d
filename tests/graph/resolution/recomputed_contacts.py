"""Touchpoints, stores and products, recomputed slowly from raw events, and whose a bare contact is."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.graph.resolution.recomputed_people import Mark, People, Raw, identifier_key, mark_of

LABELS = {
    "ORDER": ("Order", "WEB"),
    "CALL": ("Call", "PHONE"),
    "STORE_VISIT": ("StoreVisit", "STORE"),
    "CHAT_THREAD": ("ChatThread", "CHAT"),
    "NOTE": ("Note", "PORTAL"),
    "EMAIL": ("Email", "EMAIL"),
}
"""Kind -> label and default channel."""
PROPERTY_OF = {"store": "store_code", "products": "sku_list", "deliveryStatus": "delivery_status"}


@dataclass
class Contact:
    key: str
    kind: str
    source: str
    subject: str | None
    times: list[str] = field(default_factory=list)
    told: dict[str, list[tuple[Mark, Raw]]] = field(default_factory=lambda: defaultdict(list))
    owner: str | None = None
    rule: str | None = None

    def newest(self, attribute: str) -> Raw:
        return max(self.told[attribute], key=lambda pair: pair[0])[1] if self.told.get(attribute) else {}

    @property
    def at(self) -> str:
        return min(self.times)

    @property
    def by(self) -> Raw:
        return self.newest("by")

    def properties(self) -> Raw:
        found: Raw = {}
        for attribute in self.told.keys() - {"by", "lines"}:
            found |= self.newest(attribute)
        return _in_one_currency(found)

    @property
    def channel(self) -> str:
        return self.properties().get("channel") or LABELS[self.kind][1]


def _in_one_currency(found: Raw) -> Raw:
    """Leave out amounts whose newest telling was in another currency than the newest one; they are kept aside."""
    told_in = {name: found.pop(f"{name} in", None) for name in ("refunded", "total")}
    aside = {
        name: [found.pop(name), currency]
        for name, currency in told_in.items()
        if found.get(name) is not None and currency != found.get("currency")
    }
    return found | ({"amounts_aside": json.dumps(aside, separators=(",", ":"))} if aside else {})


def recompute_contacts(events: Iterable[Raw], people: People) -> dict[str, Contact]:
    """Return the touchpoints by key, each with its owner."""
    contacts: dict[str, Contact] = {}
    for raw in events:
        kind = "ORDER" if raw["type"] == "customer360.order.v1" else raw["data"].get("kind")
        if raw["type"] not in ("customer360.order.v1", "customer360.interaction.v1"):
            continue
        key = f"{raw['source']}:{raw.get('subject', raw['id'])}"
        contact = contacts.setdefault(key, Contact(key, kind, raw["source"], raw.get("subject")))
        contact.times.append(mark_of(raw)[0])
        for attribute, values in _attributes(raw):
            contact.told[attribute].append((mark_of(raw), values))
    for contact in contacts.values():
        contact.owner, contact.rule = _owner(contact, people)
    return contacts


def _attributes(raw: Raw) -> Iterator[tuple[str, Raw]]:
    data = raw["data"]
    for name in ("store", "channel", "products", "staff", "status", "currency", "deliveryStatus"):
        if name in data:
            yield name, {PROPERTY_OF.get(name, name): data[name]}
    if "by" in data:
        by = data["by"] or {}
        named = by.get("record") or (
            {"source": raw["source"], "subject": raw.get("subject", raw["id"])} if "person" in by else None
        )
        via = sorted({identifier_key(claim) for claim in by.get("identifiers", ())})
        yield "by", {"named": f"{named['source']}:{named['subject']}" if named else None, "via": via}
    if raw["type"] == "customer360.order.v1":
        yield from _order_attributes(raw, data)


def _order_attributes(raw: Raw, data: Raw) -> Iterator[tuple[str, Raw]]:
    if "subject" in raw:
        key = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", raw["subject"])).upper()
        yield "number", {"number": raw["subject"], "number_key": key, "number_suffix": key[-4:]}
    if "lines" in data:
        yield "lines", {"lines": [_line(line, data["currency"]) for line in data["lines"] or ()]}
    if "total" in data:
        yield "total", {"total": int(data["total"]), "total in": data["currency"]}
    elif data.get("lines"):
        yield "total", {"total": sum(int(line["amount"]) for line in data["lines"]), "total in": data["currency"]}
    if "refunded" in data:
        yield "refunded", {"refunded": data["refunded"] and int(data["refunded"]), "refunded in": data["currency"]}


def _line(line: Raw, currency: str) -> Raw:
    return {
        "number": line["line"],
        "sku": line["sku"],
        "quantity": float(line["quantity"]),
        "unit_price": int(line["unitPrice"]),
        "amount": int(line["amount"]),
        "currency": currency,
    }


def _owner(contact: Contact, people: People) -> tuple[str | None, str | None]:
    """A named record; else the earliest record of the one customer that holds the strongest endpoint anybody holds."""
    if contact.by.get("named"):
        return contact.by["named"], "NAMED"
    if not contact.by.get("via"):
        return None, None
    holders: dict[int, set[str]] = defaultdict(set)
    for key in contact.by["via"]:
        identifier = people.identifiers[key]
        for holder in identifier.holders if identifier.usable else ():
            starts, ends = people.times[key][holder]
            if starts <= contact.at < ends:
                holders[identifier.strength(verified=True)].add(holder)
    if not holders:
        return None, "NOBODY_KNOWN"
    strongest = holders[min(holders)]
    if min(holders) < 2 and (named := {key for key in strongest if people.records[key].names}):
        # An account without a name waits for a person: it is no rival of those who tell one.
        strongest = {key for key in strongest if any(key in people.cluster_of(one) for one in named)}
    if not strongest <= people.cluster_of(min(strongest)):
        return None, "SEVERAL_HOLDERS"
    return min(strongest, key=lambda key: (min(people.records[key].times), key)), "SOLE_HOLDER"


def recompute_catalogue(events: Iterable[Raw]) -> dict[str, Any]:
    """Return stores and products as facts: told about, or only named."""
    told: dict[str, dict[str, list[tuple[Mark, Any]]]] = defaultdict(lambda: defaultdict(list))
    for raw in events:
        data = raw["data"]
        for name in _named_items(raw):
            _ = told[name]
        if raw["type"] in ("customer360.store.v1", "customer360.product.v1"):
            name = f"{'Store' if 'store' in raw['type'] else 'Product'} {raw['subject']}"
            for attribute in data.keys() - {"currency"}:
                values = {attribute: data[attribute]}
                if attribute == "price":
                    values = {"price": int(data["price"]) if data["price"] else None, "currency": data.get("currency")}
                told[name][attribute].append((mark_of(raw), values))
            _ = told[name]
    return {name: _item(name, attributes) for name, attributes in told.items()}


def _named_items(raw: Raw) -> Iterator[str]:
    data = raw["data"]
    if data.get("store"):
        yield f"Store {data['store']}"
    yield from (f"Product {sku}" for sku in data.get("products") or ())
    yield from (f"Product {line['sku']}" for line in data.get("lines") or () if line["sku"])


def _item(name: str, attributes: dict[str, list[tuple[Mark, Any]]]) -> Raw:
    label, key = name.split(" ", 1)
    facts: Raw = {"code" if label == "Store" else "sku": key}
    for told in attributes.values():
        facts |= max(told, key=lambda pair: pair[0])[1]
    if attributes:
        facts["stamps"] = {attribute: "\t".join(max(told)[0]) for attribute, told in attributes.items()}
    return {name: value for name, value in facts.items() if value is not None}
