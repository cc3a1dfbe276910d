"""Every name that a source record was ever given: who asks for an earlier surname must find its bearer."""

from __future__ import annotations

from collections.abc import Mapping

from graph.events.facts import Person
from graph.identity.surnames import name_in
from graph.resolution.records import RecordState

_EARLIER: Mapping[str, str] = {"name": "earlier_names", "kana": "earlier_kanas"}
"""Attribute of a person -> property with the texts it had that it has no more; absent while there are none."""


def names_now(record: RecordState) -> dict[str, str | None]:
    """Return name and reading as the record has them."""
    return {attribute: name_in(record.properties, attribute) for attribute in _EARLIER}


def remember_names(record: RecordState, person: Person, before: Mapping[str, str | None]) -> None:
    """Keep what the record was called before this event, and what a late event says that it was called."""
    for attribute, earlier in _EARLIER.items():
        if attribute in person.attributes:
            known = record.properties.get(earlier)
            asserted = {*(known or ()), before[attribute], name_in(person.attributes[attribute], attribute)}
            kept = sorted(text for text in asserted - {name_in(record.properties, attribute)} if text) or None
            if kept != known:
                record.properties[earlier] = record.changes[earlier] = kept
