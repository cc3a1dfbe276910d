"""Numbered changes, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.store import Reader

READ_NUMBERED: LiteralString = """
MATCH (e:OutboxEntry) USING INDEX SEEK e:OutboxEntry(seq)
WHERE e.seq > $p.after
RETURN e.seq, e.key, e.type, e.refs, e.fields, e.at ORDER BY e.seq LIMIT $p.limit
"""
READ_ENDS: LiteralString = """
OPTIONAL MATCH (l:Lease {name: 'changes'})
CALL () {
  MATCH (e:OutboxEntry) USING INDEX SEEK e:OutboxEntry(seq) WHERE e.seq > 0
  RETURN e.seq AS oldest ORDER BY e.seq LIMIT 1
  UNION
  RETURN null AS oldest
}
RETURN min(oldest), coalesce(max(l.seq), 0)
"""


@dataclass(frozen=True, slots=True)
class NumberedChange:
    """`seq` is its number, `at` the time of its writer (RFC 3339 UTC); the rest as in graph/writes/changes.py."""

    seq: int
    key: str
    type: str
    refs: tuple[str, ...]
    fields: tuple[str, ...]
    at: str


@dataclass(frozen=True, slots=True)
class Ends:
    """The numbers of the oldest change that is kept, None where none is, and of the newest that there ever was."""

    oldest: int | None
    newest: int

    def hold(self, after: int) -> bool:
        """Return whether everything after a number is still kept."""
        return after >= self.newest or (self.oldest is not None and after >= self.oldest - 1)


async def changes_after(reader: Reader, after: int, limit: int = 500) -> list[NumberedChange]:
    return numbered(await reader.read(READ_NUMBERED, {"after": after, "limit": limit}))


def numbered(rows: Iterable[list[Any]]) -> list[NumberedChange]:
    """Return the changes of rows `seq, key, type, refs, fields, at`."""
    return [NumberedChange(seq, key, type_, tuple(refs), tuple(fields), at) for seq, key, type_, refs, fields, at in rows]


async def ends(reader: Reader) -> Ends:
    [[oldest, newest]] = await reader.read(READ_ENDS)
    return Ends(oldest, newest)
