"""How touchpoints of a store, a product or an order are sought, newest first."""

from __future__ import annotations

from typing import LiteralString

from graph.touchpoints import ORDER, TOUCHPOINTS
from resolvers.engine.planner.readings import Given, Page, Parameters
from resolvers.timeline.references import MEANS
from resolvers.timeline.seeks import NEWEST

POSITION: LiteralString = "{v}.position"
# (:Store {code}) = (:Touchpoint {store_code}): one ordered seek for each kind
AT_STORE: LiteralString = """
UNWIND ${kinds} AS {kind}
CALL ({v}, {kind}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(store_code, kind, position)
  WHERE {t}.store_code = {v}.code AND {t}.kind = {kind} AND {t}.position < ${after}
    AND {Touchpoint:t}
  RETURN {t} ORDER BY {t}.store_code DESC, {t}.kind DESC, {t}.position DESC LIMIT ${limit}
}}
WITH {t} AS {n} ORDER BY {n}.position DESC LIMIT ${limit}
"""
COUNTED_AT_STORE: LiteralString = """COUNT {{
  UNWIND ${kinds} AS {kind}
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(store_code, kind, position)
  WHERE {t}.store_code = {v}.code AND {t}.kind = {kind} AND {t}.position < '~'
    AND {Touchpoint:t}
}}"""
# (:Product)<-[:OF]-(:OrderLine)<-[:HAS_LINE]-(:Order): every line of the product is walked, so no label is asked for twice
WITH_PRODUCT: LiteralString = """
MATCH ({v})<-[:OF]-()<-[:HAS_LINE]-({n}) WHERE {n}.position < ${after} AND COALESCE({n}.status, '') <> 'CANCELLED'
  AND {Touchpoint:n}
WITH DISTINCT {n} ORDER BY {n}.position DESC LIMIT ${limit}
"""
COUNTED_WITH_PRODUCT: LiteralString = """COUNT {{
  MATCH ({v})<-[:OF]-()<-[:HAS_LINE]-({o}) WHERE COALESCE({o}.status, '') <> 'CANCELLED' AND {Touchpoint:o} RETURN DISTINCT {o}
}}"""
# (:Touchpoint)-[:ABOUT]->(:Product)
ABOUT_PRODUCT: LiteralString = """
MATCH ({v})<-[:ABOUT]-({n}:Touchpoint) WHERE {n}.position < ${after} AND {n}.kind <> 'ORDER' AND {Touchpoint:n}
WITH {n} ORDER BY {n}.position DESC LIMIT ${limit}
"""
COUNTED_ABOUT_PRODUCT: LiteralString = (
    "COUNT {{ MATCH ({v})<-[:ABOUT]-({t}:Touchpoint) WHERE {t}.kind <> 'ORDER' AND {Touchpoint:t} }}"
)
# (:Order {number}) in (:Touchpoint {order_numbers}): a number is one term, quoted for Lucene, and compared once more
REFERRING: LiteralString = """
UNWIND {v}.number AS {number}
CALL db.index.fulltext.queryNodes(
  'touchpoint_order_numbers', '"' + replace(replace({number}, '\\\\', '\\\\\\\\'), '"', '\\\\"') + '"'
) YIELD node AS {t}
"""
REFERS: LiteralString = (
    " WITH {t} WHERE {v}.number IN {t}.order_numbers AND {t}.kind <> 'ORDER' AND {Touchpoint:t} AND "
    + MEANS.replace("{o}", "{v}")
    + " "
)
TO_ORDER: LiteralString = (
    REFERRING + REFERS + "AND {t}.position < ${after} WITH {t} AS {n} ORDER BY {n}.position DESC LIMIT ${limit}"
)
COUNTED_TO_ORDER: LiteralString = "COUNT {{" + REFERRING + REFERS + "RETURN {t} }}"


def at_store(name: str, kinds: tuple[str, ...]) -> Page:
    def bounds(_: Given, __: Parameters) -> Parameters:
        return {"kinds": list(kinds)}

    return Page(name, AT_STORE, POSITION, COUNTED_AT_STORE, NEWEST, bounds=bounds)


STORE_ORDERS = at_store("store orders", (ORDER,))
STORE_INTERACTIONS = at_store("store interactions", tuple(kind for kind in TOUCHPOINTS if kind != ORDER))
PRODUCT_ORDERS = Page("product orders", WITH_PRODUCT, POSITION, COUNTED_WITH_PRODUCT, NEWEST)
PRODUCT_INTERACTIONS = Page("product interactions", ABOUT_PRODUCT, POSITION, COUNTED_ABOUT_PRODUCT, NEWEST)
ORDER_INTERACTIONS = Page("order interactions", TO_ORDER, POSITION, COUNTED_TO_ORDER, NEWEST)
