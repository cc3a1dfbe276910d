"""Cases that were closed long ago lose what was written in them; how they went stays, and so does everything of others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.cases.promises import Promise, make
from graph.cases.setting import set_state, tag
from graph.cases.states import CLOSED, RESOLVED
from graph.jobs.running import run_next
from graph.retention import keeping
from graph.retention.keeping import RETENTION, Keeping, ask_daily
from graph.store import Store
from tests.conftest import wipe
from tests.graph.cases.working import author, case, do, kinds, mail, opened, person, seen, tell, touchpoint

TODAY = datetime.now(UTC)
DAYS = {"cases": 365}


@pytest.fixture
async def kept(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keeping:
    monkeypatch.setattr(keeping, "PAGE", 2)
    await wipe(store)
    await tell(store, person("1"), mail("m1"))
    return Keeping(store, DAYS, tmp_path / "audit", bytes(32), "own")


async def stood(store: Store, state: str, days: int) -> str:
    """Return a case with a promise and a tag that has been in a state for so many days."""
    own_id = await opened(store, touchpoint=touchpoint("m1"))
    await do(store, tag(author(), [seen(own_id)], "返品", on=True))
    await do(store, make(author(), Promise("明日お電話", "2099-04-02T00:00:00.000000Z", "op-1", case=seen(own_id))))
    for following, code in ((RESOLVED, "SOLVED"), (CLOSED, None))[: ("OPEN", RESOLVED, CLOSED).index(state)]:
        await do(store, set_state(author(), [seen(own_id)], following, code, code and "解決"))
    since = (TODAY - timedelta(days=days)).isoformat(timespec="microseconds").replace("+00:00", "Z")
    aged = "MATCH (k:Case {id: $p.id}) SET k.since = $p.since"
    await store.write(lambda transaction: transaction.run(aged, {"id": own_id, "since": since}))
    return own_id


async def written(store: Store, own_id: str) -> set[str]:
    """Return everything that somebody wrote in a case."""
    rows = await store.read(
        "MATCH (k:Case {id: $p.id}) OPTIONAL MATCH (k)-[:HAS_EVENT]->(e) OPTIONAL MATCH (k)<-[:FOR]-(m:Promise) "
        "OPTIONAL MATCH (k)-[:HAS_TAG]->(g) UNWIND [k.subject, e.note, e.tag, m.text, g.tag] + k.tags AS text RETURN text",
        {"id": own_id},
    )
    return {text for (text,) in rows if text}


async def receipt(kept: Keeping) -> Any:
    await ask_daily(kept.store, kept.days, TODAY)
    assert await run_next(kept.store, "runner", {RETENTION: kept.run})
    [[told]] = await kept.store.read("MATCH (j:Job {state: 'DONE'}) RETURN j.receipt ORDER BY j.asked_at DESC LIMIT 1")
    return orjson.loads(told)


async def test_of_cases_closed_long_ago_only_how_they_went_stays(kept: Keeping) -> None:
    # given
    old = [await stood(kept.store, CLOSED, 366) for _ in range(3)]
    before = [(await case(kept.store, own_id), await kinds(kept.store, own_id)) for own_id in old]
    # when
    assert await receipt(kept) == {"cases": 3}
    # then
    for own_id, (was, history) in zip(old, before, strict=True):
        now = await case(kept.store, own_id)
        assert await written(kept.store, own_id) == set()
        assert (now["number"], now["state"], now["since"]) == (was["number"], was["state"], was["since"])
        assert await kinds(kept.store, own_id) == history
    noted = await kept.store.read("MATCH (e:OutboxEntry {type: 'case.changed'}) WHERE 'subject' IN e.fields RETURN e.refs")
    assert {f"Case:{own_id}" for own_id in old} <= {ref for (refs,) in noted for ref in refs}
    # and the next day finds nothing more
    assert await kept.store.read(keeping.NEXT_CLOSED, {"after": "", "before": "9", "limit": 9}) == []


@pytest.mark.parametrize(("state", "days"), [(CLOSED, 364), (RESOLVED, 900), ("OPEN", 900)])
async def test_what_is_not_closed_for_so_long_stays_as_it_is(kept: Keeping, state: str, days: int) -> None:
    own_id = await stood(kept.store, state, days)
    before = await written(kept.store, own_id)
    assert {"届かない", "返品", "明日お電話"} <= before
    assert await receipt(kept) == {}
    assert await written(kept.store, own_id) == before
