"""The last day of the demo town that a graph has, told from one order that every town begins with."""

from __future__ import annotations

from datetime import date, datetime

from api.commands.town_asking import TownAsking
from demo.stories import stories

SOURCE, NUMBER = "/cti", "TEL-1"
QUERY = "query ($number: String!) { orders(number: $number) { source occurredAt } }"


async def town_day(town: TownAsking, today: date) -> date:
    """Return the last day of the town that is asked, or today where there is none yet."""
    found = (await town.ask(QUERY, number=NUMBER))["orders"]
    told = [order["occurredAt"] for order in found if order["source"] == SOURCE]
    if not told:
        return today
    placed = next(event["time"] for event in stories(today) if event["source"] == SOURCE and event.get("subject") == NUMBER)
    return today + (datetime.fromisoformat(told[0]) - datetime.fromisoformat(placed))
