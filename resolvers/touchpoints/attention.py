"""What waits for a customer or went wrong lately, told from their touchpoints alone: `docs/admin.md` says the rules.

Only the kinds that can wait or go wrong are read, each by its index, within a window of days.
"""

from __future__ import annotations

from datetime import timedelta
from typing import LiteralString

from graph.errors import InvalidInput
from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.planner import Argument, one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Given, Page, Parameters
from resolvers.timeline.seeks import NEWEST, position
from resolvers.touchpoints import answering
from resolvers.touchpoints.answering import ANSWERS, ASKS
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.scalars import DateTime
from resolvers.values.words import AttentionReason

KINDS = (
    "ORDER", "CALL", "EMAIL", "SMS", "WEB_FORM", "FAX", "CHAT_THREAD", "SOCIAL_MESSAGE", "STORE_VISIT", "SURVEY", "FEEDBACK",
    "APPOINTMENT", "SERVICE_VISIT",
)  # fmt: skip
COMPLAINING = ("苦情", "クレーム", "不満", "complaint", "dissatisfied", "negative")
LATE_DAYS = 7
MOST_DAYS = 3660

# (:SourceRecord {key}) = (:Touchpoint {record})
WAITING: LiteralString = (
    """
UNWIND {records} AS {s} UNWIND ${kinds} AS {kind}
CALL ({s}, {kind}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, kind, position)
  WHERE {t}.record = {s}.key AND {t}.kind = {kind} AND {t}.position >= ${since} AND {t}.position < '~'
  RETURN {t}
}}
WITH COLLECT({t}) AS {all}, COALESCE(MAX(CASE WHEN """
    + ANSWERS
    + """ THEN {t}.position END), '') AS {answered}
UNWIND {all} AS {t}
WITH {t}, CASE
  WHEN {t}.kind = 'ORDER' THEN CASE
    WHEN {t}.status IN ['CANCELLED', 'RETURNED'] THEN 'ORDER_' + {t}.status
    WHEN {t}.status = 'FULFILLED' OR {t}.status IS NULL THEN null
    WHEN {t}.position < ${late} THEN 'ORDER_LATE' ELSE 'ORDER_OPEN' END
  WHEN any(word IN ${complaining} WHERE toLower(COALESCE({t}.topic, '') + ' ' + COALESCE({t}.subject, '') + ' '
    + COALESCE({t}.sentiment, '')) CONTAINS word) THEN 'COMPLAINT'
  WHEN {t}.kind IN ['SURVEY', 'FEEDBACK'] THEN CASE WHEN {t}.score <= toFloatOrNull({t}.scale) / 2 THEN 'LOW_SCORE' END
  WHEN {t}.kind IN ['APPOINTMENT', 'SERVICE_VISIT'] THEN CASE
    WHEN {t}.attended = false THEN 'APPOINTMENT_MISSED'
    WHEN {t}.attended IS NULL AND {t}.scheduled_for > ${now} THEN 'APPOINTMENT_AHEAD' END
  WHEN {t}.position > {answered} AND """
    + ASKS
    + """ THEN 'UNANSWERED' END AS {reason}
WHERE {reason} IS NOT NULL
"""
)
PAGED: LiteralString = (
    WAITING
    + """AND {t}.position < ${after}
WITH {{touchpoint: {t}, reason: {reason}, key: {t}.position}} AS {n} ORDER BY {n}.key DESC LIMIT ${limit}
"""
)
COUNTED: LiteralString = "COUNT {{ " + WAITING + " RETURN {t} }}"


def bounds(given: Given, _: Parameters) -> Parameters:
    """Return the window as positions; raises InvalidInput for a window of no days or of more than ten years."""
    now, days = given["asOf"], given["days"]
    if days is None or not 1 <= days <= MOST_DAYS:
        raise InvalidInput(f"`days` must be from 1 to {MOST_DAYS}.")
    try:
        since, late = (position(now - timedelta(days=each), "") for each in (days, LATE_DAYS))
    except OverflowError:
        raise InvalidInput("`asOf` is too early for a window before it.") from None
    return {
        "kinds": list(KINDS),
        "complaining": list(COMPLAINING),
        "since": since,
        "late": late,
        "now": position(now, ""),
        **answering.KINDS,
    }


@planned("Something that waits for a customer or went wrong.")
class AttentionItem:
    reason: AttentionReason = prop("{v}.reason", Tag.ACTIVITY, "Why it needs attention.")
    touchpoint: Touchpoint = one("UNWIND [{v}.touchpoint] AS {n}", Tag.ACTIVITY, "The order or interaction that it is about.")


AttentionConnection = Connection[AttentionItem]
attention = read(
    Page("attention", PAGED, "{v}.key", COUNTED, NEWEST, bounds=bounds),
    Tag.ACTIVITY,
    "What waits for them or went wrong lately, newest first: open and late orders, cancelled and returned ones, complaints, "
    "low scores, contacts that nobody answered, appointments ahead and missed. For staff.",
    {
        "asOf": Argument(DateTime, "The instant that counts as now."),
        "days": Argument(int, f"How many days to look back from then, 1 to {MOST_DAYS}.", 180),
        **PAGING,
    },
)
