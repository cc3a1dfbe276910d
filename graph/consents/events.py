"""The event type of consents."""

from __future__ import annotations

from graph.consents.nodes import Consents, parts_of
from graph.events.consents import read_consent
from graph.events.contract import ConsentEvent
from graph.events.event_type import EventType
from graph.events.facts import Consent, Event
from graph.events.outcomes import CREATED, UNCHANGED, UPDATED, Answer
from graph.resolution.people import People
from graph.resolution.reporting import block_if_listed, report_by
from graph.writes.changes import Change
from graph.writes.unit import Unit


def want(consent: Consent, unit: Unit) -> None:
    unit.want("Consent", [part.id for part in parts_of(consent)])


def apply(consent: Consent, event: Event, unit: Unit) -> str:
    """Put a declaration on each of the consents that it is about, where it is the newest."""
    people = unit.of(People)
    report_by(consent.by, event, people)
    if consent.point is not None:
        block_if_listed(consent.point, people)
    outcomes: list[str] = []
    for part in parts_of(consent):
        outcomes.append(unit.of(Consents).state(part.id).apply(part, consent, event))
        if outcomes[-1] != UNCHANGED:
            unit.note(Change(f"Consent:{part.id}", "consent.changed", (f"Consent:{part.id}",), ("state",)))
    return next(outcome for outcome in (CREATED, UPDATED, UNCHANGED) if outcome in outcomes)


def answer(consent: Consent, unit: Unit) -> Answer:
    key = consent.by.record_key
    if key is None:
        return Answer(None, "SAID_BY_CONTACT_POINT")
    return Answer(unit.of(People).records[key].customer, "SAID_BY_RECORD")


CONSENT = EventType(
    "customer360.consent.v1",
    ConsentEvent,
    lambda event, calendar: read_consent(event.data, event.source, event.subject or event.id, calendar),
    want,
    apply,
    answer,
)
