"""What one operation has told of whom: collected while its answer is made, for the read audit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.touchpoints import TOUCHPOINTS
from resolvers.access.tags import Tag

CUSTOMER = "Customer"
OF_CUSTOMER = frozenset({CUSTOMER, "CampaignPermission", "Basket"})
"""Types whose things have the id of a customer and tell of them."""
PERSONAL = frozenset({
    *OF_CUSTOMER, "SourceRecord", "Identifier", "Decision", "MatchCandidate", "OrderLine", "Fulfillment", "Case", "Promise",
    "LoyaltyAccount", "PointEntry", "BasketHandover", "Offer",
    *(row.label for row in TOUCHPOINTS.values()),
})  # fmt: skip
"""Types whose things are somebody's."""


@dataclass(slots=True)
class Reads:
    """`customers` are raw ids, `things` (type, raw id) of what was read apart from a customer, `searched` what was typed."""

    customers: set[str] = field(default_factory=set[str])
    things: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    tags: set[Tag] = field(default_factory=set[Tag])
    searched: list[str] = field(default_factory=list[str])

    @property
    def personal(self) -> bool:
        """Whether anything was told of somebody, or searched for: that nobody was found tells something too."""
        return bool(self.tags and (self.customers or self.things or self.searched))

    def see(self, type_name: str, raw: str) -> None:
        if type_name in OF_CUSTOMER:
            self.customers.add(raw)
        else:
            self.things.add((type_name, raw))

    def take(self, told: Reads, tags: Iterable[Tag], searched: Iterable[str]) -> None:
        """Add what one root field has told."""
        self.customers |= told.customers
        self.things |= told.things
        self.tags.update(tags)
        self.searched.extend(searched)
