"""The own fields of touchpoint kinds: each with its type and what it means, in the groups that kinds share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    """`name` is the node property; events and GraphQL use the same name in camelCase."""

    name: str
    type: FieldType
    description: str


TELEPHONE = (
    Field("duration_seconds", FieldType.INTEGER, "How long the talk lasted, in whole seconds."),
    Field("queue", FieldType.TEXT, "The queue or hunt group that took it."),
    Field("outcome", FieldType.TEXT, "How it ended, in the words of the telephone system."),
    Field("started_from_url", FieldType.TEXT, "The page on which the customer tapped the number."),
    Field("menu_path", FieldType.TEXTS, "The menu choices of the caller, in order."),
)
CONVERSATION = (
    Field("messages", FieldType.MESSAGES, "What was said: a list of {at, from, text}, oldest first."),
    Field(
        "handed_over_to",
        FieldType.TEXT,
        "Who took the conversation over from the machine or first agent: a staff code or a queue.",
    ),
)
WRITTEN = (
    Field("message_id", FieldType.TEXT, "Id that the mail server, gateway or form system gave to it."),
    Field("in_reply_to", FieldType.TEXT, "Id of the message that this one answers."),
    Field("campaign", FieldType.TEXT, "Name or code of the marketing activity that sent it; null for ordinary correspondence."),
    Field("form", FieldType.TEXT, "Name of the web page's form that the customer filled in, as the site calls it."),
)
COUNTER = (
    Field("asked_for", FieldType.TEXTS, "What the customer asked for, in words or SKUs."),
    Field("tried_on", FieldType.TEXTS, "What was tried on, in words or SKUs."),
    Field("size", FieldType.TEXT, "The size that was measured or that fitted."),
    Field("advice", FieldType.TEXT, "What the staff recommended or explained, as they noted it."),
)
BROWSING = (
    Field("pages", FieldType.PAGES, "What was looked at: a list of {at, url, sku}, oldest first."),
    Field("referrer", FieldType.TEXT, "Where the customer came from."),
    Field("device", FieldType.TEXT, "What it was done on, in the words of the source: telephone, tablet, a model name."),
)
DOCUMENT = (
    Field("document", FieldType.TEXT, "Title or number by which the company knows the sheet, catalogue or file."),
    Field("page_count", FieldType.INTEGER, "How many sheets or screens of paper size it has."),
)
OPINION = (
    Field("score", FieldType.NUMBER, "How good the customer found it, a number on the `scale` beside it."),
    Field("scale", FieldType.TEXT, "The scale of the score: its highest value, or its name."),
    Field("answers", FieldType.ANSWERS, "The answers: a list of {question, answer} in the order asked."),
    Field("sentiment", FieldType.TEXT, "How it sounds, in the words of the source."),
)
SCHEDULED = (
    Field("scheduled_for", FieldType.TIME, "When it was to take place, UTC; it may still lie ahead."),
    Field("attended", FieldType.BOOLEAN, "Whether the customer was there."),
    Field("result", FieldType.TEXT, "What came of the meeting, in the words of the source: bought, measured, repaired."),
    Field("serial", FieldType.TEXT, "Serial number of the article that it was about."),
)
