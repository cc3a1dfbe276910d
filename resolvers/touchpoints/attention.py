"""What waits for a customer or went wrong lately, told from their touchpoints alone: `docs/admin.md` says the rules.

What can concern somebody stands on each touchpoint since it was written, so it is sought by that, within a window of days;
only what depends on the time and on later answers is told here.
"""

from __future__ import annotations

from datetime import timedelta
from typing import LiteralString

from graph.errors import InvalidInput
from graph.touchpoints.concerns import CONCERNS
from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.planner import Argument, one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Given, Page, Parameters
from resolvers.timeline.seeks import NEWEST, position
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.as_of import as_of, instant_of
from resolvers.values.words import AttentionReason

LATE_DAYS = 7
MOST_DAYS = 3660

# (:SourceRecord {key}) = (:Touchpoint {record}): the newest that answers, of each record and of all
ANSWERED: LiteralString = """COALESCE(HEAD(COLLECT {{
  UNWIND {records} AS {s}
  CALL ({s}) {{
    MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, is_answer, position)
    WHERE {t}.record = {s}.key AND {t}.is_answer = true AND {t}.position < '~'
    RETURN {t}.position AS {newest} ORDER BY {t}.record DESC, {t}.is_answer DESC, {t}.position DESC LIMIT 1
  }}
  RETURN MAX({newest})
}}), '')"""
# (:SourceRecord {key}) = (:Touchpoint {record}): one seek for each record and concern
WAITING: LiteralString = """
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, attention, position)
  WHERE {t}.record = {s}.key AND {t}.attention = {concern} AND {t}.position < ${after} AND {t}.position >
      CASE WHEN {concern} = 'UNANSWERED' AND {answered} > ${since} THEN {answered} ELSE ${since} END
    AND ({concern} <> 'APPOINTMENT_AHEAD' OR {t}.scheduled_for > ${now})
"""
EACH: LiteralString = "UNWIND {records} AS {s} UNWIND ${concerns} AS {concern} "
PAGED: LiteralString = (
    EACH
    + "CALL ({s}, {concern}, {answered}) {{"
    + WAITING
    + """
  RETURN {t} ORDER BY {t}.record DESC, {t}.attention DESC, {t}.position DESC LIMIT ${limit}
}}
WITH {{touchpoint: {t}, key: {t}.position, reason: CASE WHEN {concern} = 'ORDER_OPEN' AND {t}.position < ${late}
  THEN 'ORDER_LATE' ELSE {concern} END}} AS {n} ORDER BY {n}.key DESC LIMIT ${limit}
"""
)
COUNTED: LiteralString = "COUNT {{ " + EACH + WAITING.replace("${after}", "'~'") + " }}"


def bounds(given: Given, _: Parameters) -> Parameters:
    """Return the window as positions; raises InvalidInput for a window of no days or of more than ten years."""
    now, days = instant_of(given), given["days"]
    if days is None or not 1 <= days <= MOST_DAYS:
        raise InvalidInput(f"`days` must be from 1 to {MOST_DAYS}.")
    try:
        since, late = (position(now - timedelta(days=each), "") for each in (days, LATE_DAYS))
    except OverflowError:
        raise InvalidInput("`asOf` is too early for a window before it.") from None
    return {
        "concerns": list(CONCERNS),
        "since": since,
        "late": late,
        "now": position(now, ""),
    }


@planned("Touchpoint of a customer that needs attention.")
class AttentionItem:
    reason: AttentionReason = prop("{v}.reason", Tag.ACTIVITY, "Why the touchpoint needs attention.")
    touchpoint: Touchpoint = one("UNWIND [{v}.touchpoint] AS {n}", Tag.ACTIVITY, "Order or interaction that needs attention.")


AttentionConnection = Connection[AttentionItem]
attention = read(
    Page("attention", PAGED, "{v}.key", COUNTED, NEWEST, bounds=bounds),
    Tag.ACTIVITY,
    "Touchpoints that need attention, newest first: open, late, cancelled and returned orders, "
    "complaints, low scores, unanswered messages, appointments ahead or missed.",
    {
        **as_of("lateness and appointments are judged by it"),
        "days": Argument(int, f"How many days to look back from then, 1 to {MOST_DAYS}.", 180),
        **PAGING,
    },
)
