"""What happens to a case: the events of its history, from which its state and its clocks are computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Kind = Literal[
    "OPENED", "CUSTOMER_MESSAGE", "THANKS_UNDONE", "REPLY", "BOUNCED", "NOT_SENT", "NOTE", "STATE_SET", "PRIORITY_SET",
    "TOPIC_SET", "SUGGESTED", "ASSIGNED", "DECLINED", "ESCALATED", "ESCALATION_ANSWERED", "TAGGED", "UNTAGGED", "SNOOZED",
]  # fmt: skip
REPORTED = "REPORTED"
"""The rule of a state that another system has set: it closes the case by itself, and may open it again at any time."""
Priority = Literal["LOW", "NORMAL", "HIGH", "URGENT"]

KINDS: tuple[str, ...] = get_args(Kind)
PRIORITIES: tuple[str, ...] = get_args(Priority)
"""From the least to the most urgent."""
NORMAL = "NORMAL"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One event of a case, as its node keeps it; what its kind does not have is null.

    | kind                | has                                                                                  |
    |---------------------|--------------------------------------------------------------------------------------|
    | OPENED              | topic, priority, language, channel, team, rank, contract: each may be null           |
    | CUSTOMER_MESSAGE    | channel, only_thanks (what `thanks.py` said when it arrived)                         |
    | THANKS_UNDONE       | about (the message: it says more than thanks)                                        |
    | REPLY               | channel: an answer to the customer has left                                          |
    | BOUNCED             | about (the reply that could not be delivered)                                        |
    | NOT_SENT            | about (id of the reply that could not be sent for good), code (why)                  |
    | NOTE                | note, for the staff only                                                             |
    | STATE_SET           | state, code and note (both needed for RESOLVED); rule: REPORTED by another system    |
    | PRIORITY_SET        | priority; by itself: rule and why, or what SUGGESTED has                             |
    | TOPIC_SET           | topic; by itself: rule and why, or what SUGGESTED has                                |
    | SUGGESTED           | topic or priority; model (its version), probability, why, similar (ids of cases)     |
    | ASSIGNED            | team, staff: either null, both null for nobody; by itself with choice (JSON of       |
    |                     | `choices.py`) and until (by when to take it up; null: no such time)                  |
    | DECLINED            | staff: who does not take up what was assigned to them automatically                  |
    | ESCALATED           | team (who is asked), note (what), answer_by                                          |
    | ESCALATION_ANSWERED | about (the ESCALATED event), note                                                    |
    | TAGGED, UNTAGGED    | tag                                                                                  |
    | SNOOZED             | until; null wakes it                                                                 |

    `at`, `answer_by` and `until` are UTC text of fixed width (`2026-04-01T01:00:00.000000Z`); `about` is the id of an
    earlier event. `rank` and `contract` are the customer's when it was opened, so that later ones move no clock. What is
    opened in a conversation has its REPLY at the same time. `why` are reasons: a word, and after a blank what was found
    (`WORDS 返品`). `actor` is the account of a member of staff or an app, null
    where the customer or a rule acted.
    """

    id: str
    at: str
    kind: Kind
    actor: str | None = None
    topic: str | None = None
    priority: str | None = None
    language: str | None = None
    channel: str | None = None
    only_thanks: bool = False
    about: str | None = None
    note: str | None = None
    state: str | None = None
    code: str | None = None
    team: str | None = None
    staff: str | None = None
    answer_by: str | None = None
    tag: str | None = None
    until: str | None = None
    rank: str | None = None
    contract: str | None = None
    rule: str | None = None
    why: tuple[str, ...] = ()
    model: str | None = None
    probability: float | None = None
    similar: tuple[str, ...] = ()
    choice: str | None = None


def ordered(events: Iterable[CaseEvent]) -> list[CaseEvent]:
    """Return each event once, by time and then by id, however they arrived."""
    return sorted({event.id: event for event in events}.values(), key=lambda event: (event.at, event.id))


def moment(at: str) -> datetime:
    """Return the moment of UTC text of fixed width."""
    return datetime.fromisoformat(at)
