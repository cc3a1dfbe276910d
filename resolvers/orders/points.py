"""The points of an order: what it has earned by which rules, what of that is pending, and what was redeemed for it."""

from __future__ import annotations

from typing import LiteralString

from resolvers.access.tags import Tag
from resolvers.engine.planner import planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import One

# (:PointLot {order_id}), (:PointEntry {order_id}): what was posted for the order, on whichever account
POSTED: LiteralString = """
WITH COLLECT {{ MATCH ({l}:PointLot {{order_id: {v}.id}}) RETURN {l} }} AS {lots},
  COLLECT {{ MATCH ({e}:PointEntry {{order_id: {v}.id}}) RETURN {e} ORDER BY {e}.at, {e}.number }} AS {entries}
WITH {lots}, {entries} WHERE SIZE({lots}) + SIZE({entries}) > 0
WITH {{
  earned: REDUCE({sum} = 0, {x} IN {lots} | {sum} + COALESCE({x}.earned, 0)),
  pending: REDUCE({sum} = 0, {x} IN [{y} IN {lots} WHERE datetime({y}.active_from) > datetime.realtime()]
    | {sum} + COALESCE({x}.earned, 0)),
  redeemed: -REDUCE({sum} = 0, {x} IN [{y} IN {entries} WHERE {y}.redemption IS NOT NULL] | {sum} + {x}.amount),
  rules: COALESCE(LAST([{y} IN {entries} WHERE {y}.kind = 'EARN' | {y}.rules]), [])
}} AS {n}
"""


@planned("Points of an order, as it stands by now.")
class OrderPoints:
    earned: int = prop("{v}.earned", Tag.MONEY, "Points that it deserves and has earned; what came back earns none.")
    pending: int = prop("{v}.pending", Tag.MONEY, "How many of these cannot be spent yet: the return period has not ended.")
    redeemed: int = prop("{v}.redeemed", Tag.MONEY, "Points that were spent on it, less those that were given back.")
    rules: list[str] = prop("{v}.rules", Tag.MONEY, "Names of the rules by which it earned last, in the order of the programme.")


ORDER_POINTS = read(One(POSTED), Tag.MONEY, "Points that it earned and that were spent on it here; null if none ever were.")
