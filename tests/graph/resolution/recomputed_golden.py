"""Golden records, recomputed slowly: survivorship field by field, surnames that changed, what is found by search."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from graph.search.forms import search_details, search_names
from tests.graph.resolution.recomputed_people import ENTRY_MASKS, People, Raw, Record

FIELDS = {
    "name": ("name_full", "name"),
    "kana": ("kana_full", "kana"),
    "birth_date": ("birth_date", "birthDate"),
    "gender": ("gender", "gender"),
    "language": ("language", "language"),
    "address": ("address_full", "address"),
}
"""Golden field -> the record property that has it and the attribute that sets it."""
NOTHING = {"未設定", "不明", "UNKNOWN", *filter(None, ENTRY_MASKS)}
ORDER = ("MOBILE_FIRST", "TRUSTED_SOURCE", "VERIFIED", "NEWEST", "MOST_FREQUENT")
Value = tuple[Any, ...]
"""(mobile, trust, verified, time, record, value)"""
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def golden_of(cluster: set[str], people: People, trust: Mapping[str, int]) -> Raw:
    """Return the golden values of a cluster, without what is folded from touchpoints."""
    records = {key: people.records[key] for key in sorted(cluster)}
    ranks = {key: _rank(record.source, trust) for key, record in records.items()}
    golden: Raw = {"kind": "INDIVIDUAL", "status": "ACTIVE", "origins": {}}
    teller: dict[str, Record] = {}
    for field in FIELDS:
        if values := list(_values(field, records, ranks, teller.get("name"))):
            rule, best = _best(values)
            if field in ("name", "kana"):
                newest = min(values, key=lambda value: (_descending(value[3]), value[4]))
                if newest[3] > best[3] and _surname_changed(records[best[4]], records[newest[4]]):
                    rule, best = "SURNAME_CHANGED", newest
                teller[field] = records[best[4]]
                golden |= _present({f"{field}_{part}": teller[field].newest()[f"{field}_{part}"] for part in ("family", "given")})
            golden[field], golden["origins"][field] = best[5], (rule, best[3], best[4])
    for field, kind in (("phone", "PHONE"), ("email", "EMAIL")):
        if values := list(_endpoints(kind, records, ranks, people)):
            rule, best = _best(values)
            golden[field], golden["origins"][field] = best[5], (rule, best[3], best[4])
    if former := _former(teller.get("name"), records):
        golden["former_names"] = former
    golden["search_names"] = search_names([*_all_told(records, "name"), *_all_told(records, "kana")])
    golden["search_details"] = search_details(golden.get("birth_date"), golden.get("address"))
    return golden


def _values(field: str, records: dict[str, Record], ranks: dict[str, int], named: Record | None) -> Iterable[Value]:
    name, attribute = FIELDS[field]
    for key, record in records.items():
        value = record.newest().get(name)
        under_other_surname = field == "kana" and named is not None and _surname_changed(named, record)
        if value and value not in NOTHING and not under_other_surname:
            yield False, ranks[key], _is_verified(record), _time(record, attribute), key, value


def _endpoints(kind: str, records: dict[str, Record], ranks: dict[str, int], people: People) -> Iterable[Value]:
    for key, record in records.items():
        for identifier, claims in record.claims.items():
            found = people.identifiers[identifier]
            if found.kind == kind:
                yield found.mobile, ranks[key], record.verified(identifier), max(time for time, _ in claims), key, found.value


def _best(values: list[Value]) -> tuple[str, Value]:
    """Return the rule that decides and the value that survives, by weeding out one criterion after the other."""
    counted = Counter(_same(value[5]) for value in values)
    ranked = [(*value[:4], counted[_same(value[5])], *value[4:]) for value in values]
    left, kinds = ranked, {_same(value[-1]) for value in ranked}
    rule = "ONLY_VALUE" if len(values) == 1 else "ALL_AGREE" if len(kinds) == 1 else "RECORD_KEY"
    for place, criterion in enumerate(ORDER):
        kept = [value for value in left if value[place] == max(each[place] for each in left)]
        before, after = ({_same(value[-1]) for value in these} for these in (left, kept))
        if rule == "RECORD_KEY" and len(before) > 1 and len(after) == 1:
            rule = criterion
        left = kept
    best = min(left, key=lambda value: (value[5], value[6]))
    return rule, (*best[:4], *best[5:])


def _same(value: str) -> str:
    return "".join(value.split()).lower()


def _rank(source: str, trust: Mapping[str, int]) -> int:
    parts = source.split("/")
    beginnings = ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]
    return next((trust[each] for each in beginnings if each in trust), 0)


def _is_verified(record: Record) -> bool:
    return any(record.verified(identifier) for identifier in record.claims)


def _time(record: Record, attribute: str) -> str:
    return max(mark for mark, _ in record.told[attribute])[0]


def _descending(time: str) -> list[int]:
    return [-ord(sign) for sign in time]


def _surname_changed(one: Record, other: Record) -> bool:
    for field in ("name", "kana"):
        ours, theirs = one.newest().get(f"{field}_family"), other.newest().get(f"{field}_family")
        if ours and theirs:
            return ours != theirs and _script(ours) == _script(theirs) and _agree(one, other)
    return False


def _agree(one: Record, other: Record) -> bool:
    """Tell whether given name and birth date are the same, and known."""
    born = one.newest().get("birth_date")
    if born in ENTRY_MASKS or born != other.newest().get("birth_date"):
        return False
    return any(
        one.newest().get(f"{field}_given") and one.newest()[f"{field}_given"] == other.newest().get(f"{field}_given")
        for field in ("name", "kana")
    )


def _script(name: str) -> bool:
    return bool(_JAPANESE.search(name))


def _former(teller: Record | None, records: dict[str, Record]) -> list[str]:
    if teller is None:
        return []
    family, given = (teller.newest()[f"name_{part}"] for part in ("family", "given"))
    found: set[str] = set()
    for record in records.values():
        if record is teller or _agree(teller, record):
            for text in record.ever("name"):
                parts = text.split()
                other = family and len(parts) == 2 and _script(text) and _script(family) and parts[0] != family
                if other and parts[1] == given:
                    found.add(text)
    return sorted(found)


def _all_told(records: dict[str, Record], field: str) -> list[str]:
    """Return names in the order in which the index takes them: of each record the one it has, then the earlier ones."""
    told: list[str] = []
    for record in records.values():
        now = record.newest().get(f"{field}_full")
        told += ([now] if now else []) + sorted(record.ever(field) - {record.current(field)})
    return told


def _present(properties: Raw) -> Raw:
    return {name: value for name, value in properties.items() if value is not None}
