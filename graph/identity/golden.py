"""The golden record: what a customer's source records say together, each field with the record it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.identity.counts import Counts, favourite, fold
from graph.keys import record_id, store_id
from graph.search_text import index_forms

# golden property <- record property, and the attribute whose stamp says how new it is
_FIELDS = {
    "name": ("name_full", "name"),
    "name_family": ("name_family", "name"),
    "name_given": ("name_given", "name"),
    "kana": ("kana_full", "kana"),
    "kana_family": ("kana_family", "kana"),
    "kana_given": ("kana_given", "kana"),
    "birth_date": ("birth_date", "birthDate"),
    "gender": ("gender", "gender"),
    "language": ("language", "language"),
    "address": ("address_full", "address"),
}
_FIELDS_OF_ONE_ATTRIBUTE = {"name_family": "name", "name_given": "name", "kana_family": "kana", "kana_given": "kana"}


@dataclass(frozen=True, slots=True)
class Reach:
    """A phone or mail of a record, and when it was last reported."""

    kind: str
    value: str
    mobile: bool
    last_seen: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """One source record, as survivorship sees it: properties, stamps (attribute -> stamp), endpoints, counts."""

    key: str
    properties: Mapping[str, Any]
    stamps: Mapping[str, str]
    reach: tuple[Reach, ...]
    counts: Counts


def golden_record(views: Iterable[RecordView]) -> dict[str, Any]:
    """Return the golden properties of a customer; the newest value wins, then the smallest record key."""
    records = sorted(views, key=lambda record: record.key)
    golden: dict[str, Any] = {}
    origins: dict[str, str] = {}
    winners: dict[str, RecordView] = {}
    for name, (property_name, attribute) in _FIELDS.items():
        whole = _FIELDS_OF_ONE_ATTRIBUTE.get(name)
        winner = winners.get(whole) if whole else _newest(records, property_name, attribute)
        golden[name] = winner.properties.get(property_name) if winner else None
        if winner:
            winners[name] = winner
            origins[name] = record_id(winner.key)
    for name, kind in (("phone", "PHONE"), ("email", "EMAIL")):
        reach = max(_reaches(records, kind), key=lambda pair: (pair[0].mobile, pair[0].last_seen, pair[0].value), default=None)
        golden[name] = reach[0].value if reach else None
        if reach:
            origins[name] = record_id(reach[1])
    return {**golden, "origins": origins, **_search_forms(records), **_folded(records)}


def _newest(records: list[RecordView], property_name: str, attribute: str) -> RecordView | None:
    """Return the record with the newest value; `max` keeps the first of equals, which has the smallest key."""
    told = [record for record in records if record.properties.get(property_name) is not None]
    return max(told, key=lambda record: record.stamps.get(attribute, "").split("\t", 1)[0], default=None)


def _reaches(records: list[RecordView], kind: str) -> list[tuple[Reach, str]]:
    return [(reach, record.key) for record in records for reach in record.reach if reach.kind == kind]


def _search_forms(records: list[RecordView]) -> dict[str, str]:
    names = [record.properties.get("name_full") for record in records]
    kanas = [record.properties.get("kana_full") for record in records]
    text, latin = index_forms(filter(None, names), filter(None, kanas))
    return {"search_text": text, "search_latin": latin}


def _folded(records: list[RecordView]) -> dict[str, Any]:
    whole = fold(record.counts for record in records)
    store = favourite(whole.stores)
    return {
        "order_count": whole.orders,
        "spend": [f"{currency}:{amount}" for currency, amount in sorted(whole.spend.items())],
        "favourite_channel": favourite(whole.channels),
        "favourite_store": store_id(store) if store else None,
    }
