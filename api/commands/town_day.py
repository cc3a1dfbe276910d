"""The last day of the demo town that a graph has, told from one order that every town begins with."""

from __future__ import annotations

from datetime import date, datetime

import httpx2

from demo.stories import stories

SOURCE, NUMBER = "/cti", "TEL-1"
QUERY = "query ($number: String!) { orders(number: $number) { source occurredAt } }"


async def town_day(door: httpx2.AsyncClient, today: date) -> date:
    """Return the last day of the town behind a door, or today where there is none yet."""
    answer = await door.post(
        "/graphql",
        json={"query": QUERY, "variables": {"number": NUMBER}},
        headers={"Content-Type": "application/json"},
    )
    told = [order["occurredAt"] for order in answer.raise_for_status().json()["data"]["orders"] if order["source"] == SOURCE]
    if not told:
        return today
    placed = next(event["time"] for event in stories(today) if event["source"] == SOURCE and event.get("subject") == NUMBER)
    return today + (datetime.fromisoformat(told[0]) - datetime.fromisoformat(placed))
