"""The points of a customer: over the accounts of all records that are theirs by now."""

from __future__ import annotations

from resolvers.access.tags import Tag
from resolvers.engine.planner import many, part, planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Made
from resolvers.loyalty import standing
from resolvers.loyalty.account import LoyaltyAccount, LoyaltyRank, PointExpiry


@planned("Points of a customer over all their accounts, as they are now.")
class CustomerLoyalty:
    balance: int = prop(
        "{point_lots}", Tag.MONEY, "Points that can be spent now, without pending ones; below zero while there is a debt.",
        form=standing.balance,
    )  # fmt: skip
    pending: int = prop("{point_lots}", Tag.MONEY, "Points whose return period has not ended.", form=standing.pending)
    debt: int = prop("{point_lots}", Tag.MONEY, "Points that are owed on all accounts; the next ones pay it.", form=standing.debt)
    next_expiry: PointExpiry | None = read(
        Made("{point_lots}", standing.next_expiry),
        Tag.MONEY,
        "What expires next of the points that can be spent; null if nothing.",
    )
    rank: LoyaltyRank | None = read(
        Made(standing.BOUGHT_BY_RECORDS, standing.rank), Tag.MONEY, "Highest rank of the accounts; null below the lowest."
    )
    accounts: list[LoyaltyAccount] = many(
        "UNWIND {records} AS {s} MATCH ({s})-[:HAS_ACCOUNT]->({n}:LoyaltyAccount) WITH {n} ORDER BY {n}.opened_at, {n}.id",
        Tag.MONEY,
        "The accounts, the first that was opened before all others.",
    )


LOYALTY = part(Tag.MONEY, "Points over all accounts; all of them 0 where there is no account.")
