"""A plain, slow, global recomputation from raw events: what every order, repetition and batching of them must end in.

Written from the design alone; shares no code with `graph/identity` and `graph/resolution`. It wants identifier values and
names as they are after normalising.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tests.graph.resolution.fingerprint import Fingerprint
from tests.graph.resolution.recomputed_consents import recompute_consents
from tests.graph.resolution.recomputed_contacts import LABELS, Contact, recompute_catalogue, recompute_contacts
from tests.graph.resolution.recomputed_golden import golden_of
from tests.graph.resolution.recomputed_people import FOREVER, People, Raw, Record, Said, recompute_people


def recompute(
    events: Iterable[Raw],
    said: Said | None = None,
    trust: Mapping[str, int] | None = None,
    recorded: Iterable[Raw] = (),
) -> Fingerprint:
    """Return the fingerprint that a graph of these events, and of consents that were recorded, has.

    An event that comes twice says nothing new.
    """
    distinct = list({(raw["source"], raw["id"]): raw for raw in events}.values())
    people = recompute_people(distinct, said or Said())
    contacts = recompute_contacts(distinct, people)
    counts = {key: _counts(contact for contact in contacts.values() if contact.owner == key) for key in people.records}
    facts = {
        **{f"SourceRecord {key}": _record_facts(key, people, counts[key]) for key in people.records},
        **{f"Identifier {key}": _identifier_facts(key, people) for key in people.identifiers},
        **recompute_catalogue(distinct),
        **recompute_consents(distinct, recorded),
    }
    for contact in contacts.values():
        facts |= _contact_facts(contact)
    for key, record in people.records.items():
        for identifier in record.claims:
            facts[f"(SourceRecord {key})-[HAS_IDENTIFIER]->(Identifier {identifier})"] = [_holding(record, identifier)]
    return Fingerprint(
        frozenset(map(frozenset, people.clusters)),
        facts,
        {
            " + ".join(sorted(cluster)): golden_of(cluster, people, trust or {})
            | _folded([counts[key] for key in sorted(cluster)])
            for cluster in people.clusters
        },
        dict(_candidates(people)),
    )


def _without_nothing(properties: Raw) -> Raw:
    return {name: value for name, value in properties.items() if value is not None}


def _record_facts(key: str, people: People, counts: Raw) -> Raw:
    record, properties = people.records[key], people.records[key].newest()
    free = {name: value for name, value in properties.items() if name.startswith("attributes.")}
    facts = {name: value for name, value in properties.items() if name not in free}
    if free:
        facts["attributes"] = _without_nothing({name.removeprefix("attributes."): value for name, value in free.items()})
    claims = {name: _holding(record, name) for name in record.claims}
    order = ("verified", "valid_from", "valid_to", "first_seen", "last_seen", "original")
    return _without_nothing(
        {
            **facts,
            "key": key,
            "source": record.source,
            "external_id": record.external_id,
            "first_seen": min(record.times),
            "stamps": record.stamps(),
            "names": sorted(record.names),
            "earlier_names": sorted(record.ever("name") - {record.current("name")}) or None,
            "earlier_kanas": sorted(record.ever("kana") - {record.current("kana")}) or None,
            "identifiers": sorted(record.claims),
            "claims": {name: [held.get(part, "") for part in order] for name, held in claims.items()},
            "counts": counts,
            "quarantined": True if key in people.quarantined else None,
        }
    )


def _holding(record: Record, identifier: str) -> Raw:
    starts, ends = record.window(identifier)
    times = [time for time, _ in record.claims[identifier]]
    return _without_nothing(
        {
            "verified": record.verified(identifier),
            "valid_from": starts or None,
            "valid_to": ends if ends != FOREVER else None,
            "first_seen": min(times),
            "last_seen": max(times),
            "original": max((time, claim["value"]) for time, claim in record.claims[identifier])[1],
        }
    )


def _identifier_facts(key: str, people: People) -> Raw:
    found = people.identifiers[key]
    active = found.usable
    reason = {"reason": found.reason} if found.reason else {}
    if found.kind == "EMAIL" and "@" in found.value and found.reason != "UNREADABLE":
        reason["domain"] = found.value.partition("@")[2]
    arrived = max(found.arrivals, default="")
    delivery = {"reached_at": arrived or None, "bounces": sorted(at for at in found.failures if at > arrived) or None}
    return (
        reason
        | _without_nothing(delivery)
        | {
            "key": key,
            "kind": found.kind,
            "scope": found.scope,
            "value": found.value,
            "suffix": found.value[-4:],
            "mobile": found.mobile,
            "sharing": found.sharing,
            "state": found.state,
            "contacts": found.contacts,
            "holders": sorted(found.holders) if active else [],
            "given_names": sorted(people.names_of(key)) if active else [],
        }
    )


def _contact_facts(contact: Contact) -> dict[str, Any]:
    properties, name = contact.properties(), f"Touchpoint {contact.key}"
    label, channel = LABELS[contact.kind]
    facts: dict[str, Any] = {
        name: _without_nothing(
            {
                **properties,
                "key": contact.key,
                "kind": contact.kind,
                "label": label,
                "source": contact.source,
                "external_id": contact.subject,
                "default_channel": channel,
                "channel": contact.channel,
                "channel_given": properties.get("channel"),
                "bare": not contact.by.get("named"),
                "via": contact.by.get("via", []),
                "rule": contact.rule,
                "at": contact.at,
                **_attention(contact.kind, properties),
                "state": _order_state(properties.get("status")) if contact.kind == "ORDER" else None,
                "stamps": {
                    attribute: "\t".join(max(told, key=lambda pair: pair[0])[0]) for attribute, told in contact.told.items()
                },
            }
        )
        | {"record": contact.owner}
    }
    if contact.owner:
        facts[f"(SourceRecord {contact.owner})-[DID]->({name})"] = [{"rule": contact.rule}]
    if store := properties.get("store_code"):
        facts[f"({name})-[{'SOLD_AT' if contact.kind == 'ORDER' else 'AT'}]->(Store {store})"] = [{}]
    for key in contact.by.get("via", ()):
        waiting = contact.owner is None and not contact.by.get("named")
        facts[f"({name})-[VIA]->(Identifier {key})"] = [{"unattributed": key, "at": contact.at} if waiting else {}]
    facts |= {f"({name})-[ABOUT]->(Product {sku})": [{}] for sku in properties.get("sku_list") or ()}
    for line in contact.newest("lines").get("lines", ()):
        line_name = f"OrderLine {contact.key} {line['number']}"
        facts |= {line_name: _without_nothing(line), f"({name})-[HAS_LINE]->({line_name})": [{}]}
        if line["sku"]:
            facts[f"({line_name})-[OF]->(Product {line['sku']})"] = [{}]
    return facts


def _order_state(status: str | None) -> str:
    """Events of the tests tell neither fulfilments nor returns, so what their source says is what an order is."""
    told = ("FULFILLED", "CANCELLED", "RETURNED")
    return status if status in told else "OPEN"


def _attention(kind: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Events of the tests tell no direction, no words and no message, so only staff, state and channel of an order count."""
    status = properties.get("status")
    state = {"CANCELLED": "ORDER_CANCELLED", "RETURNED": "ORDER_RETURNED", "FULFILLED": None, None: None}.get(
        status, "ORDER_OPEN"
    )
    by_phone = kind == "ORDER" and properties.get("channel") == "PHONE"
    answers = by_phone or (kind in ("CALL", "STORE_VISIT") and properties.get("staff") is not None)
    goes_on = kind == "CALL" and properties.get("outcome") in ("RINGING", "ANSWERED", "TRANSFERRED")
    return {"attention": state if kind == "ORDER" else None, "is_answer": answers or None, "goes_on": goes_on or None}


def _counts(contacts: Iterable[Contact]) -> dict[str, Any]:
    orders, spend, channels, stores = 0, Counter[str](), Counter[str](), Counter[str]()
    for contact in contacts:
        properties = contact.properties()
        channels[contact.channel] += 1
        if properties.get("store_code"):
            stores[properties["store_code"]] += 1
        if contact.kind == "ORDER" and properties.get("status") != "CANCELLED":
            orders += 1
            if properties.get("currency"):
                spend[properties["currency"]] += _left_of(properties)
    return {
        "orders": orders,
        "spend": {currency: total for currency, total in spend.items() if total},
        "channels": dict(channels),
        "stores": dict(stores),
    }


def _left_of(properties: Raw) -> int:
    """Return what of a total is not given back; a returned order that is below zero is itself what was paid back."""
    total = properties.get("total")
    if total is None:
        return 0
    if properties.get("status") == "RETURNED":
        return min(total, 0)
    return total - (properties.get("refunded") or 0)


def _folded(counts: list[Raw]) -> Raw:
    whole = {name: sum((Counter(part[name]) for part in counts), Counter[str]()) for name in ("channels", "stores")}
    currencies = sorted({currency for part in counts for currency in part["spend"]})
    spend = {currency: sum(part["spend"].get(currency, 0) for part in counts) for currency in currencies}
    favourites = {name: min(found, key=lambda key: (-found[key], key), default=None) for name, found in whole.items()}
    return _without_nothing(
        {
            "order_count": sum(part["orders"] for part in counts),
            "spend": [f"{currency}:{total}" for currency, total in spend.items() if total],
            "favourite_channel": favourites["channels"],
            "favourite_store": favourites["stores"],
            "stores": sorted(whole["stores"]),
        }
    )


def _candidates(people: People) -> Iterable[tuple[str, Raw]]:
    for one, other, identifier, reason in people.refused:
        rule = _rule(people, one, other, identifier)
        yield f"{one} ? {other} by {identifier}", {"reason": reason, "rule": rule, "status": "OPEN"}


def _rule(people: People, one: str, other: str, evidence: str) -> str:
    if evidence not in people.identifiers:
        return evidence
    kind = people.identifiers[evidence].kind
    if kind == "EMAIL":
        held = [people.identifiers[evidence].strength(verified=people.records[key].verified(evidence)) for key in (one, other)]
        return "VERIFIED_MAIL" if max(held) == 1 else "MAIL_AND_NAME"
    return "MOBILE_NUMBER" if kind == "PHONE" else "EXCLUSIVE_IDENTIFIER"
