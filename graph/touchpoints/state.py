"""A touchpoint while a transaction works on it: as loaded, as changed, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.events.newest import Stamps
from graph.identity.counts import Counts, share_of


def paid_back(order: Mapping[str, Any]) -> int | None:
    """Return what was paid back of an order: what its source tells, or what came back of it where that is more."""
    told = [units for name in ("refunded", "returned") if (units := order.get(name)) is not None]
    return max(told, default=None)


@dataclass(slots=True)
class TouchpointState:
    """A touchpoint, orders among them; `record` is its own id while it belongs to nobody: no record has such a key."""

    id: str
    key: str
    kind: str
    source: str
    external_id: str | None
    default_channel: str
    at: str = ""
    stamps: Stamps = field(default_factory=Stamps)
    properties: dict[str, Any] = field(default_factory=dict[str, Any])
    record: str = ""
    bare: bool = True
    """Whether it is an anonymous contact: it names no record."""
    rule: str = ""
    via: list[str] = field(default_factory=list[str])
    lines: list[dict[str, Any]] | None = None
    created: bool = False
    changes: dict[str, Any] = field(default_factory=dict[str, Any])
    was_owner: str | None = None
    was_rule: str = ""
    was_share: Counts = field(default_factory=Counts)
    assigned: str | None = None
    """The key of the record that a person said it belongs to; empty if to nobody; None if nobody has said."""

    @property
    def owner(self) -> str | None:
        """The key of the source record it hangs on, None while it belongs to nobody."""
        return None if self.record == self.id else self.record

    @property
    def channel(self) -> str:
        return self.properties.get("channel") or self.default_channel

    def share(self) -> Counts:
        """Return what this touchpoint counts for on its record."""
        known = self.properties
        return share_of(
            channel=self.channel,
            store=known.get("store_code"),
            is_order=self.kind == "ORDER",
            status=known.get("status"),
            total=known.get("total"),
            refunded=paid_back(known),
            given_at=known.get("given_at") or (),
            currency=known.get("currency"),
        )
