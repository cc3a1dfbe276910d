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


TELEPHONE = (
    Field("duration_seconds", FieldType.INTEGER, "Duration of the call in seconds; null if not reported.", looked_at=True),
    Field("queue", FieldType.TEXT, "Queue or hunt group that received the call."),
    Field("outcome", FieldType.TEXT, "Outcome, as the telephone system reports it.", looked_at=True),
    Field("started_from_url", FieldType.TEXT, "URL of the page on which the customer tapped the number; null if not reported."),
    Field("menu_path", FieldType.TEXTS, "Menu choices of the caller, in order."),
)
CONVERSATION = (
    Field("messages", FieldType.MESSAGES, "Messages of the conversation, oldest first.", looked_at=True),
    Field(
        "handed_over_to",
        FieldType.TEXT,
        "Staff code or queue to which the conversation was handed over; null if it was not.",
    ),
)
WRITTEN = (
    Field("message_id", FieldType.TEXT, "Message id in the mail, SMS or form system."),
    Field("in_reply_to", FieldType.TEXT, "Id of the message that this one answers; null if there is none."),
    Field("campaign", FieldType.TEXT, "Name or code of the campaign; null for other correspondence."),
    Field("form", FieldType.TEXT, "Name of the form that the customer filled in; null if there is none."),
)
COUNTER = (
    Field("asked_for", FieldType.TEXTS, "What the customer asked for: words or SKUs."),
    Field("tried_on", FieldType.TEXTS, "What the customer tried on: words or SKUs."),
    Field("size", FieldType.TEXT, "Size that was measured or that fitted."),
    Field("advice", FieldType.TEXT, "What staff recommended or explained, as they noted it."),
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
