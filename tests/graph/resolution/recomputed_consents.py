"""Consents, recomputed slowly from raw events: of each the newest declaration, who says it and what it covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from tests.graph.resolution.recomputed_people import Mark, Raw, identifier_key, mark_of, utc

REACHING = {"EMAIL", "PHONE", "FAX", "LINE_USER_ID", "SOCIAL_ACCOUNT", "APP_USER_ID", "DEVICE_ID"}


def recompute_consents(events: Iterable[Raw], recorded: Iterable[Raw] = ()) -> dict[str, Any]:
    """Return consents as facts, with their relationships; `recorded` are those of commands, as they came.

    Each of these has `record`, `point` (an identifier or None), `purpose`, `state`, `proof` with `staff`, and the `mark` that
    the server gave it.
    """
    told: dict[str, list[tuple[Mark, Raw]]] = defaultdict(list)
    for place, raw in enumerate(recorded):
        covers = {identifier_key(raw["point"])} if raw["point"] else set[str]()
        properties = {"purpose": raw["purpose"], "state": raw["state"], "recorded": True, "mark": raw["mark"]}
        properties |= {f"proof_{name}": value for name, value in raw["proof"].items()}
        own = _hashed("recorded", raw["record"], *(covers or {""}), raw["purpose"])
        said = {**properties, "record": raw["record"], "covers": covers, "whole": not covers}
        # The last that came holds, whatever the clocks say.
        told[own].append(((f"{place:09d}", "", ""), said))
    for raw in events:
        if raw["type"] == "customer360.consent.v1":
            for own_id, properties in _declared(raw):
                told[own_id].append((mark_of(raw), properties))
    facts: dict[str, Any] = {}
    for own_id, declared in told.items():
        mark, newest = max(declared, key=lambda pair: pair[0])
        mark = newest.pop("mark", mark)
        record, covers = newest.pop("record"), newest.pop("covers")
        name = f"Consent {own_id}"
        facts[name] = {key: value for key, value in newest.items() if value is not None} | {"stamp": "\t".join(mark)}
        facts |= {f"({name})-[COVERS]->(Identifier {key})": [{}] for key in covers}
        if record:
            facts[f"(SourceRecord {record})-[SAID]->({name})"] = [{}]
    return facts


def _declared(raw: Raw) -> Iterator[tuple[str, Raw]]:
    data = raw["data"]
    by, point = data["by"] or {}, data.get("contactPoint")
    named = by.get("record") or ({"source": raw["source"], "subject": raw["id"]} if "person" in by else None)
    ends = [point] if point else by.get("identifiers", [])
    properties = {"purpose": data["purpose"], "state": data["state"], "valid_to": data.get("validTo") and utc(data["validTo"])}
    properties |= {f"proof_{name}": value for name, value in (data.get("proof") or {}).items()}
    if named:
        record = f"{named['source']}:{named['subject']}"
        own = _id(record, identifier_key(point) if point else "", data["purpose"])
        yield own, {**properties, "record": record, "covers": {identifier_key(end) for end in ends}, "whole": not point}
        return
    for end in ends:
        key = identifier_key(end)
        whole = not point and end["kind"] not in REACHING
        yield _id(f"{raw['source']}:", key, data["purpose"]), {**properties, "record": None, "covers": {key}, "whole": whole}


def _id(voice: str, point: str, purpose: str) -> str:
    return _hashed(voice, point, purpose)


def _hashed(*parts: str) -> str:
    return blake2b("\x1f".join(("Consent", *parts)).encode(), digest_size=16).hexdigest()
