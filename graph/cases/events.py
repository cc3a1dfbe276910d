"""The event type of cases: what another system reports of one becomes its history, in the order in which it happened there."""

from __future__ import annotations

from dataclasses import replace

from graph.cases.case import Case
from graph.cases.history import REPORTED, Kind
from graph.cases.history import CaseEvent as Happened
from graph.cases.nodes import COUNTER, Cases
from graph.cases.states import CLOSED, ENDED, RESOLVED
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
    """Let happen what the event tells, at its time; the earliest event of all is how it was opened.

    Its state comes last, by the place in the ids, since a closed case takes nothing.
    """
    at, told = utc_text(event.time), report.told
    base = opaque("CaseEvent", case.id, event.source, event.id)

    def happen(kind: Kind, place: int = 0, **more: str | None) -> None:
        case.happen(Happened(f"{base}-{place}-{kind}", at, kind, None, **more))  # type: ignore[arg-type]

    _open(case, Happened(f"{case.id}-0", at, "OPENED", language=told.get("language"), channel=told.get("channel")))
    if told.get("priority"):
        happen("PRIORITY_SET", priority=told["priority"])
    if "topic" in told:
        happen("TOPIC_SET", topic=told["topic"])
    if "team" in told or "staff" in told:
        happen("ASSIGNED", team=told.get("team"), staff=told.get("staff"))
    for number, tag in enumerate(report.tags):
        _tag(case, Happened(f"{base}-0-TAGGED-{number}", at, "TAGGED", tag=tag))
    state, note = told.get("state"), told.get("note")
    code = told.get("resolution") if state in ENDED else None
    if note and state not in ENDED:
        happen("NOTE", note=note)
    if state == CLOSED:
        happen("STATE_SET", 1, state=RESOLVED, code=code, note=note, rule=REPORTED)
    if state:
        happen("STATE_SET", 2, state=state, code=code, note=note if state == RESOLVED else None, rule=REPORTED)


def _open(case: Case, opened: Happened) -> None:
    """Let the earliest event of all be how it was opened; of several at one time each says what it knows."""
    known = case.events.get(opened.id)
    if known is None or opened.at < known.at:
        case.happen(opened)
    elif opened.at == known.at:
        language, channel = _either(known.language, opened.language), _either(known.channel, opened.channel)
        case.happen(replace(known, language=language, channel=channel))


def _either(one: str | None, other: str | None) -> str | None:
    """Return the one that is told; of two the same one, whichever came first."""
    return min((each for each in (one, other) if each), default=None)


def _tag(case: Case, tagged: Happened) -> None:
    """Let a tag be there as of when it was first told: however often and in whichever order that is told, it happened once."""
    told = [each for each in case.events.values() if (each.kind, each.tag, each.actor) == ("TAGGED", tagged.tag, None)]
    first = min([tagged, *told], key=lambda each: (each.at, each.id))
    for each in told:
        if each.id != first.id:
            case.forget(each.id)
    case.happen(first)


CASE = EventType(
    "customer360.case.v1",
    CaseEvent,
    lambda event, calendar: read_case(event.data, event.source, event.subject, calendar),
    want,
    apply,
    answer,
)
