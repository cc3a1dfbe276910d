"""Histories for tests: events by the minute, and any history for laws."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from graph.cases.history import KINDS, PRIORITIES, CaseEvent
from graph.cases.states import RESOLVED, STATES
from graph.events.newest import utc_text

START = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)


def at(minutes: float) -> str:
    """Return the time so many minutes after Wednesday 2026-04-01 10:00 in Tokyo."""
    return utc_text(START + timedelta(minutes=minutes))


def event(minutes: float, kind: Any, **values: Any) -> CaseEvent:
    return CaseEvent(values.pop("id", f"{kind}-{minutes}"), at(minutes), kind, **values)


def resolved(minutes: float) -> CaseEvent:
    return event(minutes, "STATE_SET", state=RESOLVED, code="ANSWERED", note="Told them.")


@st.composite
def histories(draw: st.DrawFn, largest: int = 14) -> list[CaseEvent]:
    """Any history: events of all kinds, some at the same time, some about others, the most of them within three weeks."""
    events = [CaseEvent("e", at(0), "OPENED", topic="delivery", priority=draw(st.sampled_from(PRIORITIES)))]
    for number in range(draw(st.integers(0, largest))):
        kind: Any = draw(st.sampled_from(KINDS))
        values: dict[str, Any] = {}
        if kind == "CUSTOMER_MESSAGE":
            values["only_thanks"] = draw(st.booleans())
        elif kind == "STATE_SET":
            values["state"] = draw(st.sampled_from(STATES))
        elif kind == "PRIORITY_SET":
            values["priority"] = draw(st.sampled_from(PRIORITIES))
        elif kind == "ASSIGNED":
            values = {"team": draw(st.sampled_from([None, "red", "blue"])), "staff": draw(st.sampled_from([None, "s1", "s2"]))}
        elif kind in ("THANKS_UNDONE", "BOUNCED", "ESCALATION_ANSWERED"):
            values["about"] = draw(st.sampled_from([one.id for one in events]))
        elif kind in ("TAGGED", "UNTAGGED"):
            values["tag"] = draw(st.sampled_from(["gift", "vip"]))
        elif kind == "SNOOZED":
            values["until"] = draw(st.sampled_from([None, at(9_000)]))
        minutes = draw(st.integers(0, 600) | st.integers(0, 30_000))
        events.append(CaseEvent(f"e{number}", at(minutes), kind, **values))
    return events
