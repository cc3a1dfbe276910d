"""What is kept on the node of a case so that lists find it: computed from its history on every write, never counted up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.cases.clocks import clocks, next_due
from graph.cases.folding import CaseState, course
from graph.cases.history import CaseEvent
from graph.cases.offers import NEVER
from graph.cases.states import ENDED, NEW, OPEN
from graph.cases.tables import tables, tables_number

CLOSES_AFTER_DAYS = 7
"""So many days after it was resolved, a case closes by itself."""
OPEN_LIST, DONE_LIST = "OPEN", "DONE"


def derived(case: str, events: Iterable[CaseEvent], now: str) -> dict[str, Any]:
    """Return the properties that follow from the history of a case at a time.

    '' stands for none, since an index has no entry for null. `turn` sorts lists: by what is due first, of that by who has
    waited longest, of what is done by when that was; `queued` sorts what nobody has by since when. `asked` are the teams that
    read it since they were asked.
    """
    stood = course(events, CLOSES_AFTER_DAYS, now)
    state = stood[-1][1] if stood else CaseState()
    done = state.state in ENDED
    due = NEVER if done else next_due(clocks(stood, tables(), now)) or NEVER
    waits = state.state in (NEW, OPEN) and state.staff is None and state.waits_since is not None
    asked = state.escalations[0] if state.escalations and not done else None
    return {
        "state": state.state,
        "since": state.since,
        "opened_at": state.opened_at or state.since,
        "priority": state.priority,
        "topic": state.topic or "",
        "team": state.team or "",
        "staff": state.staff or "",
        "last_owner": state.last_owner,
        "queued": f"{state.waits_since}{case}" if waits else "",
        "offered": "" if done else state.offered_until or "",
        "declined": sorted(state.declined),
        "language": state.language,
        "channel": state.channel,
        "tags": sorted(state.tags),
        "snoozed_until": state.snoozed_until,
        "due": due,
        "tables": tables_number(),
        "turn": (state.since if done else due + (state.waiting_since or state.opened_at or state.since)) + case,
        "listed": DONE_LIST if done else OPEN_LIST,
        "unanswered": not done and state.waiting_since is not None,
        "bounced": not done and state.bounced,
        "last_message_at": state.last_message,
        "reopen_count": state.reopen_count,
        "escalated_to": (asked.team or "") if asked else "",
        "escalated": asked is not None,
        "asked": [] if done else sorted(state.asked),
        "escalation_due": asked.answer_by if asked else None,
        "resolved_at": state.resolved_at,
        "code": state.code,
        "closes_at": state.closes_at,
    }
