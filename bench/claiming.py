"""A landline that 100,000 anonymous calls came by: a record claims it, its holders are merged; how long the writer waits."""

from __future__ import annotations

import time
from typing import Any, LiteralString

from bench.figures import Figure
from graph.commands.command import Author
from graph.decisions.customers import merge
from graph.decisions.deciding import DECISION_NOUNS, decide
from graph.decisions.table import Expected
from graph.intake.event_types import EVENT_NOUNS
from graph.intake.reading import read_event
from graph.intake.record import LARGEST_BATCH, record
from graph.resolution.attribution_steps import attribute_next
from graph.store import Store
from graph.writes.unit import plan_writes

CALLS, TARGET_MS = 100_000, 1_000
LANDLINE = {"kind": "PHONE", "value": "03-6000-4199"}
OWNERS: LiteralString = """
MATCH (:Identifier {key: 'PHONE::+81360004199'})<-[:VIA]-(t:Touchpoint)
RETURN count(t), count([(t)<-[:DID]-(r) | r][0])
"""
HOLDERS: LiteralString = """
MATCH (:Identifier {key: 'PHONE::+81360004199'})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
RETURN c.id, c.version
"""


async def time_claims(store: Store) -> Figure:
    """Return the longest time that one unit of work took, over a first claim, a second one and a merge, with all steps."""
    for start in range(0, CALLS, LARGEST_BATCH):
        await _send(store, [_call(number) for number in range(start, start + LARGEST_BATCH)])
    # The server has both planned by the time it is used.
    await plan_writes(store, EVENT_NOUNS)
    await plan_writes(store, DECISION_NOUNS)
    longest = 0.0
    for turn in range(2):
        longest = max(longest, await _timed(_send(store, [_person(turn)])), await _settled(store))
    expected = [Expected(own_id, version) for own_id, version in await store.read(HOLDERS)]
    merging = decide(store, Author("bench", "bench", "claims", "measured"), merge(expected))
    longest = max(longest, await _timed(merging), await _settled(store))
    [[calls, owned]] = await store.read(OWNERS)
    if not calls == owned == CALLS:
        raise SystemExit(f"Of {CALLS} calls {owned} of {calls} found their customer.")
    return Figure("claim_100k_anonymous", longest * 1_000, "ms", target=TARGET_MS, ok=longest * 1_000 <= TARGET_MS)


async def _settled(store: Store) -> float:
    longest = 0.0
    while True:
        began = time.perf_counter()
        if not await attribute_next(store):
            return longest
        longest = max(longest, time.perf_counter() - began)


async def _timed(work: Any) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def _send(store: Store, raws: list[dict[str, Any]]) -> None:
    await record(store, [read_event(raw, b"bench") for raw in raws])


def _event(kind: str, own_id: str, data: dict[str, Any]) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/claims", "id": own_id}
    return {**envelope, "subject": own_id, "time": "2026-04-01T10:00:00Z", "data": data}


def _call(number: int) -> dict[str, Any]:
    return _event("interaction", f"call-{number}", {"kind": "CALL", "by": {"identifiers": [LANDLINE]}})


def _person(number: int) -> dict[str, Any]:
    card = {"kind": "POS_CARD", "value": f"CLAIM-{number}"}
    return _event("person", f"member-{number}", {"identifiers": [LANDLINE, card]})
