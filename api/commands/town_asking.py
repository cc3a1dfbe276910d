"""Asking the GraphQL door of a demo town, as its administrator and as of one moment."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from api.commands.event_sending import LATER, MOST_TIMES, DoorClosed

ANSWERS = {
    "caseOpen": "case { id number }",
    "promiseMake": "promise { id }",
    "teamPut": "team { id }",
    "couponPut": "coupon { id }",
    "couponIssue": "issuedCoupon { id code }",
}
"""What is asked of the answer of a mutation beside its errors."""
BUSY = frozenset({"SERVICE_UNAVAILABLE", "OVERLOADED", "THROTTLED"})


class TownAsking:
    """`door` sends what is asked; times are told from `now` on."""

    def __init__(self, door: httpx2.AsyncClient, now: datetime) -> None:
        self.door = door
        self.now = now

    def later(self, **by: int) -> str:
        return (self.now + timedelta(**by)).astimezone(UTC).isoformat()

    async def do(self, name: str, key: str, /, **given: Any) -> dict[str, Any]:
        """Send a mutation under a key of the town; raises DoorClosed where it is refused."""
        kind = name[0].upper() + name[1:]
        document = (
            f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ {ANSWERS.get(name, '')} userErrors {{ message }} }} }}"
        )
        answer = (await self.ask(document, input={**given, "idempotencyKey": f"demo-town-{key}"}))[name]
        if answer["userErrors"]:
            raise DoorClosed(f"`{name}` was refused: {answer['userErrors'][0]['message']}")
        return answer

    async def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """Return what the door answers, asked again while it is busy; raises DoorClosed where it refuses."""
        sent, told = {"query": document, "variables": variables}, dict[str, Any]()
        for _ in range(MOST_TIMES):
            answer = await self.door.post("/graphql", json=sent, headers={"Content-Type": "application/json"})
            told = answer.json()
            if answer.status_code == 200 and not told.get("errors"):
                return told["data"]
            if answer.status_code not in LATER and told["errors"][0].get("extensions", {}).get("code") not in BUSY:
                break
            await asyncio.sleep(1)
        raise DoorClosed(f"The town was not answered: {told}")
