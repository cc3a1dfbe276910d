"""The partition that the rules of identity make of a data set, as they would in a graph: rows become events, events records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.events.facts import Person
from graph.identity.guards import conflict
from graph.identity.partition import Partition
from graph.intake.reading import read_event
from graph.matching.fields import Declared
from graph.resolution import composites
from graph.resolution.composites import CompositeState
from graph.resolution.decide import partition_of
from graph.resolution.identifiers import IdentifierState
from graph.resolution.loading import fresh_identifier
from graph.resolution.records import RecordState
from graph.resolution.reporting import report_person

Raw = dict[str, Any]


class Reported:
    """Records and identifiers by key, outside any graph."""

    def __init__(self) -> None:
        self.records: dict[str, RecordState] = {}
        self.identifiers: dict[str, IdentifierState] = {}
        self.composites: dict[str, CompositeState] = {}

    def partition(self) -> Partition:
        return partition_of(self.records, self.identifiers, self.composites)


@dataclass(frozen=True, slots=True)
class Ruled:
    """The clusters of rows, by their places, that the rules make, and whether a guard keeps two rows apart."""

    clusters: list[list[int]]
    apart: Callable[[int, int], bool]


def ruled(reported: Reported, places: Mapping[str, int]) -> Ruled:
    """Return what the rules make of records whose rows have these places."""
    found = reported.partition()
    members = {place: reported.records[key].member(reported.identifiers) for key, place in places.items()}

    def apart(one: int, other: int) -> bool:
        return conflict(members[one], members[other]) is not None

    return Ruled([[places[key] for key in sorted(cluster)] for cluster in found.clusters], apart)


def told(raw: Raw, reported: Reported) -> str:
    """Put what a person event says onto its record, as a batch of events does; return the record's key."""
    event = read_event(raw, b"a key for made-up events")
    person = event.facts
    if not isinstance(person, Person):
        raise TypeError("only events of people are told")
    for claim in person.claims:
        if claim.key not in reported.identifiers:
            fresh = fresh_identifier(claim)
            known = (fresh[name] for name in ("kind", "value", "mobile", "sharing", "state"))
            reported.identifiers[claim.key] = IdentifierState(claim.key, *known)
    record = report_person(person, event, reported)
    keys = composites.told(record)
    reported.composites |= {key: CompositeState(key) for key in keys - reported.composites.keys()}
    composites.move(reported, {record.key: keys})
    return record.key


def by_rules(rows: Iterable[Mapping[str, Any]], declared: Declared) -> Ruled:
    """Return what the rules make of rows."""
    reported = Reported()
    places = {told(_event(place, row, declared), reported): place for place, row in enumerate(rows)}
    return ruled(reported, places)


def _event(place: int, row: Mapping[str, Any], declared: Declared) -> Raw:
    return {
        "specversion": "1.0", "type": "customer360.person.v1", "source": "/evaluated", "id": f"{place:09}",
        "subject": f"{place:09}", "time": "2026-04-01T10:00:00Z", "data": _data(row, declared),
    }  # fmt: skip


def _data(row: Mapping[str, Any], declared: Declared) -> Raw:
    def of(kind: str) -> str:
        return " ".join(_texts(row, declared.columns.get(kind, ())))

    data: Raw = {"identifiers": _identifiers(row, declared)}
    names = {"family": of("surname"), "given": of("given_name"), "full": of("full_name")}
    readings = {"family": of("surname_kana"), "given": of("given_kana")}
    for key, parts in (("name", names), ("kana", readings)):
        if told_parts := {name: text for name, text in parts.items() if text}:
            data[key] = told_parts
    if born := of("birth_date"):
        data["birthDate"] = born
    if address := of("address") or of("home"):
        data["address"] = {"full": address}
    return data


def _identifiers(row: Mapping[str, Any], declared: Declared) -> list[Raw]:
    found: list[Raw] = [{"kind": "PHONE", "value": text} for text in _texts(row, declared.columns.get("phone", ()))]
    mails = _texts(row, declared.columns.get("email", ()))
    found += [{"kind": "EMAIL", "value": text, "verified": declared.verified} for text in mails]
    for column in declared.columns.get("number", ()):
        found += [{"kind": "MEMBER_NUMBER", "scope": column, "value": text} for text in _texts(row, (column,))]
    return found


def _texts(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    return [text for column in columns if row.get(column) is not None and (text := str(row[column]).strip())]
