"""Order, repetition, batching and concurrent writers cannot matter: every load ends in what the recomputation says."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.intake.reading import read_event
from graph.intake.receipts import forget_receipts
from graph.intake.record import record
from tests.conftest import wipe
from tests.graph.resolution.event_streams import MOBILES, Raw, streams
from tests.graph.resolution.fingerprint import Fingerprint, differences, fingerprint
from tests.graph.resolution.recomputation import recompute
from tests.laws import graph_law

if TYPE_CHECKING:
    from graph.store import Store

KEY = b"a key for tests"
MANY_WRITERS = (8, 16)
OUTCOMES = {"CREATED", "UPDATED", "UNCHANGED", "REPEATED"}


async def load(store: Store, batches: Iterable[Sequence[Raw]]) -> None:
    for batch in batches:
        receipts = await record(store, [read_event(raw, KEY) for raw in batch])
        assert {receipt.outcome for receipt in receipts} <= OUTCOMES


async def loaded(store: Store, *writers: list[list[Raw]]) -> Fingerprint:
    """Return the fingerprint of an empty graph after each writer recorded its batches, all at once."""
    await wipe(store)
    async with asyncio.TaskGroup() as group:
        for batches in writers:
            group.create_task(load(store, batches))
    return await fingerprint(store)


def disturbed(events: Sequence[Raw], random: Random) -> list[Raw]:
    """Return the events shuffled, about a quarter of them twice."""
    mixed = [*events, *random.sample(list(events), len(events) // 4)]
    random.shuffle(mixed)
    return mixed


def batched(events: Sequence[Raw], random: Random, largest: int) -> list[list[Raw]]:
    """Return the events in batches of random size."""
    batches: list[list[Raw]] = []
    start = 0
    while start < len(events):
        end = start + random.randint(1, largest)
        batches.append(list(events[start:end]))
        start = end
    return batches


async def prove(store: Store, events: list[Raw], seed: int, *, largest: int = 24, writers: int = MANY_WRITERS[0]) -> None:
    """In order by one writer, disturbed by one writer, disturbed by many at once: each equals the recomputation."""
    random = Random(seed)
    expected = recompute(events)
    in_order = sorted(events, key=lambda raw: (raw["time"], raw["id"]))
    assert differences(await loaded(store, [in_order]), expected) == []
    mixed = disturbed(events, random)
    assert differences(await loaded(store, batched(mixed, random, largest)), expected) == []
    shares = [mixed[number::writers] for number in range(writers)]
    assert differences(await loaded(store, *(batched(share, random, largest // 3) for share in shares)), expected) == []


@graph_law(test=25, soak=100)
@given(events=streams(), seed=st.integers(0, 2**32), writers=st.sampled_from(MANY_WRITERS))
async def test_any_order_and_any_writers_end_in_the_recomputed_graph(
    store: Store, events: list[Raw], seed: int, writers: int
) -> None:
    await prove(store, events, seed, writers=writers)


def person(number: int, given: str | None, *values: tuple[str, str], **bounds: str) -> Raw:
    identifiers = [{"kind": kind, "value": value, **bounds} for kind, value in values]
    data = {"identifiers": identifiers} | ({"name": {"family": "試験", "given": given}} if given else {})
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/crowd", "time": "2026-04-01T10:00:00Z"}
    return {**envelope, "id": f"e{number:03d}", "subject": f"{number:03d}", "data": data}


async def test_a_value_becomes_nobodys_through_the_same_names_in_any_order(store: Store) -> None:
    phone = ("PHONE", MOBILES[0])
    pairs = [(number, f"{number // 2}郎") for number in range(44)]
    await prove(store, [person(number, given, phone, ("POS_CARD", f"C{number // 2}")) for number, given in pairs], seed=1)


async def test_a_component_over_the_bound_is_quarantined_whole_in_any_order(store: Store) -> None:
    phone, card, account = ("PHONE", MOBILES[0]), ("POS_CARD", "C1"), ("MEMBER_NUMBER", "M1")
    crowd = [person(number, None, phone) for number in range(198)]
    bridge = person(198, None, phone, card)
    late = (
        person(199, None, card, validTo="2025-01-01T00:00:00Z"),
        person(200, None, card, account, validFrom="2026-01-01T00:00:00Z"),
    )
    apart = [person(number, "太郎", ("POS_CARD", "C2")) for number in (201, 202)]
    await prove(store, [*crowd, bridge, *late, *apart], seed=2, largest=120)


@graph_law(test=10, soak=200)
@given(events=streams())
async def test_a_repeat_whose_receipt_is_forgotten_changes_nothing(store: Store, events: list[Raw]) -> None:
    expected = recompute(events)
    assert differences(await loaded(store, [events]), expected) == []
    assert await forget_receipts(store, datetime.now(UTC) + timedelta(days=1)) == len(events)
    await load(store, [events])
    assert differences(await fingerprint(store), expected) == []


@pytest.mark.soak
@graph_law(test=1_000, soak=1_000)
@given(events=streams(least=5, most=60), seed=st.integers(0, 2**32), writers=st.sampled_from(MANY_WRITERS))
async def test_a_thousand_streams_of_any_length_end_so_too(store: Store, events: list[Raw], seed: int, writers: int) -> None:
    await prove(store, events, seed, writers=writers)
