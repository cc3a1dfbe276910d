"""In which lists of what must not be forgotten a case stands, as a function of how it stands and of now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from graph.cases.folding import CaseState
from graph.cases.history import moment
from graph.cases.states import ENDED, WAITING_CUSTOMER, WAITING_INTERNAL
from graph.events.newest import utc_text

UNANSWERED, OVERDUE, UNASSIGNED, PROMISED_TODAY, WAITING_TOO_LONG, ESCALATED, BOUNCED = LISTS = (
    "UNANSWERED", "OVERDUE", "UNASSIGNED", "PROMISED_TODAY", "WAITING_TOO_LONG", "ESCALATED", "BOUNCED",
)  # fmt: skip


def lists(
    case: CaseState, due: str | None, promises: Iterable[str], *, now: str, day_ends: str, waiting_days: int
) -> tuple[str, ...]:
    """Return the lists in which a case stands, in the order of LISTS; one that is resolved stands in none.

    `due` is what `next_due` of its clocks is, `promises` when those that are open are due, `day_ends` the end of today
    (`day_end`). It waits too long after so many whole days for the customer or for somebody in the company, unless it is
    snoozed; a promise that is overdue counts among those of today.
    """
    if case.state in ENDED:
        return ()
    waits = case.state in (WAITING_CUSTOMER, WAITING_INTERNAL) and (case.snoozed_until is None or case.snoozed_until <= now)
    stands = {
        UNANSWERED: case.waiting_since is not None,
        OVERDUE: due is not None and due <= now,
        UNASSIGNED: case.staff is None,
        PROMISED_TODAY: any(promise < day_ends for promise in promises),
        WAITING_TOO_LONG: waits and moment(now) - moment(case.since) >= timedelta(days=waiting_days),
        ESCALATED: bool(case.escalations),
        BOUNCED: case.bounced,
    }
    return tuple(name for name in LISTS if stands[name])


def day_end(now: str, zone: str) -> str:
    """Return when the day of `now` ends by the wall clock of a time zone, as UTC text of fixed width."""
    local = moment(now).astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return utc_text(datetime(local.year, local.month, local.day, tzinfo=ZoneInfo(zone)))
