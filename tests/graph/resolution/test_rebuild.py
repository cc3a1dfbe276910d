"""A rebuild: what is stored by older rules becomes what the rules of today say, in parts, and a dry run only says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graph.identity.blocking import NOTHING_LISTED, ListedValues, read_listed_values
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.resolution.rebuild import rebuild
from graph.resolution.rebuild_parts import Changes, Position
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.graph.resolution.recomputation import recompute

if TYPE_CHECKING:
    from graph.store import Store

KEY = b"a key for tests"
CARD, PHONE, OTHER = ("POS_CARD", "C1"), ("PHONE", "+819010004130"), ("PHONE", "+819010004131")
Raw = dict[str, Any]

# (:SourceRecord)-[:RESOLVES_TO]->(:Customer), as older rules might have left it: one joined wrongly, one parted wrongly
JOIN_WRONGLY = """
MATCH (:SourceRecord {key: '/till:a'})-[:RESOLVES_TO]->(c), (r:SourceRecord {key: '/till:d'})-[l:RESOLVES_TO]->()
DELETE l CREATE (r)-[:RESOLVES_TO]->(c)
"""
PART_WRONGLY = """
MATCH (r:SourceRecord {key: '/till:b'})-[l:RESOLVES_TO]->(c) DELETE l
WITH r, c {.*, id: 'stale'} AS kept
CREATE (r)-[:RESOLVES_TO]->(x:Customer) SET x = kept
"""
MISATTRIBUTE = """
MATCH (t:Touchpoint {external_id: 'o1'})<-[l:DID]-(o), (r:SourceRecord {key: '/till:a'})
DELETE l CREATE (r)-[:DID {rule: 'SOLE_HOLDER'}]->(t)
WITH t, r, o, r.counts AS none, o.counts AS one
SET t.record = r.key, r.counts = one, o.counts = none
"""

AS_OLDER_RULES_HAD_IT = """
MATCH (r:SourceRecord {key: '/till:latin'})-[l:RESOLVES_TO]->(:Customer), (:SourceRecord {key: '/till:kanji'})-[:RESOLVES_TO]->(c)
DELETE l CREATE (r)-[:RESOLVES_TO]->(c)
WITH DISTINCT 1 AS done
MATCH (r:SourceRecord) SET r.given_names = ['N:真由'] REMOVE r.names
WITH DISTINCT 1 AS done
MATCH (i:Identifier) SET i.given_names = ['L:mayu', 'N:真由', 'N:花子様', 'N:花子'], i.state = 'SHARED'
"""


def event(kind: str, subject: str, data: Raw) -> Raw:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/till", "id": f"{kind}-{subject}"}
    return {**envelope, "subject": subject, "time": "2026-01-01T10:00:00Z", "data": data}


def person(subject: str, given: str, *values: tuple[str, str]) -> Raw:
    identifiers = [{"kind": kind, "value": value} for kind, value in values]
    return event("person", subject, {"name": {"family": "試験", "given": given}, "identifiers": identifiers})


EVENTS = [
    person("a", "太郎", CARD),
    person("b", "太郎", CARD),
    person("c", "花子", PHONE),
    person("d", "花子", PHONE),
    person("e", "次郎", OTHER),
    event("interaction", "o1", {"kind": "CALL", "by": {"identifiers": [{"kind": "PHONE", "value": PHONE[1]}]}}),
]


async def rebuilt(store: Store, listed: ListedValues = NOTHING_LISTED, *, dry_run: bool = False) -> Changes:
    changes = Changes()
    async for part in rebuild(store, listed, Position(), dry_run=dry_run, page=2):
        changes.add(part.changes)
    return changes


@pytest.fixture
async def stale(store: Store) -> Store:
    """A graph whose stored partition and attribution are not what the rules say."""
    await wipe(store)
    await record(store, [read_event(raw, KEY) for raw in EVENTS])
    for statement in (JOIN_WRONGLY, PART_WRONGLY, MISATTRIBUTE):

        async def damage(transaction: Any, statement: Any = statement) -> None:
            await transaction.run(statement)

        await store.write(damage)
    return store


async def test_a_stale_partition_becomes_what_the_rules_say_and_a_dry_run_says_so_before(stale: Store) -> None:
    stored = await stale.read("MATCH (n)-[r]->(m) RETURN n.id, type(r), m.id ORDER BY n.id, type(r), m.id")
    said = await rebuilt(stale, dry_run=True)
    assert await stale.read("MATCH (n)-[r]->(m) RETURN n.id, type(r), m.id ORDER BY n.id, type(r), m.id") == stored
    done = await rebuilt(stale)
    assert said == done
    assert (done.joined, done.parted, done.rules.total(), done.contacts) == (1, 0, 2, 1)
    assert differences(await fingerprint(stale), recompute(EVENTS)) == []
    assert await rebuilt(stale) == Changes()


async def test_a_rebuild_that_is_cut_short_goes_on_where_it_was(stale: Store) -> None:
    parts = rebuild(stale, NOTHING_LISTED, Position(), page=1)
    reached = Position()
    for _ in range(4):
        reached = (await anext(parts)).position
    await parts.aclose()
    assert reached == Position("records", "/till:b")
    rest = [part async for part in rebuild(stale, NOTHING_LISTED, reached, page=1)]
    assert sum(part.count for part in rest) == 3
    assert differences(await fingerprint(stale), recompute(EVENTS)) == []


async def test_a_listed_value_parts_and_one_off_the_list_joins_again(store: Store) -> None:
    await wipe(store)
    await record(store, [read_event(raw, KEY) for raw in EVENTS])
    before = await fingerprint(store)
    parted = await rebuilt(store, read_listed_values({"values": {"PHONE": [PHONE[1]]}}))
    assert (parted.states, parted.parted, parted.contacts) == ({"BLOCKED": 1}, 1, 1)
    joined = await rebuilt(store)
    assert (joined.states, joined.joined, joined.contacts) == ({"ACTIVE": 1}, 1, 1)
    assert differences(await fingerprint(store), before) == []


async def test_what_orders_count_for_is_counted_again(store: Store) -> None:
    await wipe(store)
    by = {"record": {"source": "/till", "subject": "a"}}
    orders = [
        {"status": "FULFILLED", "total": "1000", "channel": "STORE", "store": "ginza"},
        {"status": "FULFILLED", "total": "1000", "channel": "STORE", "store": "ginza", "refunded": "300"},
        {"status": "RETURNED", "total": "500"},
        {"status": "RETURNED", "total": "-50"},
        {"status": "CANCELLED", "total": "9"},
        {"total": "7", "currency": "USD"},
    ]
    told = [event("order", f"order{number}", {"currency": "JPY", "by": by, **each}) for number, each in enumerate(orders)]
    events = [*EVENTS, *told]
    await record(store, [read_event(raw, KEY) for raw in events])

    async def count_by_other_rules(transaction: Any) -> None:
        await transaction.run('MATCH (r:SourceRecord) SET r.counts = \'{"orders":9,"spend":{"JPY":9999}}\'')

    counted = await store.read("MATCH (r:SourceRecord {external_id: 'a'})-->(c:Customer) RETURN r.counts, c.order_count, c.spend")
    assert counted[0][1:] == [5, ["JPY:1650", "USD:700"]]
    await store.write(count_by_other_rules)
    await rebuilt(store)
    again = await store.read("MATCH (r:SourceRecord {external_id: 'a'})-->(c:Customer) RETURN r.counts, c.order_count, c.spend")
    assert again == counted


async def test_a_graph_of_older_rules_gets_its_names_compared_by_those_of_today(store: Store) -> None:
    await wipe(store)
    phone = {"kind": "PHONE", "value": PHONE[1]}
    told = [("kanji", {"full": "検体 真由"}), ("latin", {"full": "Hanako"})]
    await record(store, [read_event(event("person", key, {"name": name, "identifiers": [phone]}), KEY) for key, name in told])
    today = await fingerprint(store)

    async def turn_back(transaction: Any) -> None:
        await transaction.run(AS_OLDER_RULES_HAD_IT)

    await store.write(turn_back)
    done = await rebuilt(store)
    assert (done.parted, done.states) == (1, {"ACTIVE": 1})
    assert await store.read("MATCH (r:SourceRecord) WHERE r.given_names IS NOT NULL OR r.names IS NULL RETURN r.key") == []
    assert await store.read("MATCH (i:Identifier) RETURN i.given_names") == [[["L:hanako", "N:真由"]]]
    assert await store.read("MATCH (m:MatchCandidate {status: 'OPEN'}) RETURN m.reason") == [["NOTHING_TO_COMPARE"]]
    assert differences(await fingerprint(store), today) == []
    assert await rebuilt(store) == Changes()


async def test_a_graph_of_older_rules_gets_linked_by_what_its_records_tell_of_themselves(store: Store) -> None:
    await wipe(store)
    told = {"name": {"full": "検体 真由"}, "birthDate": "1988-08-08"}
    await record(store, [read_event(event("person", "a", told), KEY)])

    async def turn_back(transaction: Any) -> None:
        await transaction.run("MATCH (k:CompositeKey) DELETE k")
        await transaction.run("MATCH (r:SourceRecord) REMOVE r.composites")

    await store.write(turn_back)
    await record(store, [read_event(event("person", "b", told), KEY)])
    assert len((await fingerprint(store)).partition) == 2
    assert (await rebuilt(store)).joined == 1
    assert len((await fingerprint(store)).partition) == 1
    assert await rebuilt(store) == Changes()
