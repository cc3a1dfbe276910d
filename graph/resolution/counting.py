"""What touchpoints count for on their records: settled where an owner or a share changed, or counted anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, LiteralString

from graph.identity.counts import Counts, share_of
from graph.resolution.records import RecordState
from graph.store import Transaction
from graph.touchpoints.state import TouchpointState

# (:SourceRecord {key}) = (:Touchpoint {record}): alike ones together, what was paid back apart from what was paid
READ_SHARES: LiteralString = """
UNWIND $p.keys AS key
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, position)
WHERE t.record = key AND t.position < '~'
RETURN key, t.channel, t.store_code, t.given_at, t.kind = 'ORDER', t.status, t.currency, t.total < 0,
  SUM(t.total), SUM(CASE WHEN t.returned > COALESCE(t.refunded, 0) THEN t.returned ELSE t.refunded END), COUNT(*)
"""


def settle_counts(touchpoints: Iterable[TouchpointState], records: Mapping[str, RecordState]) -> None:
    """Take from each former owner what a touchpoint counted for, and give its new owner what it counts for now."""
    for state in touchpoints:
        share, owner = state.share(), state.owner
        if owner == state.was_owner and share == state.was_share:
            continue
        for record, part, times in ((state.was_owner, state.was_share, -1), (owner, share, 1)):
            if record is not None and part != Counts():
                records[record].counts.add(part, times)
                records[record].changes["counts"] = records[record].counts.to_json()


async def count_again(transaction: Transaction, records: Mapping[str, RecordState]) -> None:
    """Give locked records what their touchpoints count for by the rules of today; former ones counted otherwise."""
    counted = {key: Counts() for key in records}
    for key, channel, store, given_at, is_order, status, currency, below, total, refunded, number in await transaction.run(
        READ_SHARES, {"keys": sorted(records)}
    ):
        alike: dict[str, Any] = {
            "channel": channel,
            "store": store,
            "given_at": given_at or (),
            "is_order": is_order,
            "status": status,
            "currency": currency,
        }
        counted[key].add(share_of(**alike, total=None if below is None else total, refunded=refunded))
        counted[key].add(share_of(**alike, total=None), number - 1)
    for key, record in records.items():
        if record.counts != counted[key]:
            record.counts = counted[key]
            record.changes["counts"] = record.counts.to_json()
