"""Calls of which no end was reported: they were ringing or being spoken when they were last heard of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from graph.events.newest import read_stamps, utc_text
from graph.store import Store

AT_ONCE = 500
UNENDED: LiteralString = """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(goes_on, position)
WHERE t.goes_on = true AND t.position >= $p.since AND t.position < $p.before
  AND t.ended_at IS NULL AND t.external_id IS NOT NULL
RETURN t.source, t.external_id, t.stamps ORDER BY t.position LIMIT $p.limit
"""


@dataclass(frozen=True, slots=True)
class Unended:
    """A call by source and subject, and the time (UTC) of the newest event about it."""

    source: str
    subject: str
    heard_at: str


async def unended_calls(store: Store, since: datetime, before: datetime) -> list[Unended]:
    """Return at most 500 calls that began since one time and were last heard of before another."""
    parameters = {"since": utc_text(since), "before": utc_text(before), "limit": AT_ONCE}
    calls = [
        Unended(source, subject, max(stamp.partition("\t")[0] for stamp in read_stamps(stamps).values()))
        for source, subject, stamps in await store.read(UNENDED, parameters)
    ]
    return [call for call in calls if call.heard_at < utc_text(before)]
