"""The seen-list of a customer: products that they looked at, from their visits to site and app and from what doors tell."""

from __future__ import annotations

from typing import LiteralString

from resolvers.access.tags import Tag
from resolvers.catalogue.product import Product
from resolvers.engine.connections import Connection
from resolvers.engine.planner import one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Page
from resolvers.timeline.seeks import NEWEST
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel

MOST = 100
VISITS = 50
"""So many products are told, from the newest visits of each record and kind."""
# (:SourceRecord {key}) = (:ProductView {record}), and its newest (:Touchpoint {page_skus, sku_list}) of visits
SEEN: LiteralString = """
UNWIND {records} AS {s}
CALL ({s}) {{
  MATCH ({w}:ProductView) USING INDEX SEEK {w}:ProductView(record, turn)
  WHERE {w}.record = {s}.key AND {w}.turn > ''
  RETURN {w}.sku AS {sku}, {w}.at AS {at}, {w}.channel AS {channel}
UNION ALL
  UNWIND ['WEB_SESSION', 'APP_SESSION', 'VIRTUAL_TOUR'] AS {kind}
  CALL ({s}, {kind}) {{
    MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, kind, position)
    WHERE {t}.record = {s}.key AND {t}.kind = {kind} AND {t}.position > ''
    RETURN {t} ORDER BY {t}.record DESC, {t}.kind DESC, {t}.position DESC LIMIT 50
  }}
  UNWIND COALESCE({t}.page_skus, []) + COALESCE({t}.sku_list, []) AS {sku}
  RETURN {sku}, left({t}.position, 27) AS {at}, {t}.channel AS {channel}
}}
WITH {sku}, {at}, {channel} ORDER BY {at} DESC, {channel}
WITH {sku}, HEAD(COLLECT({{at: {at}, channel: {channel}}})) AS {newest}
MATCH (:Product {{sku: {sku}}})
WITH {{sku: {sku}, at: {newest}.at, channel: {newest}.channel, turn: {newest}.at + {sku}}} AS {n} ORDER BY {n}.turn DESC LIMIT 100
"""


@planned("Product that a customer looked at, with the newest time.")
class ProductView:
    product: Product = one("MATCH ({n}:Product {{sku: {v}.sku}})", Tag.ACTIVITY, "Product that they looked at.")
    seen_at: DateTime = prop(
        "{v}.at", Tag.ACTIVITY, "Time at which they last looked at it, UTC; of a visit to site or app, that of its beginning."
    )
    channel: Channel = prop("{v}.channel", Tag.ACTIVITY, "Channel at which they did.")


ProductViewConnection = Connection[ProductView]
SEEN_PRODUCTS = read(
    Page(
        "seen products",
        SEEN + "WITH {n} WHERE {n}.turn < ${after} WITH {n} ORDER BY {n}.turn DESC LIMIT ${limit}",
        "{v}.turn",
        "COUNT {{ " + SEEN + " RETURN {n} }}",
        NEWEST,
        own=True,
    ),
    Tag.ACTIVITY,
    f"Products that the customer looked at, once each, the newest first, at most {MOST}.",
    PAGING,
)
