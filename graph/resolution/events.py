"""The event type of persons."""

from __future__ import annotations

from graph.events.contract import PersonEvent
from graph.events.event_type import EventType
from graph.events.facts import Event, Person
from graph.events.outcomes import CREATED, UNCHANGED, UPDATED, Answer
from graph.events.persons import read_person
from graph.identity.composites import composites
from graph.resolution.people import People
from graph.resolution.reporting import report_person
from graph.writes.unit import Unit

_COMPARED = (("birthDate", "birth_date"), ("address", "home"))


def want(person: Person, unit: Unit) -> None:
    """Want the composite keys of what the event tells: with what the record was told before, there may be more."""
    born, home = (person.attributes.get(attribute, {}).get(name) for attribute, name in _COMPARED)
    told = (str(value) if value else None for value in (born, home))
    unit.of(People).want(composites=composites(person.names, *told))


def apply(person: Person, event: Event, unit: Unit) -> str:
    people = unit.of(People)
    known = people.records.get(person.record)
    before = dict(known.stamps) if known else {}
    record = report_person(person, event, people)
    if known is None:
        return CREATED
    return UPDATED if record.stamps != before or record.claims_changed else UNCHANGED


def answer(person: Person, unit: Unit) -> Answer:
    record = unit.of(People).records[person.record]
    return Answer(record.customer, record.link_rule)


PERSON = EventType(
    "customer360.person.v1",
    PersonEvent,
    lambda event, calendar: read_person(event.data, event.source, event.subject, calendar),
    want,
    apply,
    answer,
)
