"""Keys of commands are kept for a month: long enough for whoever tries again, and the graph does not grow with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import LiteralString

from graph.events.newest import utc_text
from graph.store import Store
from graph.writes.forgetting import forget

KEPT = timedelta(days=30)

DELETE_COMMANDS: LiteralString = """
MATCH (c:Command) USING INDEX c:Command(at)
WHERE c.at < $p.before
WITH c LIMIT 10000
DELETE c
RETURN count(*)
"""


async def forget_commands(store: Store, before: datetime) -> int:
    """Delete the keys of commands that came before that time and return how many; a later repeat is a new command."""
    return await forget(store, DELETE_COMMANDS, utc_text(before))
