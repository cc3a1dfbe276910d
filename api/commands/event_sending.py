"""Sending many events to the event door of a running server over HTTP, as any other source would."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx2
import orjson

from graph.errors import Customer360Error
from graph.events.outcomes import REPEATED, UNCHANGED

BATCH = "application/cloudevents-batch+json"
LARGEST_BATCH = 1_000
TIMEOUT_SECONDS = 300
LATER = frozenset({429, 503})
"""What a server answers that is busy, or whose database is."""
MOST_TIMES = 60
"""So often a batch is sent before it is given up."""

RawEvent = Mapping[str, Any]


class DoorClosed(Customer360Error):
    """The event door answered with something else than receipts."""

    code = "DOOR_CLOSED"


def event_door(root: str, token: str, host: str) -> httpx2.AsyncClient:
    """Return a client for the server at `root`; `host` is a name by which it may be asked for."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": BATCH, "Host": host}
    # No proxy of the environment stands between this process and itself.
    return httpx2.AsyncClient(base_url=root, headers=headers, timeout=TIMEOUT_SECONDS, trust_env=False)


async def send_events(door: httpx2.AsyncClient, events: Sequence[RawEvent], sent: Callable[[int], None]) -> Counter[str]:
    """Send events in batches and return how many had which outcome; `sent` hears how many each batch had."""
    outcomes: Counter[str] = Counter()
    for start in range(0, len(events), LARGEST_BATCH):
        batch = events[start : start + LARGEST_BATCH]
        outcomes.update(await _outcomes(door, batch))
        sent(len(batch))
    return outcomes


async def has_arrived(door: httpx2.AsyncClient, event: RawEvent) -> bool:
    """Tell whether the graph has an event already; asks for a dry run, which writes nothing."""
    [outcome] = await _outcomes(door, [event], dryRun="true")
    return outcome in (REPEATED, UNCHANGED)


async def _outcomes(door: httpx2.AsyncClient, events: Sequence[RawEvent], **query: str) -> list[str]:
    """Send one batch, again while the server asks for it, and return the outcome of each event."""
    status = 0
    for _ in range(MOST_TIMES):
        answer = await door.post("/events", params=query, content=orjson.dumps(events))
        status = answer.status_code
        if status == 200:
            return [receipt["outcome"] for receipt in orjson.loads(answer.content)["receipts"]]
        if status not in LATER:
            break
        await asyncio.sleep(int(answer.headers.get("Retry-After", "1")))
    raise DoorClosed(f"The event door answered {status}.")
