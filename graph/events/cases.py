"""Cases as another system tells them: a help desk, or whatever else keeps a list of what is owed."""

from __future__ import annotations

from graph.events.contract import CaseData
from graph.events.facts import CaseReport
from graph.events.touchpoints import read_by
from graph.identity.normalising.dates import Calendar

TOLD = ("subject", "state", "priority", "topic", "channel", "language", "store", "team", "staff", "resolution", "note")


def read_case(data: CaseData, source: str, subject: str, calendar: Calendar) -> CaseReport:
    """Return what an event tells of a case; null clears what may be empty, and what is missing says nothing."""
    named = data.model_fields_set
    by = read_by(data.by, source, subject, calendar) if data.by is not None else None
    told = {name: getattr(data, name) for name in TOLD if name in named}
    return CaseReport(source, subject, told, by, tuple(dict.fromkeys(data.tags or ())))
