"""What a source record was ever told: an earlier surname finds its bearer, and who moved is known by both homes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.events.facts import Person
from graph.identity.surnames import name_in
from graph.resolution.records import RecordState

_EARLIER: Mapping[str, str] = {
    "name": "earlier_names", "kana": "earlier_kanas", "birthDate": "earlier_birth_dates", "address": "earlier_homes",
}  # fmt: skip
"""Attribute of a person -> property with the texts it had that it has no more; absent while there are none."""
_KEPT: Mapping[str, str] = {"birthDate": "birth_date", "address": "home"}
"""Attribute -> property, of those that are no names."""


def told_now(record: RecordState) -> dict[str, str | None]:
    """Return name, reading, birth date and home as the record has them."""
    return {attribute: _value(record.properties, attribute) for attribute in _EARLIER}


def remember(record: RecordState, person: Person, before: Mapping[str, str | None]) -> None:
    """Keep what the record was told before this event, and what a late event says that it was told."""
    for attribute, earlier in _EARLIER.items():
        if attribute in person.attributes:
            known = record.properties.get(earlier)
            asserted = {*(known or ()), before[attribute], _value(person.attributes[attribute], attribute)}
            kept = sorted(text for text in asserted - {_value(record.properties, attribute)} if text) or None
            if kept != known:
                record.properties[earlier] = record.changes[earlier] = kept
                record.identity_changed = True


def _value(properties: Mapping[str, Any], attribute: str) -> str | None:
    return properties.get(_KEPT[attribute]) if attribute in _KEPT else name_in(properties, attribute)
