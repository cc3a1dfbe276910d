"""The words of cases: how one stands, what happens to it, how pressing it is, and where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph.cases import clocks, history, priority_rules, promises, states, targets
from resolvers.engine.enums import words
from resolvers.values.words import listed

if TYPE_CHECKING:
    # To a type checker a word is text, as in `values/words.py`.
    CaseClockKind: TypeAlias = str
    CaseClockState: TypeAlias = str
    CaseEventKind: TypeAlias = str
    CaseList: TypeAlias = str
    CaseOrigin: TypeAlias = str
    CasePriority: TypeAlias = str
    CaseReasonKind: TypeAlias = str
    CaseState: TypeAlias = str
    PromiseState: TypeAlias = str
else:
    CaseState = words(
        "CaseState",
        "How a case stands.",
        listed(
            states.STATES,
            {
                "NEW": "Nobody has worked on it yet.",
                "OPEN": "Somebody works on it, or the customer waits for an answer.",
                "WAITING_CUSTOMER": "Waits for an answer of the customer; their next message opens it again.",
                "WAITING_INTERNAL": "Waits for somebody else in the company.",
                "RESOLVED": "Dealt with; a message of the customer opens it again, unless it only says thanks.",
                "CLOSED": "Closed for good: a new case follows it.",
            },
        ),
    )
    CasePriority = words(
        "CasePriority",
        "How pressing a case is.",
        listed(
            history.PRIORITIES,
            {
                "LOW": "It can wait.",
                "NORMAL": "As most are.",
                "HIGH": "Before those that are normal.",
                "URGENT": "At once.",
            },
        ),
    )
    CaseEventKind = words(
        "CaseEventKind",
        "What happened to a case.",
        listed(
            history.KINDS,
            {
                "OPENED": "It was opened.",
                "CUSTOMER_MESSAGE": "The customer got in touch.",
                "THANKS_UNDONE": "Somebody said that a message says more than thanks.",
                "REPLY": "The customer was answered.",
                "BOUNCED": "An answer could not be delivered.",
                "NOT_SENT": "An answer could not be sent.",
                "NOTE": "A note was written, for the staff only.",
                "STATE_SET": "Somebody set another state.",
                "PRIORITY_SET": "Somebody set the priority.",
                "TOPIC_SET": "Somebody set the topic.",
                "SUGGESTED": "A model of past cases suggested a topic or a priority.",
                "ASSIGNED": "It was assigned to a team, to somebody, or to nobody.",
                "DECLINED": "Whoever it was assigned to automatically declined it, or did not take it up in time.",
                "ESCALATED": "Another team was asked.",
                "ESCALATION_ANSWERED": "The team that was asked has answered.",
                "TAGGED": "A tag was added.",
                "UNTAGGED": "A tag was removed.",
                "SNOOZED": "It was snoozed until a time, or woken.",
            },
        ),
    )
    CaseReasonKind = words(
        "CaseReasonKind",
        "Why topic or priority of a case was set by itself.",
        listed(
            priority_rules.REASONS,
            {
                "WORDS": "Words that stand in what was written.",
                "CHANNEL": "The channel by which it came.",
                "RANK": "The customer's rank.",
                "TOPIC": "The topic.",
                "PROMISE_OVERDUE": "A promise to the customer is overdue.",
            },
        ),
    )
    CaseClockKind = words(
        "CaseClockKind",
        "What is owed in a case.",
        listed(
            targets.CLOCK_KINDS,
            {
                "FIRST_RESPONSE": "The first answer.",
                "NEXT_RESPONSE": "An answer to a later message.",
                "RESOLUTION": "The resolution.",
            },
        ),
    )
    CaseClockState = words(
        "CaseClockState",
        "How a clock stands.",
        listed(
            clocks.CLOCK_STATES,
            {
                "PENDING": "It is owed, and there is time.",
                "IMMINENT": "It is owed soon.",
                "BREACHED": "It was not done in time.",
                "MET": "It was done in time.",
                "CANCELLED": "It is owed no more.",
            },
        ),
    )
    PromiseState = words(
        "PromiseState",
        "Whether a promise is still to be kept.",
        listed(
            promises.PROMISE_STATES,
            {
                "OPEN": "It is to be kept.",
                "KEPT": "It was kept.",
                "WITHDRAWN": "It was withdrawn.",
            },
        ),
    )
    CaseOrigin = words(
        "CaseOrigin",
        "How a case came to be opened.",
        {
            "PERSON": "Somebody opened it.",
            "STORE": "A store asked for something.",
            "INTERACTION": "An interaction of a customer opened it by itself.",
            "SOURCE": "A source system reported it.",
        },
    )
    CaseList = words(
        "CaseList",
        "Which of the two lists a case stands in.",
        {
            "OPEN": "Cases on which something is left to do, what is due first before all others.",
            "DONE": "Cases that are resolved or closed, the last one first.",
        },
    )
