"""Figures of a customer that charts show: touchpoints by channel, spend by month."""

from __future__ import annotations

from typing import Any, LiteralString
from zoneinfo import available_timezones

from graph.errors import InvalidInput
from graph.identity.counts import Counts, fold
from graph.orders.sales import IS_SALE, SOLD_FOR
from resolvers.access.tags import Tag
from resolvers.engine.planner import Argument, entry, part, planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Entries, Given, Many, Parameters
from resolvers.timeline.seeks import position
from resolvers.values.money import Money
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel


@planned("Number of touchpoints of one channel.")
class ChannelCount:
    channel: Channel = entry("channel", Tag.ACTIVITY, "Channel of the touchpoints.")
    touchpoints: int = entry("touchpoints", Tag.ACTIVITY, "Number of touchpoints.")


def channels_of(texts: list[str | None]) -> list[dict[str, Any]]:
    """Return the channels of all records together from what is counted per record, the most used first."""
    counted = fold(Counts.from_json(text) for text in texts).channels
    return [{"channel": name, "touchpoints": counted[name]} for name in sorted(counted, key=lambda name: (-counted[name], name))]


CHANNEL_MIX = read(
    Entries("COLLECT {{ UNWIND {records} AS {s} RETURN {s}.counts }}", channels_of),
    Tag.ACTIVITY,
    "Number of touchpoints by channel, orders included, most used channel first.",
)


@planned("Total of a customer's orders in one month and currency.")
class MonthlySpend:
    month: str = prop("{v}.month", Tag.ACTIVITY, "Month, for example `2026-04`.")
    orders: int = prop("{v}.orders", Tag.ACTIVITY, "Number of orders with an amount, without cancelled and returned ones.")
    spend: Money = part(
        Tag.MONEY,
        "Total of the orders without what was refunded.",
        names={"money": "[{v}.units, {v}.currency]"},
    )


# (:SourceRecord {key}) = (:Order {record}), by index
BY_MONTH: LiteralString = (
    """
UNWIND {records} AS {s}
CALL ({s}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, kind, position)
  WHERE {t}.record = {s}.key AND {t}.kind = 'ORDER' AND {t}.position >= ${since} AND {t}.position < '~'
  RETURN {t}
}}
WITH {t} WHERE """
    + IS_SALE
    + """ AND {t}.total IS NOT NULL
WITH left(toString(datetime({{datetime: datetime(left({t}.position, 27)), timezone: ${zone}}})), 7) AS {month},
     {t}.currency AS {currency}, SUM("""
    + SOLD_FOR
    + """) AS {units}, COUNT({t}) AS {orders}
WITH {{month: {month}, currency: {currency}, units: {units}, orders: {orders}}} AS {n} ORDER BY {n}.month, {n}.currency
"""
)


def period(given: Given) -> Parameters:
    """Return the beginning as a position, and the zone; raises InvalidInput for a zone that there is not."""
    if given["timeZone"] not in available_timezones():
        raise InvalidInput("`timeZone` is not the IANA name of a time zone, such as Asia/Tokyo.")
    return {"since": position(given.get("from"), ""), "zone": given["timeZone"]}


SPEND_BY_MONTH = read(
    Many(BY_MONTH, bind=period),
    Tag.MONEY,
    "Total of orders by month, oldest first; months without orders are left out.",
    {
        "from": Argument(DateTime | None, "Start of the period, inclusive.", None),
        "timeZone": Argument(str, "IANA time zone in which months begin, for example `Asia/Tokyo`.", "Asia/Tokyo"),
    },
)
