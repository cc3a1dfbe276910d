"""Surnames that change: a marriage, not a conflict. The newest is golden, the earlier ones are former names.

Records of one customer are tied by strong identifiers or by a person; what is left to compare is given name and birth date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.identity.defaults import tells_something
from graph.identity.name_agreement import given_names
from graph.identity.normalising.dates import is_real_birth_date
from graph.identity.normalising.names import is_japanese, join_name, split_name
from graph.identity.normalising.told_names import told_name
from graph.search.folding import fold_name

Properties = Mapping[str, Any]
"""Properties of a source record."""


def name_in(properties: Properties, prefix: str) -> str | None:
    """Return a name (`name`) or reading (`kana`) of a record in one line, parted where the parts are known."""
    family, given = properties.get(f"{prefix}_family"), properties.get(f"{prefix}_given")
    return join_name(family, given) if family and given else properties.get(f"{prefix}_full")


def surname_changed(one: Properties, other: Properties) -> bool:
    """Tell whether two records of one customer differ in nothing but the surname: as written, or else as read."""
    written = bool(one.get("name_family") and other.get("name_family"))
    part = "name_family" if written else "kana_family"
    return _differ(one.get(part), other.get(part)) and _one_person(one, other)


def former_names(golden: Properties, others: Iterable[Properties]) -> list[str]:
    """Return the names under earlier surnames: of the record that tells the golden name, and of those that agree with it."""
    found: dict[str, str] = {}
    for record in (golden, *(other for other in others if _one_person(golden, other))):
        for text in sorted(filter(None, (name_in(record, "name"), *(record.get("earlier_names") or ())))):
            family, given = split_name(text)
            same_given = given is not None and fold_name(given) == fold_name(golden.get("name_given") or "")
            if same_given and _differ(golden.get("name_family"), family) and tells_something("name", family):
                found.setdefault(fold_name(text), text)
    return [found[folded] for folded in sorted(found)]


def _one_person(one: Properties, other: Properties) -> bool:
    born, given = one.get("birth_date"), _given(one)
    return is_real_birth_date(born) and born == other.get("birth_date") and not given.isdisjoint(_given(other))


def _given(properties: Properties) -> frozenset[str]:
    told = (told_name(None, None, properties.get(part)) for part in ("name_given", "kana_given"))
    return given_names(filter(None, told))


def _differ(one: str | None, other: str | None) -> bool:
    """Tell whether two surnames differ in the same script; how old or new their kanji are does not count."""
    if not one or not other:
        return False
    return is_japanese(one) == is_japanese(other) and fold_name(one) != fold_name(other)
