"""How identity stands, counted over a whole graph: sizes, links, what waits and for how long, what people answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.commands.quality import described
from graph.commands.command import Author
from graph.decisions.candidates import decide_candidate
from graph.decisions.customers import undo
from graph.decisions.deciding import decide
from graph.decisions.quality import age_of, quality
from graph.decisions.table import Expected
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.resolution.proposing import propose_all
from tests.conftest import wipe

if TYPE_CHECKING:
    from graph.store import Store

HOME, CARD = {"full": "大阪府見本市試験1-1"}, [{"kind": "POS_CARD", "value": "C1"}]
CANDIDATE = """
MATCH (m:MatchCandidate) RETURN m.id,
  COLLECT { MATCH (m)-[:BETWEEN]->(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN [c.id, c.version] ORDER BY c.id }
"""


def person(subject: str, **more: Any) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "subject": subject, "id": subject}
    data = {"kana": {"family": "シケン", "given": "タロウ"}, **more}
    return {**envelope, "time": "2026-04-01T10:00:00Z", "data": data}


@pytest.fixture
async def town(store: Store) -> Store:
    """Two records of one card, and one that is heard to be of the same name and home."""
    await wipe(store)
    told = [person("1", identifiers=CARD), person("2", identifiers=CARD, address=HOME), person("3", address=HOME)]
    receipts = await record(store, [read_event(raw, b"key") for raw in told])
    assert [receipt.error for receipt in receipts if receipt.error] == []
    await propose_all(store)
    return store


async def test_what_waits_and_what_is_one_is_counted(town: Store) -> None:
    found = await quality(town, datetime.now(UTC))
    assert (found.sizes, found.links) == ({2: 1, 1: 1}, {"EXCLUSIVE_IDENTIFIER": 2, "NEW_RECORD": 1})
    assert (found.waiting, found.deferred, found.answers) == ({("LIKELY_SAME", "day"): 1}, 0, {})
    later = await quality(town, datetime.now(UTC) + timedelta(days=8))
    assert later.waiting == {("LIKELY_SAME", "month"): 1}


@pytest.mark.parametrize("same", [True, False])
async def test_an_answer_counts_until_it_is_taken_back(town: Store, same: bool) -> None:
    [[candidate, between]] = await town.read(CANDIDATE)
    customers = [Expected(*each) for each in between]
    said = await decide(town, Author("tests", "steward", "said", "電話で確認"), decide_candidate(candidate, customers, same=same))
    assert (await quality(town, datetime.now(UTC))).answers == {("LIKELY_SAME", same): 1}
    [own_id, version] = (await town.read("MATCH (c:Customer {status: 'ACTIVE'}) RETURN c.id, c.version ORDER BY c.id"))[0]
    await decide(town, Author("tests", "steward", "back", "取り違え"), undo(Expected(own_id, version), said.decision))
    assert (await quality(town, datetime.now(UTC))).answers == {}


def test_what_does_not_say_when_it_was_found_is_old() -> None:
    assert age_of(None, datetime.now(UTC)) == "older"


async def test_the_report_says_it_in_lines_without_anything_personal(town: Store) -> None:
    lines = list(described(await quality(town, datetime.now(UTC))))
    assert lines[0] == "Customers: 2, of 3 source records"
    assert "  source records 2: 1" in lines
    assert "Open match candidates by age: 1, put off 0" in lines
    assert "  LIKELY_SAME: day 1" in lines
    assert "試験" not in "".join(lines)
