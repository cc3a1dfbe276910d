"""Golden records in the graph: they follow trust, membership and names as these change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graph.commands.command import Author
from graph.decisions import customers
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.resolution.source_trust import declare_trust
from graph.search.forms import search_names
from tests.conftest import wipe

if TYPE_CHECKING:
    from graph.store import Store

KEY = b"a key for tests"
GOLDEN = """
MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer)
RETURN c {.id, .version, .name, .former_names, .search_names, rules: [o IN c.origins | split(o, '\t')[1]]}
"""


@pytest.fixture
async def empty(store: Store) -> Store:
    await wipe(store)
    return store


async def tell(store: Store, source: str, family: str, kana: str, day: int) -> None:
    data = {"name": {"family": family, "given": "花子"}, "kana": {"family": kana, "given": "ハナコ"}, "birthDate": "1988-08-08"}
    data |= {"identifiers": [{"kind": "PHONE", "value": "090-1000-4101"}]}
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": source, "subject": "1", "id": f"g-{day}"}
    await record(store, [read_event({**envelope, "time": f"2026-04-{day:02d}T10:00:00Z", "data": data}, KEY)])


async def golden(store: Store, source: str) -> dict[str, Any]:
    [[found]] = await store.read(GOLDEN, {"key": f"{source}:1"})
    return found


async def test_who_marries_is_found_by_both_surnames_whichever_event_comes_first(empty: Store) -> None:
    for day, family, kana in ((2, "新姓", "シンセイ"), (1, "旧姓", "キュウセイ")):
        await tell(empty, "/ec", family, kana, day)
    found = await golden(empty, "/ec")
    assert (found["name"], found["former_names"]) == ("新姓 花子", ["旧姓 花子"])
    assert found["search_names"] == search_names(["新姓 花子", "旧姓 花子", "シンセイ ハナコ", "キュウセイ ハナコ"])


async def test_the_surname_of_a_marriage_goes_when_the_record_that_told_it_goes(empty: Store) -> None:
    await tell(empty, "/ec", "旧姓", "キュウセイ", 1)
    await tell(empty, "/pos", "新姓", "シンセイ", 2)
    married = await golden(empty, "/ec")
    assert (married["name"], married["former_names"]) == ("新姓 花子", ["旧姓 花子"])
    [[newer]] = await empty.read("MATCH (r:SourceRecord {key: '/pos:1'}) RETURN r.id")
    expected = Expected(married["id"], married["version"])
    await decide(empty, Author("tests", "steward", "apart"), customers.separate(expected, [newer]))
    alone = await golden(empty, "/ec")
    assert (alone["name"], alone["former_names"]) == ("旧姓 花子", None)
    assert alone["search_names"] == search_names(["旧姓 花子", "キュウセイ ハナコ"])
    assert set(alone["rules"]) == {"ONLY_VALUE"}


async def test_a_new_ranking_of_sources_counts_from_the_next_change_on(empty: Store) -> None:
    await declare_trust(empty, {"/pos": 1, "/fax": 2})
    await declare_trust(empty, {"/pos": 1})
    for source, day in (("/pos", 1), ("/ec", 2)):
        await tell(empty, source, "試験", "シケン" if source == "/ec" else "シケーン", day)
    assert "TRUSTED_SOURCE" in (await golden(empty, "/ec"))["rules"]
    await declare_trust(empty, {})
    await tell(empty, "/ec", "試験", "シケンン", 3)
    assert set((await golden(empty, "/ec"))["rules"]) == {"ALL_AGREE", "NEWEST"}


async def test_the_same_value_told_again_makes_no_new_version(empty: Store) -> None:
    await tell(empty, "/ec", "試験", "シケン", 1)
    before = await golden(empty, "/ec")
    await tell(empty, "/ec", "試験", "シケン", 2)
    assert (await golden(empty, "/ec"))["version"] == before["version"]
