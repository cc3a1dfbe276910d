"""The threads of a customer, newest first: sought by the newest interaction of theirs in each."""

from __future__ import annotations

from typing import LiteralString

from resolvers.access.tags import Tag
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Page
from resolvers.timeline.seeks import NEWEST

# (:SourceRecord {key}) = (:Touchpoint {record, threaded}), newest first; (:Touchpoint)-[:IN_THREAD]->(:Thread)
NEWEST_OF_EACH: LiteralString = """
UNWIND {records} AS {s}
CALL ({s}, {records}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, threaded, position)
  WHERE {t}.record = {s}.key AND {t}.threaded = true AND {t}.position < ${after} AND NOT EXISTS {{
    MATCH ({t})-[:IN_THREAD]->(:Thread)<-[:IN_THREAD]-({o}:Touchpoint)
    WHERE {o}.position > {t}.position AND any({r} IN {records} WHERE {r}.key = {o}.record)
  }}
  RETURN {t} ORDER BY {t}.record DESC, {t}.threaded DESC, {t}.position DESC LIMIT ${limit}
}}
WITH {t} ORDER BY {t}.position DESC LIMIT ${limit}
MATCH ({t})-[:IN_THREAD]->({n}:Thread)
WITH {t}, {n} ORDER BY {t}.position DESC
"""
COUNTED: LiteralString = """COUNT {{
  UNWIND {records} AS {s} MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, threaded, position)
  WHERE {t}.record = {s}.key AND {t}.threaded = true AND {t}.position < '~'
  MATCH ({t})-[:IN_THREAD]->({h}:Thread) RETURN DISTINCT {h}
}}"""
THREADS = read(
    Page("threads", NEWEST_OF_EACH, "{t}.position", COUNTED, NEWEST, own=True),
    Tag.ACTIVITY,
    "Conversations of the customer over all channels, newest first.",
    PAGING,
)
