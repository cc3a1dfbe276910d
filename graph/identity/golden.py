"""The golden record: what a customer's source records say together, each field with its record, rule and time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from graph.identity.counts import Counts, favourite, fold
from graph.identity.record_view import FIELDS, REACHES, RecordView
from graph.identity.surnames import former_names, surname_changed
from graph.identity.survivorship import SURNAME_CHANGED, Asserted, Survivor, survivor
from graph.identity.trust import EQUAL, Trust
from graph.keys import record_id, store_id
from graph.search.forms import search_details, search_names

Records = Mapping[str, RecordView]
"""The records of one customer by key, in the order of their keys."""
_NAMES = ("name", "kana")


def golden_record(views: Iterable[RecordView], trust: Trust = EQUAL) -> dict[str, Any]:
    """Return the golden properties of a customer; `origins` says of each field what `origin` writes."""
    records = {view.key: view for view in sorted(views, key=lambda view: view.key)}
    survivors = _survivors(records, trust)
    golden: dict[str, Any] = dict.fromkeys((*FIELDS, *REACHES))
    golden |= {field: best.asserted.value for field, best in survivors.items()}
    for prefix in _NAMES:
        teller = _teller(survivors, prefix, records)
        golden |= {f"{prefix}_{part}": teller and teller.properties.get(f"{prefix}_{part}") for part in ("family", "given")}
    named = _teller(survivors, "name", records)
    golden["former_names"] = (named and former_names(named.properties, (each.properties for each in records.values()))) or None
    golden["origins"] = [origin(field, best) for field, best in survivors.items()]
    golden["search_names"] = search_names(_names_of(records.values()))
    golden["search_details"] = search_details(golden["birth_date"], golden["address"])
    return golden | folded(each.counts for each in records.values())


def origin(field: str, best: Survivor) -> str:
    """Return where a golden value comes from, as it is stored: field, rule, time and record id, parted by tabs."""
    return "\t".join((field, best.rule, best.asserted.time, record_id(best.asserted.record)))


def _survivors(records: Records, trust: Trust) -> dict[str, Survivor]:
    survivors: dict[str, Survivor] = {}
    for field in FIELDS:
        asserted = [value for record in records.values() for value in record.asserted(field, trust)]
        if field == "kana":
            asserted = _readings_of(_teller(survivors, "name", records), asserted, records)
        if best := survivor(asserted):
            survivors[field] = _of_newest_surname(best, asserted, records) if field in _NAMES else best
    for field in REACHES:
        if best := survivor(value for record in records.values() for value in record.reached(field, trust)):
            survivors[field] = best
    return survivors


def _teller(survivors: Mapping[str, Survivor], field: str, records: Records) -> RecordView | None:
    return records[survivors[field].asserted.record] if field in survivors else None


def _of_newest_surname(best: Survivor, asserted: Iterable[Asserted], records: Records) -> Survivor:
    """Return the newest name where it differs from the best one by a marriage: no trust makes an old surname current."""
    newest = max(asserted, key=lambda one: one.time)
    if newest.time > best.asserted.time:
        ours, theirs = (records[one.record].properties for one in (best.asserted, newest))
        if surname_changed(ours, theirs):
            return Survivor(newest, SURNAME_CHANGED)
    return best


def _readings_of(named: RecordView | None, asserted: list[Asserted], records: Records) -> list[Asserted]:
    """Leave out readings that were asserted of an earlier surname."""
    if named is None:
        return asserted
    return [one for one in asserted if not surname_changed(named.properties, records[one.record].properties)]


def _names_of(records: Collection[RecordView]) -> Iterator[str]:
    """Yield every name and reading that any record gives, or ever gave."""
    for now, earlier in (("name_full", "earlier_names"), ("kana_full", "earlier_kanas")):
        for each in records:
            yield from filter(None, (each.properties.get(now), *(each.properties.get(earlier) or ())))


def folded(counts: Iterable[Counts]) -> dict[str, Any]:
    """Return what a customer did, counted over its records."""
    whole = fold(counts)
    store = favourite(whole.stores)
    return {
        "order_count": whole.orders,
        "spend": [f"{currency}:{amount}" for currency, amount in sorted(whole.spend.items())],
        "favourite_channel": favourite(whole.channels),
        "favourite_store": store_id(store) if store else None,
        "stores": sorted(whole.stores),
    }
