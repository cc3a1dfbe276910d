"""The basket of a customer: one over all doors, made of what their source records added."""

from __future__ import annotations

from typing import LiteralString

from graph.baskets.lines import version_of
from resolvers.access.tags import Tag
from resolvers.baskets.handover import BasketHandover
from resolvers.catalogue.product import Product
from resolvers.catalogue.store import Store
from resolvers.engine.planner import many, one, planned, prop
from resolvers.values.references import CUSTOMERS
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel

MOST_HANDOVERS = 10
PRODUCT: LiteralString = "MATCH ({n}:Product {{sku: {v}.sku}})"
STORE: LiteralString = "MATCH ({n}:Store {{code: {v}.store_code}})"
# (:SourceRecord)-[:HAS_BASKET]->(:Basket)
VERSIONS: LiteralString = (
    "COLLECT {{ UNWIND {records} AS {s} MATCH ({s})-[:HAS_BASKET]->({b}:Basket) RETURN [{b}.id, {b}.version] }}"
)
# (:Basket)-[:CONTAINS]->(:BasketLine): pieces of several records are one line, which the newest of them tells of
LINES: LiteralString = """
UNWIND {records} AS {s} MATCH ({s})-[:HAS_BASKET]->(:Basket)-[:CONTAINS]->({l}:BasketLine)
WITH {l} ORDER BY {l}.changed_at DESC, {l}.id
WITH {l}.sku AS {sku}, SUM({l}.quantity) AS {all}, MIN({l}.added_at) AS {first}, HEAD(COLLECT({l})) AS {last}
WITH {{sku: {sku}, quantity: {all}, added_at: {first}, changed_at: {last}.changed_at, channel: {last}.channel,
  store_code: {last}.store_code, by: {last}.by}} AS {n} ORDER BY {n}.added_at, {n}.sku
"""
# (:BasketHandover {record, turn}): the newest of each record, and of all of them
HANDOVERS: LiteralString = """
UNWIND {records} AS {s}
CALL ({s}) {{
  MATCH ({h}:BasketHandover) USING INDEX SEEK {h}:BasketHandover(record, turn)
  WHERE {h}.record = {s}.key AND {h}.turn > ''
  RETURN {h} ORDER BY {h}.record DESC, {h}.turn DESC LIMIT 10
}}
WITH {h} AS {n} ORDER BY {n}.turn DESC LIMIT 10
"""


@planned("Line of a basket: a product, and how many of it the customer means to buy.")
class BasketLine:
    product: Product = one(PRODUCT, Tag.ACTIVITY, "Product that the customer means to buy.")
    quantity: int = prop("{v}.quantity", Tag.ACTIVITY, "Number of pieces, over all doors.")
    added_at: DateTime = prop("{v}.added_at", Tag.ACTIVITY, "Time at which the first of them was added, UTC.")
    changed_at: DateTime = prop("{v}.changed_at", Tag.ACTIVITY, "Time of the newest change, UTC.")
    channel: Channel = prop("{v}.channel", Tag.ACTIVITY, "Channel of the newest change.")
    store: Store | None = one(STORE, Tag.ACTIVITY, "Store of the newest change; null if in none.")
    changed_by: str | None = prop("{v}.by", Tag.INTERNAL, "Account or program of the newest change.")


@planned(
    "Basket of a customer, one over all doors: what all their source records added.",
    shared={"records": "COLLECT {{ MATCH ({v})<-[:RESOLVES_TO]-({s}:SourceRecord) RETURN {s} }}"},
)
class Basket:
    version: str = prop(
        VERSIONS,
        Tag.ACTIVITY,
        "Version: an opaque text, another one after each change, merge and unmerge. Send it with what you change.",
        form=version_of,
    )
    lines: list[BasketLine] = many(LINES, Tag.ACTIVITY, "Lines, one for each product, in the order in which they were added.")
    handovers: list[BasketHandover] = many(
        HANDOVERS, Tag.ACTIVITY, f"What was handed over to shop systems, the newest first, at most {MOST_HANDOVERS}."
    )


BASKET = one("UNWIND [{v}] AS {n}", Tag.ACTIVITY, "Basket of the customer; without lines if nobody added any.")
BASKETS = CUSTOMERS
"""By the id of the customer whose it is."""
