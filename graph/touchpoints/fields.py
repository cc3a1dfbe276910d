"""The own fields of touchpoint kinds: each with its type and what it means, in the groups that kinds share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import LiteralString


class FieldType(StrEnum):
    """Shape of a field. The graph keeps TIME as ISO text in UTC and the last three as JSON text."""

    TEXT = "TEXT"
    TEXTS = "TEXTS"
    INTEGER = "INTEGER"
    NUMBER = "NUMBER"
    BOOLEAN = "BOOLEAN"
    TIME = "TIME"
    MESSAGES = "MESSAGES"
    PAGES = "PAGES"
    ANSWERS = "ANSWERS"


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is the node property; events and GraphQL use the same name in camelCase.

    One that rules or commands look at (`looked_at`) is loaded wherever its touchpoint is locked.
    """

    name: LiteralString
    type: FieldType
    description: str
    looked_at: bool = False


HAND_OVER = (
    Field(
        "handed_over_to",
        FieldType.TEXT,
        "Staff code or queue to which the conversation was handed over; null if it was not.",
    ),
    Field("last_step", FieldType.TEXT, "Last step that was done or agreed, for whoever takes over; null if not reported."),
    Field("promise", FieldType.TEXT, "What the customer was promised, and by when; null if nothing was."),
)
CONVERSING = Field(
    "conversation", FieldType.TEXT, "Id of the conversation in its channel, the same for all its parts; null if it has none."
)
TELEPHONE = (
    Field("duration_seconds", FieldType.INTEGER, "Duration of the call in seconds; null if not reported.", looked_at=True),
    Field("queue", FieldType.TEXT, "Queue or hunt group that received the call."),
    Field("outcome", FieldType.TEXT, "Outcome, as the telephone system reports it.", looked_at=True),
    Field(
        "ended_at_estimated",
        FieldType.BOOLEAN,
        "Whether `endedAt` is an estimate, since no end was reported; null if nobody said.",
    ),
    Field("started_from_url", FieldType.TEXT, "URL of the page on which the customer tapped the number; null if not reported."),
    Field("menu_path", FieldType.TEXTS, "Menu choices of the caller, in order."),
    CONVERSING,
    *HAND_OVER,
)
AUTO_SUBMITTED = Field(
    "auto_submitted",
    FieldType.BOOLEAN,
    "Whether a program sent it by itself, such as an out-of-office reply; null if not reported.",
    looked_at=True,
)
CONVERSATION = (
    Field("messages", FieldType.MESSAGES, "Messages of the conversation, oldest first.", looked_at=True),
    CONVERSING,
    *HAND_OVER,
    Field(
        "answered_elsewhere",
        FieldType.BOOLEAN,
        "Whether another system answers this, so that it waits for no answer here; null if not reported.",
        looked_at=True,
    ),
)
SOCIAL = (*CONVERSATION, AUTO_SUBMITTED)
WRITTEN = (
    Field("message_id", FieldType.TEXT, "Message id in the mail, SMS or form system."),
    Field("in_reply_to", FieldType.TEXT, "Id of the message that this one answers; null if there is none."),
    Field("references", FieldType.TEXTS, "Ids of the messages before this one, the oldest first, as its header gives them."),
    Field("sender_name", FieldType.TEXT, "Name of the sender as the message gives it; null if not reported."),
    AUTO_SUBMITTED,
    Field(
        "delivery_status",
        FieldType.TEXT,
        "What the mail server reported of its delivery, for example `FAILED 5.1.1`; null if nothing was reported.",
    ),
    Field("campaign", FieldType.TEXT, "Name or code of the campaign; null for other correspondence."),
    Field("form", FieldType.TEXT, "Name of the form that the customer filled in; null if there is none."),
)
CORRESPONDENCE = (*WRITTEN, CONVERSING, *HAND_OVER)
COUNTER = (
    Field("asked_for", FieldType.TEXTS, "What the customer asked for: words or SKUs."),
    Field("tried_on", FieldType.TEXTS, "What the customer tried on: words or SKUs."),
    Field("size", FieldType.TEXT, "Size that was measured or that fitted."),
    Field("advice", FieldType.TEXT, "What staff recommended or explained, as they noted it."),
    *HAND_OVER,
)
BROWSING = (
    Field("pages", FieldType.PAGES, "Pages or screens that were viewed, oldest first."),
    Field("referrer", FieldType.TEXT, "Page or campaign from which the visitor came; null if not reported."),
    Field("device", FieldType.TEXT, "Device, as the source names it: a phone, a tablet or a model."),
)
DOCUMENT = (
    Field("document", FieldType.TEXT, "Title or number of the document, catalogue or file."),
    Field("page_count", FieldType.INTEGER, "Number of pages."),
)
OPINION = (
    Field("score", FieldType.NUMBER, "Score that the customer gave, a number on `scale`.", looked_at=True),
    Field("scale", FieldType.TEXT, "Scale of the score: its highest value or its name.", looked_at=True),
    Field("answers", FieldType.ANSWERS, "Answers of the customer, in the order of the questions."),
    Field("sentiment", FieldType.TEXT, "Sentiment, as the source reports it.", looked_at=True),
)
SCHEDULED = (
    Field("scheduled_for", FieldType.TIME, "Scheduled time, UTC; it may lie ahead.", looked_at=True),
    Field("attended", FieldType.BOOLEAN, "Whether the customer attended; null if not reported.", looked_at=True),
    Field(
        "result",
        FieldType.TEXT,
        "Result of the meeting, as the source reports it, for example bought, measured or repaired.",
        looked_at=True,
    ),
    Field("serial", FieldType.TEXT, "Serial number of the product; null if not reported."),
)
RETURNING = (
    Field("order_number", FieldType.TEXT, "Number of the order of which goods came back."),
    Field("order_source", FieldType.TEXT, "Source that numbers the order."),
    Field("reason", FieldType.TEXT, "Why it came back, as the source reports it; null if not reported."),
)

THREAD_EVIDENCE: tuple[LiteralString, ...] = (
    "message_name", "replied_names", "referenced_names", "marker_names", "reference", "conversation", "order_numbers",
)  # fmt: skip
"""Properties by which interactions become one thread, beside their topic, time and who they are by."""
