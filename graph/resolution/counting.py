"""What touchpoints count for on their records, settled where an owner or a share changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.identity.counts import Counts
from graph.resolution.records import RecordState
from graph.touchpoints.state import TouchpointState


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
