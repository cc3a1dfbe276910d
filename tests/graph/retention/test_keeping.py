"""What is older than its kind is kept goes, once a day, with what it counted for; what is not named stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.baskets.changing import Line
from graph.baskets.records import Whose
from graph.baskets.seen import mark_seen
from graph.events.newest import utc_text
from graph.identity.blocking import NOTHING_LISTED
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.jobs.running import run_next
from graph.offers.making import Thing, make_offer
from graph.resolution.rebuild import rebuild
from graph.resolution.rebuild_parts import Position
from graph.retention import keeping
from graph.retention.beside import BESIDE
from graph.retention.keeping import RETENTION, Keeping, ask_daily
from graph.store import Store
from tests.conftest import wipe
from tests.graph.baskets.shopping import INK, PEN, WEB, basket_of, change, handed_over, opened
from tests.graph.coupons.giving_out import author, do
from tests.graph.resolution.fingerprint import differences, fingerprint

TODAY = datetime(2026, 11, 29, 12, tzinfo=UTC)
DAYS = {"CALL": 100, "WEB_SESSION": 30}
# One of each is older than it is kept
AGED = (
    "MATCH (l:BasketLine {sku: $p.sku}) SET l.changed_at = $p.old",
    "MATCH (h:BasketHandover) WITH h ORDER BY h.turn LIMIT 1 SET h.turn = $p.old + h.id",
    "MATCH (v:ProductView {sku: $p.sku}) SET v.turn = $p.old + v.id",
    "MATCH (o:Offer) WITH o ORDER BY o.turn LIMIT 1 SET o.turn = $p.old + o.id",
)
BY = {"record": {"source": "/ec", "subject": "m1"}}
UNKNOWN = {"identifiers": [{"kind": "PHONE", "value": "090-1000-4160"}]}


def event(own_id: str, kind: str, days_ago: int, by: dict[str, Any]) -> dict[str, Any]:
    time = (TODAY - timedelta(days=days_ago)).isoformat()
    envelope = {"specversion": "1.0", "source": "/ec", "id": own_id, "subject": own_id, "time": time}
    if kind == "ORDER":
        data = {"currency": "JPY", "total": "100", "by": by, "store": "s1"}
        return {**envelope, "type": "customer360.order.v1", "data": data}
    return {**envelope, "type": "customer360.interaction.v1", "data": {"kind": kind, "by": by, "store": "s2"}}


TOLD = [
    *(event(f"old-{kind}-{number}", kind, 150 + number, BY) for kind in ("CALL", "WEB_SESSION", "EMAIL") for number in range(5)),
    *(event(f"new-{kind}", kind, 20, BY) for kind in ("CALL", "WEB_SESSION", "EMAIL")),
    event("order", "ORDER", 2_000, BY),
    event("caller", "CALL", 120, UNKNOWN),
    event("between", "CALL", 99, BY),
]


@pytest.fixture
async def kept(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keeping:
    monkeypatch.setattr(keeping, "PAGE", 3)
    await wipe(store)
    await record(store, [read_event(raw, b"key") for raw in TOLD])
    return Keeping(store, DAYS, tmp_path / "audit", bytes(32), "own")


async def done(kept: Keeping, day: datetime = TODAY) -> dict[str, int]:
    await ask_daily(kept.store, kept.days, day)
    assert await run_next(kept.store, "runner", {RETENTION: kept.run})
    [[receipt]] = await kept.store.read("MATCH (j:Job {state: 'DONE'}) RETURN j.receipt ORDER BY j.asked_at DESC LIMIT 1")
    return orjson.loads(receipt)


async def left(store: Store) -> set[str]:
    return {own for (own,) in await store.read("MATCH (t:Touchpoint) RETURN t.external_id")}


async def test_what_is_too_old_goes_and_nothing_else(kept: Keeping) -> None:
    assert await done(kept) == {"CALL": 6, "WEB_SESSION": 5}
    expected = {f"old-EMAIL-{number}" for number in range(5)} | {"new-CALL", "new-WEB_SESSION", "new-EMAIL", "order", "between"}
    assert await left(kept.store) == expected


async def test_each_that_goes_is_told_to_followers_also_one_of_nobody(kept: Keeping) -> None:
    before = {own for (own,) in await kept.store.read("MATCH (t:Touchpoint) RETURN t.id")}
    await kept.store.write(lambda transaction: transaction.run("MATCH (e:OutboxEntry) DELETE e"))
    await done(kept)
    gone = before - {own for (own,) in await kept.store.read("MATCH (t:Touchpoint) RETURN t.id")}
    noted = await kept.store.read("MATCH (e:OutboxEntry {type: 'touchpoint.changed'}) RETURN e.refs")
    assert {f"Touchpoint:{own}" for own in gone} <= {ref for (refs,) in noted for ref in refs}
    assert len(gone) == 11


async def test_what_it_counted_for_is_counted_no_more(kept: Keeping) -> None:
    await done(kept)
    before = await fingerprint(kept.store)
    async for _ in rebuild(kept.store, NOTHING_LISTED, Position()):
        pass
    assert differences(before, await fingerprint(kept.store)) == []
    [[counts]] = await kept.store.read("MATCH (r:SourceRecord) RETURN r.counts")
    assert orjson.loads(counts)["channels"] == {"EMAIL": 6, "PHONE": 2, "WEB": 2}


async def test_a_number_by_which_nobody_is_known_any_more_goes_with_its_last_contact(kept: Keeping) -> None:
    assert await kept.store.read("MATCH (i:Identifier) RETURN count(i)") == [[1]]
    await done(kept)
    assert await kept.store.read("MATCH (i:Identifier) RETURN count(i)") == [[0]]


async def test_a_day_has_one_job_whoever_asks_and_the_next_finds_what_has_become_old(kept: Keeping) -> None:
    await done(kept)
    await ask_daily(kept.store, DAYS, TODAY + timedelta(hours=3))
    assert not await run_next(kept.store, "runner", {RETENTION: kept.run})
    assert await done(kept, TODAY + timedelta(days=2)) == {"CALL": 1}
    assert await done(kept, TODAY + timedelta(days=90)) == {"CALL": 1, "WEB_SESSION": 1}


async def test_without_rules_there_is_no_job(kept: Keeping) -> None:
    await ask_daily(kept.store, {}, TODAY)
    assert await kept.store.read("MATCH (j:Job) RETURN count(j)") == [[0]]


async def test_baskets_offers_and_what_was_looked_at_go_when_they_are_too_old_and_whoever_follows_is_told(
    store: Store, tmp_path: Path
) -> None:
    await wipe(store)
    [whose] = await opened(store, "1")
    for _ in range(2):
        await change(store, whose, Line(PEN, 1, adds=True), Line(INK, 1, adds=True))
        await handed_over(store, whose)
        await do(store, mark_seen(author(), Whose(whose), [PEN, INK], WEB))
        await do(store, make_offer(author(), Whose(whose), Thing(product=PEN), WEB))
    aged = {"old": utc_text(TODAY - timedelta(days=40)), "sku": "PEN-1"}
    for statement in AGED:
        await store.write(lambda transaction, statement=statement: transaction.run(statement, aged))
    version, _ = await basket_of(store, whose)

    receipt = await done(Keeping(store, dict.fromkeys(sorted(BESIDE), 30), tmp_path, bytes(32), "own"))

    assert receipt == dict.fromkeys(BESIDE, 1)
    now, lines = await basket_of(store, whose)
    assert (lines, now != version) == ({"INK-1": 2}, True)
    told = await store.read("MATCH (e:OutboxEntry) RETURN DISTINCT e.type, e.refs")
    assert {"basket.changed", "offer.changed", "seen.changed"} <= {type_ for type_, refs in told if f"Customer:{whose}" in refs}
