"""How touchpoints of a customer are sought: one ordered seek on an index for each source record, newest first.

Every hinted property has a predicate, also on the first page, or Neo4j would drop the hint; and all of them stand in
ORDER BY, or it would sort. A hint without SEEK would let it scan the index where its statistics say that it is empty.
A filter by kind or channel is another seek, on another index.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, LiteralString

import strawberry

from graph.keys import POSITION_TIME
from resolvers.access.tags import Tag
from resolvers.engine.planner.fields import asks_by
from resolvers.engine.planner.readings import Choice, Given, Page, Parameters
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel, TouchpointKind

NEWEST = "~"
"""Sorts after every position."""

# (:SourceRecord {key}) = (:Touchpoint {record}), newest first
BY_RECORD: LiteralString = """
UNWIND {records} AS {s}
CALL ({s}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, position)
  WHERE {t}.record = {s}.key AND {t}.position < ${before} AND {t}.position >= ${since}
  RETURN {t} ORDER BY {t}.record DESC, {t}.position DESC LIMIT ${limit}
}}
WITH {t} AS {n} ORDER BY {n}.position DESC LIMIT ${limit}
"""
BY_KIND: LiteralString = """
UNWIND {records} AS {s} UNWIND ${kinds} AS {kind}
CALL ({s}, {kind}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, kind, position)
  WHERE {t}.record = {s}.key AND {t}.kind = {kind} AND {t}.position < ${before} AND {t}.position >= ${since}
  RETURN {t} ORDER BY {t}.record DESC, {t}.kind DESC, {t}.position DESC LIMIT ${limit}
}}
WITH {t} AS {n} ORDER BY {n}.position DESC LIMIT ${limit}
"""
BY_CHANNEL: LiteralString = """
UNWIND {records} AS {s} UNWIND ${channels} AS {channel}
CALL ({s}, {channel}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, channel, position)
  WHERE {t}.record = {s}.key AND {t}.channel = {channel} AND {t}.position < ${before} AND {t}.position >= ${since}
  RETURN {t} ORDER BY {t}.record DESC, {t}.channel DESC, {t}.position DESC LIMIT ${limit}
}}
WITH {t} AS {n} ORDER BY {n}.position DESC LIMIT ${limit}
"""
BY_KIND_AND_CHANNEL: LiteralString = """
UNWIND {records} AS {s} UNWIND ${kinds} AS {kind}
CALL ({s}, {kind}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, kind, position)
  WHERE {t}.record = {s}.key AND {t}.kind = {kind} AND {t}.position < ${before} AND {t}.position >= ${since}
    AND {t}.channel IN ${channels}
  RETURN {t} ORDER BY {t}.record DESC, {t}.kind DESC, {t}.position DESC LIMIT ${limit}
}}
WITH {t} AS {n} ORDER BY {n}.position DESC LIMIT ${limit}
"""
COUNTED: LiteralString = """COUNT {{
  UNWIND {records} AS {s} MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, position)
  WHERE {t}.record = {s}.key AND {t}.position < ${until} AND {t}.position >= ${since}
    AND (${kinds} IS NULL OR {t}.kind IN ${kinds}) AND (${channels} IS NULL OR {t}.channel IN ${channels})
}}"""


CHOOSES = asks_by(Tag.ACTIVITY)


@strawberry.input(description="Filter of touchpoints; all conditions apply.")
class TimelineFilter:
    kinds: list[TouchpointKind] | None = strawberry.field(
        default=None, metadata=CHOOSES, description="Kinds to include; null for all, an empty list for none."
    )
    channels: list[Channel] | None = strawberry.field(
        default=None, metadata=CHOOSES, description="Channels to include; null for all, an empty list for none."
    )
    from_: DateTime | None = strawberry.field(
        default=None, metadata=CHOOSES, name="from", description="Start of the period, inclusive."
    )
    to: DateTime | None = strawberry.field(default=None, metadata=CHOOSES, description="End of the period, exclusive.")


def bounds(given: Given, parameters: Parameters) -> Parameters:
    """Return what a seek needs: two positions, and the kinds and channels, each once."""
    chosen: dict[str, Any] = given.get("filter") or {}
    until = position(chosen.get("to"), NEWEST)
    return {
        "since": position(chosen.get("from"), ""),
        "until": until,
        "before": min(until, parameters["after"]),
        "kinds": values(chosen.get("kinds")),
        "channels": values(chosen.get("channels")),
    }


def position(instant: datetime | None, otherwise: str) -> str:
    return otherwise if instant is None else instant.strftime(POSITION_TIME)


def values(words: list[str] | None) -> list[str] | None:
    return None if words is None else sorted(set(words))


def timeline(clause: LiteralString) -> Page:
    return Page("timeline", clause, "{v}.position", COUNTED, NEWEST, bounds=bounds, own=True)


SEEKS = {
    (False, False): timeline(BY_RECORD),
    (True, False): timeline(BY_KIND),
    (False, True): timeline(BY_CHANNEL),
    (True, True): timeline(BY_KIND_AND_CHANNEL),
}


def seek(given: Given) -> Page:
    chosen: dict[str, Any] = given.get("filter") or {}
    return SEEKS[chosen.get("kinds") is not None, chosen.get("channels") is not None]


TIMELINE = Choice(seek)
ORDERS = Page(
    "orders",
    BY_KIND,
    "{v}.position",
    COUNTED,
    NEWEST,
    bounds=lambda _, parameters: {
        "since": "",
        "until": NEWEST,
        "before": parameters["after"],
        "kinds": ["ORDER"],
        "channels": None,
    },
    own=True,
)
# The newest of each record by a seek, and the newest of those: never a value that would have to be kept up.
LAST_SEEN: LiteralString = """left(HEAD(COLLECT {{
  UNWIND {records} AS {s}
  CALL ({s}) {{
    MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, position)
    WHERE {t}.record = {s}.key AND {t}.position < '~'
    RETURN {t}.position AS {position} ORDER BY {t}.record DESC, {t}.position DESC LIMIT 1
  }}
  RETURN {position} ORDER BY {position} DESC LIMIT 1
}}), 27)"""
