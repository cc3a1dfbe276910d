"""Loyalty accounts with their lots, and every entry that ever changed one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from resolvers.access.tags import Tag
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import Argument, entry, many, one, part, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Given, Made, One, Page, Parameters
from resolvers.identity.source_record import SourceRecord
from resolvers.loyalty import standing
from resolvers.loyalty.explained import FACTS, explained
from resolvers.loyalty.words import PointEntryKind
from resolvers.orders.order import Order
from resolvers.timeline.seeks import NEWEST
from resolvers.values.scalars import Date, DateTime
from resolvers.values.sentences import IN_WORDS, in_words

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

# (:PointEntry)-[:OF_LOT {points, place}]->(:PointLot)
LOTS_OF_ENTRY: LiteralString = """
MATCH ({v})-[{o}:OF_LOT]->({l}:PointLot)
WITH {{points: {o}.points, lot: {l}}} AS {n}, {o}.place AS {place}, {l}.expires_at AS {ends} ORDER BY {place}, {ends}, {l}.id
"""
# (:LoyaltyAccount {id}) = (:PointLot {account, remaining}): those that have points
LOTS: LiteralString = """
MATCH ({n}:PointLot) USING INDEX SEEK {n}:PointLot(account, remaining) WHERE {n}.account = {v}.id AND {n}.remaining > 0
WITH {n} ORDER BY {n}.expires_at, {n}.active_from, {n}.id
"""
# (:LoyaltyAccount {id}) = (:PointEntry {account, turn})
ENTRIES: LiteralString = """
MATCH ({n}:PointEntry) USING INDEX SEEK {n}:PointEntry(account, turn)
WHERE {n}.account = {v}.id AND {n}.turn < ${after}
WITH {n} ORDER BY {n}.account DESC, {n}.turn DESC LIMIT ${limit}
"""


@planned("Rank that a customer has by what they spent in the last 365 days.")
class LoyaltyRank:
    name: str = entry("name", Tag.MONEY, "Name of the rank.")
    since: Date | None = entry("since", Tag.MONEY, "First day on which it was so; null where that is longer ago than a year.")
    until: Date | None = entry("until", Tag.MONEY, "Last day on which it is so if nothing more is bought.")


@planned("Points that expire next.")
class PointExpiry:
    points: int = entry("points", Tag.MONEY, "How many.")
    at: DateTime = entry("at", Tag.MONEY, "Time from which they can no longer be spent, UTC.")


@planned("Points that were granted together, become usable together and expire together.")
class PointLot:
    granted: int = prop("{v}.granted", Tag.MONEY, "How many were granted.")
    remaining: int = prop("{v}.remaining", Tag.MONEY, "How many are left.")
    granted_at: DateTime = prop("{v}.granted_at", Tag.MONEY, "Time at which they were granted, UTC.")
    active_from: DateTime = prop("{v}.active_from", Tag.MONEY, "Time from which they can be spent, UTC.")
    expires_at: DateTime = prop("{v}.expires_at", Tag.MONEY, "Time from which they can no longer be spent, UTC.")


@planned("How an entry changed a lot.")
class PointEntryLot:
    points: int = prop("{v}.points", Tag.MONEY, "Points that came into the lot; below zero those that were taken from it.")
    lot: PointLot = part(Tag.MONEY, "The lot as it is now.", names={"v": "{v}.lot"})


@planned("Change of a loyalty account: what, when, why. The sum of all entries is what the account has.")
class PointEntry(Node):
    kind: PointEntryKind = prop("{v}.kind", Tag.MONEY, "What it is.")
    at: DateTime = prop("{v}.at", Tag.MONEY, "Time at which it happened, UTC.")
    points: int = prop("{v}.amount", Tag.MONEY, "Change of the balance; 0 where only pending points changed.")
    pending: int = prop("{v}.pending", Tag.MONEY, "Change of the pending points.")
    balance: int = prop("{v}.balance", Tag.MONEY, "Balance of the account after it; below zero is a debt.")
    sentence: str = prop(FACTS, Tag.MONEY, "Why it was posted, in words.", form=in_words(explained), arguments=IN_WORDS)
    order: Order | None = one(
        "MATCH ({n}:Touchpoint:Order {{id: {v}.order_id}})", Tag.ACTIVITY, "Order that it is about; null if about none."
    )
    lots: list[PointEntryLot] = many(LOTS_OF_ENTRY, Tag.MONEY, "Lots that it changed; of a redemption in the order of use.")
    actor: str | None = prop(
        "{v}.actor", Tag.INTERNAL, "Account of the person or client id of the program; null where it came about by itself."
    )
    reason: str | None = prop("{v}.reason", Tag.FREE_TEXT, "Why, as whoever did it wrote; null if not stated.")


PointEntryConnection = Connection[PointEntry]


@planned(
    "Points on a membership. It hangs on one source record: a customer has the accounts of all their records.",
    shared={"own_lots": standing.OF_ACCOUNT},
)
class LoyaltyAccount(Node):
    source: str | None = prop(
        "HEAD(COLLECT {{ MATCH ({v})<-[:HAS_ACCOUNT]-({s}:SourceRecord) RETURN {s}.source }})",
        Tag.INTERNAL,
        "System whose record has it, for example `/pos`; null once the person was erased.",
    )
    record: SourceRecord | None = one(
        "MATCH ({v})<-[:HAS_ACCOUNT]-({n}:SourceRecord)", Tag.IDENTITY, "Source record that has it; null once it was erased."
    )
    opened_at: DateTime = prop("{v}.opened_at", Tag.MONEY, "Time at which it was opened, UTC.")
    balance: int = prop(
        "{own_lots}", Tag.MONEY, "Points that can be spent now, without pending ones; below zero while there is a debt.",
        form=standing.balance,
    )  # fmt: skip
    pending: int = prop("{own_lots}", Tag.MONEY, "Points whose return period has not ended.", form=standing.pending)
    debt: int = prop("{own_lots}", Tag.MONEY, "Points that are owed; the next ones pay it first.", form=standing.debt)
    rank: LoyaltyRank | None = read(
        Made(standing.BOUGHT_BY_ACCOUNT, standing.rank),
        Tag.MONEY,
        "Rank by what was bought on its record; null below the lowest.",
    )
    lots: list[PointLot] = many(LOTS, Tag.MONEY, "Lots that have points left, what expires first before all others.")
    entries: PointEntryConnection = read(
        Page("point entries", ENTRIES, "{v}.turn", "{v}.number", NEWEST, own=True),
        Tag.MONEY,
        "All entries, newest first.",
        PAGING,
    )
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        "MATCH ({v})<-[:HAS_ACCOUNT]-(:SourceRecord)-[:RESOLVES_TO]->({n}:Customer)", Tag.ACTIVITY, "Customer whose it is now."
    )


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("LoyaltyAccount", given["id"])}


loyalty_account = read(
    One("MATCH ({n}:LoyaltyAccount {{id: ${id}}})", bind=by_id),
    Tag.PUBLIC,
    "Loyalty account by its id; null if there is none that you may read.",
    {"id": Argument(strawberry.ID, "Global id of the account.")},
)
