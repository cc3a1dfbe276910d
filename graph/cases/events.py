"""The event type of cases: what another system reports of one becomes its history, in the order in which it happened there."""

from __future__ import annotations

from graph.cases.case import Case
from graph.cases.history import CaseEvent as Happened
from graph.cases.history import Kind
from graph.cases.nodes import COUNTER, Cases
from graph.cases.states import CLOSED, RESOLVED
from graph.events.cases import read_case
from graph.events.contract import CaseEvent
from graph.events.event_type import EventType
from graph.events.facts import CaseReport, Event
from graph.events.newest import read_stamps, stamp, take_newer, utc_text, write_stamps
from graph.events.outcomes import CREATED, UNCHANGED, UPDATED, Answer
from graph.keys import opaque, store_id
from graph.resolution.people import People
from graph.resolution.reporting import report_by
from graph.writes.unit import Unit

SOURCE = "SOURCE"


def case_id(source: str, subject: str) -> str:
    return opaque("Case", "reported", source, subject)


def want(report: CaseReport, unit: Unit) -> None:
    unit.want("Case", (case_id(report.source, report.subject),))
    unit.want("CaseCounter", (COUNTER,))


def apply(report: CaseReport, event: Event, unit: Unit) -> str:
    """Put what is reported into the history of its case, which is made if need be; one of somebody erased stays as it is."""
    cases, own_id = unit.of(Cases), case_id(report.source, report.subject)
    case = cases.known.get(own_id)
    known = case is not None
    if case is None:
        case = cases.begin(own_id, subject=None, record="", origin=SOURCE, opened_by="", store_code="", store_id="", stamps=None)
        case.put(source=report.source, external_id=report.subject)
    elif case.properties.get("erased"):
        return UNCHANGED
    if report.by is not None:
        report_by(report.by, event, unit.of(People))
    before = case.version, len(case.events)
    _describe(case, report, event)
    _tell(case, report, event)
    cases.settle(case, "case.changed" if known else "case.opened")
    if not known:
        return CREATED
    return UPDATED if (case.version, len(case.events)) != before else UNCHANGED


def answer(report: CaseReport, unit: Unit) -> Answer:
    key = report.by.record_key if report.by else None
    return Answer(unit.of(People).records[key].customer if key else None, "CASE")


def _describe(case: Case, report: CaseReport, event: Event) -> None:
    """Set what is no history: of each the newest that was told counts."""
    stamps = read_stamps(case.properties.get("stamps"))
    told = [name for name in ("subject", "store") if name in report.told]
    if report.by is not None and report.by.record_key is not None:
        told.append("by")
    won = take_newer(stamps, told, stamp(utc_text(event.time), event.source, event.id))
    store = report.told.get("store") or ""
    values = {
        "subject": {"subject": report.told.get("subject")},
        "store": {"store_code": store, "store_id": store_id(store) if store else ""},
        "by": {"record": report.by.record_key if report.by else ""},
    }
    for name in won:
        case.put(**values[name])
    if won:
        case.put(stamps=write_stamps(stamps))


def _tell(case: Case, report: CaseReport, event: Event) -> None:
    """Let happen what the event tells, at its time; the earliest event of all is how it was opened."""
    at, told = utc_text(event.time), report.told
    base = opaque("CaseEvent", case.id, event.source, event.id)

    def happen(kind: Kind, place: int = 0, **more: str | None) -> None:
        case.happen(Happened(f"{base}-{kind}-{place}", at, kind, None, **more))  # type: ignore[arg-type]

    opened = case.events.get(f"{case.id}-0")
    if opened is None or at < opened.at:
        case.happen(Happened(f"{case.id}-0", at, "OPENED", language=told.get("language"), channel=told.get("channel")))
    if told.get("priority"):
        happen("PRIORITY_SET", priority=told["priority"])
    if "topic" in told:
        happen("TOPIC_SET", topic=told["topic"])
    if "team" in told or "staff" in told:
        happen("ASSIGNED", team=told.get("team"), staff=told.get("staff"))
    state, code = told.get("state"), told.get("resolution")
    if state == CLOSED:
        happen("STATE_SET", 0, state=RESOLVED, code=code)
    if state:
        happen("STATE_SET", 1, state=state, code=code)


CASE = EventType(
    "customer360.case.v1",
    CaseEvent,
    lambda event, calendar: read_case(event.data, event.source, event.subject, calendar),
    want,
    apply,
    answer,
)
