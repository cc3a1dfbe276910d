"""What a batch of events leaves in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import neo4j
import pytest

from graph.errors import InvalidInput
from graph.intake.event_types import EVENT_NOUNS
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import opaque
from graph.store import LANGUAGE
from graph.writes.unit import locking, plan_writes, writing

if TYPE_CHECKING:
    from graph.intake.receipts import Receipt
    from graph.store import Store, Transaction

KEY = b"digest key of the tests"
HOLDS = "MATCH (c:Customer)<-[:RESOLVES_TO]-(r:SourceRecord) WHERE r.key STARTS WITH $p.source RETURN c.id, collect(r.key)"


class Town:
    """Sends events of made-up people under sources of its own, so that the tests of this module share one graph."""

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name
        self.sent = 0

    def source(self, system: str) -> str:
        return f"/{self.name}/{system}"

    def event(self, kind: str, system: str, subject: str | None, data: dict[str, Any], **envelope: Any) -> dict[str, Any]:
        self.sent += 1
        event = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": self.source(system), "id": f"e{self.sent}"}
        event |= {"time": "2026-04-01T10:00:00+09:00", "data": data} | envelope
        return event if subject is None else event | {"subject": subject}

    def identifier(self, kind: str, value: str, **more: Any) -> dict[str, Any]:
        scope = {} if kind in {"PHONE", "EMAIL"} else {"scope": self.name}
        return {"kind": kind, "value": value, **scope, **more}

    async def send(self, *events: dict[str, Any], dry_run: bool = False) -> list[Receipt]:
        return await record(self.store, [read_event(event, KEY) for event in events], dry_run=dry_run)

    async def customers(self) -> set[frozenset[str]]:
        rows = await self.store.read(HOLDS, {"source": f"/{self.name}/"})
        return {frozenset(key.removeprefix(f"/{self.name}/") for key in keys) for _, keys in rows}

    async def one(self, statement: Any, **parameters: Any) -> list[Any]:
        rows = await self.store.read(statement, {"source": f"/{self.name}/", **parameters})
        assert len(rows) == 1
        return rows[0]


@pytest.fixture
def town(store: Store, request: pytest.FixtureRequest) -> Town:
    return Town(store, opaque(request.node.name))


def person(
    town: Town, system: str, subject: str, given: str | None = None, *identifiers: dict[str, Any], **more: Any
) -> dict[str, Any]:
    envelope = {name: more.pop(name) for name in ("time", "id") if name in more}
    name = {"name": {"family": "試験", "given": given}} if given else {}
    return town.event("person", system, subject, {**name, "identifiers": list(identifiers), **more}, **envelope)


def call(town: Town, phone: str, **envelope: Any) -> dict[str, Any]:
    by = {"identifiers": [{"kind": "PHONE", "value": phone}]}
    return town.event("interaction", "cti", None, {"kind": "CALL", "by": by}, **envelope)


async def test_records_that_share_a_member_number_become_one_customer(town: Town) -> None:
    number = town.identifier("MEMBER_NUMBER", "M-1")
    first, second = await town.send(person(town, "ec", "u1", "太郎", number), person(town, "pos", "p1", "太郎", number))
    assert await town.customers() == {frozenset({"ec:u1", "pos:p1"})}
    assert (first.outcome, second.outcome, second.rule) == ("CREATED", "CREATED", "EXCLUSIVE_IDENTIFIER")
    assert first.customer_id == second.customer_id is not None


async def test_two_customers_that_turn_out_to_be_one_leave_a_redirect_and_a_decision(town: Town) -> None:
    card, line = town.identifier("POS_CARD", "C1"), town.identifier("LINE_USER_ID", "U1")
    web, shop = await town.send(person(town, "ec", "u1", None, card), person(town, "line", "l1", None, line))
    assert web.customer_id != shop.customer_id
    await town.send(person(town, "app", "a1", None, card, line))
    former, living = await town.one(
        "MATCH (r:SourceRecord)-[:RESOLVES_TO]->(c) WHERE r.key STARTS WITH $p.source "
        "MATCH (old:Customer {status: 'MERGED'})-[:REDIRECTS_TO]->(c) RETURN DISTINCT old.id, c.id"
    )
    assert {former, living} == {web.customer_id, shop.customer_id}
    decided = await town.one(
        "MATCH (d:Decision {from_customer: $p.old, to_customer: $p.new})-[:MOVED]->(r) "
        "RETURN d.rule, r.key STARTS WITH $p.source",
        old=former,
        new=living,
    )
    assert decided == ["EXCLUSIVE_IDENTIFIER", True]


async def test_a_family_phone_joins_nobody_and_leaves_a_candidate(town: Town) -> None:
    mobile = town.identifier("PHONE", "090-1000-4101")
    await town.send(person(town, "ec", "u1", "太郎", mobile), person(town, "ec", "u2", "花子", mobile))
    assert len(await town.customers()) == 2
    reason = await town.one(
        "MATCH (m:MatchCandidate)-[:BETWEEN]->(r) WHERE r.key STARTS WITH $p.source RETURN m.reason, m.rule, m.status, count(r)"
    )
    assert reason == ["GIVEN_NAME_DIFFERS", "MOBILE_NUMBER", "OPEN", 2]


async def test_the_decision_about_a_new_record_says_what_kept_it_from_another(town: Town) -> None:
    mobile, other = town.identifier("PHONE", "090-1000-4191"), town.identifier("PHONE", "090-1000-4192")
    await town.send(person(town, "ec", "u1", "太郎", mobile, birthDate="1988-08-08"))
    await town.send(person(town, "pos", "p1", "太郎", mobile, birthDate="1955-01-02"), person(town, "pos", "p2", "太郎", other))
    found = await town.store.read(
        "MATCH (d:Decision)-[:MOVED]->(r) WHERE r.key STARTS WITH $p.source RETURN r.external_id, d.rule, d.against "
        "ORDER BY r.external_id",
        {"source": f"/{town.name}/"},
    )
    assert found == [["p1", "NEW_RECORD", "BIRTH_DATE_DIFFERS"], ["p2", "NEW_RECORD", None], ["u1", "NEW_RECORD", None]]


async def test_a_candidate_goes_when_its_reason_goes(town: Town) -> None:
    mobile, card = town.identifier("PHONE", "090-1000-4102"), town.identifier("POS_CARD", "C1")
    born = {"birthDate": "1988-08-08"}
    await town.send(
        person(town, "ec", "u1", "太郎", mobile, **born), person(town, "pos", "p1", "太郎", mobile, birthDate="1988-08-09")
    )
    assert len(await town.customers()) == 2
    await town.send(person(town, "pos", "p1", "太郎", mobile, card, time="2026-04-02T00:00:00Z", **born))
    assert await town.customers() == {frozenset({"ec:u1", "pos:p1"})}
    left = await town.one("MATCH (m:MatchCandidate)-[:BETWEEN]->(r) WHERE r.key STARTS WITH $p.source RETURN count(m)")
    assert left == [0]


async def test_a_split_gives_back_the_old_id_and_ends_the_redirect(town: Town) -> None:
    mobile = town.identifier("PHONE", "090-1000-4103")
    web, shop = await town.send(person(town, "ec", "u1", None, mobile), person(town, "pos", "p1"))
    await town.send(person(town, "pos", "p1", None, mobile))
    assert len(await town.customers()) == 1
    await town.send(person(town, "ec", "u1", "太郎"), person(town, "pos", "p1", "花子"))
    assert len(await town.customers()) == 2
    rows = await town.store.read(
        "MATCH (c:Customer) WHERE c.id IN $p.ids RETURN c.status, COUNT { (c)-[:REDIRECTS_TO]->() }",
        {"ids": [web.customer_id, shop.customer_id]},
    )
    assert rows == [["ACTIVE", 0], ["ACTIVE", 0]]


async def test_an_event_that_came_before_answers_its_first_receipt_and_changes_nothing(town: Town) -> None:
    event = person(town, "ec", "u1", "太郎", town.identifier("POS_CARD", "C1"))
    [first] = await town.send(event)
    version = "MATCH (r:SourceRecord)-[:RESOLVES_TO]->(c) WHERE r.key STARTS WITH $p.source RETURN c.version, properties(r)"
    before = await town.one(version)
    [again] = await town.send(event)
    assert (again.outcome, again.customer_id, again.rule) == ("REPEATED", first.customer_id, first.rule)
    assert await town.one(version) == before


async def test_a_repeat_brings_no_value_back_that_is_gone(town: Town) -> None:
    event = person(town, "ec", "u1", "太郎", town.identifier("MEMBER_NUMBER", "M-1"), id="same")
    await town.send(event)
    [known] = await town.one("MATCH (r)-[:HAS_IDENTIFIER]->(i) WHERE r.key STARTS WITH $p.source RETURN i.key")

    async def erase(transaction: Transaction) -> None:
        await transaction.run("MATCH (r:SourceRecord)-[:HAS_IDENTIFIER]->(i {key: $p.key}) DETACH DELETE r, i", {"key": known})

    await town.store.write(erase)
    [again] = await town.send(event)
    assert again.outcome == "REPEATED"
    assert await town.one("MATCH (i:Identifier {key: $p.key}) RETURN count(i)", key=known) == [0]


async def test_a_refused_event_leaves_alone_what_was_there_before(town: Town) -> None:
    # Nothing hangs on this mail yet, but another writer may be about to hang something on it.
    by = {"identifiers": [{"kind": "EMAIL", "value": f"{town.name}@example.jp"}]}
    data = {"purpose": "MARKETING", "state": "REFUSED", "by": by, "contactPoint": {"kind": "PHONE", "value": "090-1000-4177"}}
    await town.send(town.event("consent", "sms", None, data, id="same"))
    [refused] = await town.send(town.event("consent", "sms", None, data | {"state": "GRANTED"}, id="same"))
    assert refused.outcome == "REJECTED"
    key = f"EMAIL::{town.name.lower()}@example.jp"
    assert await town.one("MATCH (i:Identifier {key: $p.key}) RETURN count(i)", key=key) == [1]


async def test_an_identifier_stays_when_the_event_that_named_it_is_repeated_in_the_same_batch(town: Town) -> None:
    # Nothing hangs on this mail: the consent covers the number.
    by = {"identifiers": [{"kind": "EMAIL", "value": f"{town.name}@example.jp"}]}
    data = {"purpose": "MARKETING", "state": "REFUSED", "by": by, "contactPoint": {"kind": "PHONE", "value": "090-1000-4178"}}
    declared = town.event("consent", "sms", None, data, id="same")
    assert [receipt.outcome for receipt in await town.send(declared, declared)] == ["CREATED", "REPEATED"]
    key = f"EMAIL::{town.name.lower()}@example.jp"
    assert await town.one("MATCH (i:Identifier {key: $p.key}) RETURN count(i)", key=key) == [1]


async def test_what_a_known_customer_did_takes_two_statements(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await town.send(person(town, "ec", "u1", "太郎", town.identifier("MEMBER_NUMBER", "M-1")))
    by = {"record": {"source": town.source("ec"), "subject": "u1"}}
    sent: list[str] = []
    run = neo4j.AsyncManagedTransaction.run

    async def seen(self: neo4j.AsyncManagedTransaction, query: str, *more: Any) -> neo4j.AsyncResult:
        sent.append(query)
        return await run(self, query, *more)

    monkeypatch.setattr(neo4j.AsyncManagedTransaction, "run", seen)
    [receipt] = await town.send(town.event("interaction", "cti", "call-1", {"kind": "CALL", "by": by}))
    assert (receipt.outcome, sent) == ("CREATED", [LANGUAGE + locking(EVENT_NOUNS), LANGUAGE + writing(EVENT_NOUNS)])


async def test_the_same_id_with_another_body_is_refused_also_within_one_batch(town: Town) -> None:
    one, other = person(town, "ec", "u1", "太郎", id="same"), person(town, "ec", "u1", "花子", id="same")
    created, refused, repeated = await town.send(one, other, one)
    assert [created.outcome, refused.outcome, repeated.outcome] == ["CREATED", "REJECTED", "REPEATED"]
    assert refused.error is not None
    assert refused.error.code == "IDEMPOTENCY_CONFLICT"
    assert (await town.one("MATCH (r:SourceRecord) WHERE r.key STARTS WITH $p.source RETURN r.name_given")) == ["太郎"]


@pytest.mark.parametrize("late", [False, True])
async def test_the_newest_value_of_each_attribute_stands_whatever_came_first(town: Town, late: bool) -> None:
    old = person(town, "ec", "u1", "旧", time="2026-04-01T00:00:00Z", gender="FEMALE", attributes={"rank": "SILVER", "shoe": 24})
    new = person(town, "ec", "u1", "新", time="2026-04-02T00:00:00Z", address=None, attributes={"rank": "GOLD"})
    for event in (new, old) if late else (old, new):
        await town.send(event)
    found = await town.one(
        "MATCH (r:SourceRecord)-[:RESOLVES_TO]->(c) WHERE r.key STARTS WITH $p.source "
        "RETURN r.name_given, r.gender, r.attributes, r.first_seen, c.name, c.gender"
    )
    assert found == ["新", "FEMALE", '{"rank":"GOLD","shoe":24}', "2026-04-01T00:00:00.000000Z", "試験 新", "FEMALE"]


async def test_null_clears_an_attribute_and_a_missing_one_says_nothing(town: Town) -> None:
    await town.send(person(town, "ec", "u1", "太郎", gender="MALE", language="ja", time="2026-04-01T00:00:00Z"))
    await town.send(person(town, "ec", "u1", gender=None, time="2026-04-02T00:00:00Z"))
    found = await town.one("MATCH (r:SourceRecord) WHERE r.key STARTS WITH $p.source RETURN r.name_given, r.gender, r.language")
    assert found == ["太郎", None, "ja"]


def order(town: Town, subject: str, **more: Any) -> dict[str, Any]:
    envelope = {name: more.pop(name) for name in ("time",) if name in more}
    lines = [{"line": 1, "sku": f"{town.name}-sku", "quantity": 2, "unitPrice": "500", "amount": "1000"}]
    data = {"status": "FULFILLED", "channel": "STORE", "store": f"{town.name}-shop", "currency": "JPY", "lines": lines, **more}
    return town.event("order", "pos", subject, data, **envelope)


async def test_an_order_of_an_unknown_store_product_and_record_lands_and_is_completed_later(town: Town) -> None:
    by = {"by": {"record": {"source": town.source("ec"), "subject": "u1"}}}
    [receipt] = await town.send(order(town, "o1", **by))
    assert (receipt.outcome, receipt.rule) == ("CREATED", "NAMED")
    await town.send(
        town.event(
            "store",
            "pos",
            f"{town.name}-shop",
            {"name": "試験店", "kind": "SHOP", "location": {"latitude": 35.5, "longitude": 139.5}},
        ),
        town.event("product", "pos", f"{town.name}-sku", {"name": "試験の上着", "price": "500", "currency": "JPY"}),
        person(town, "ec", "u1", "太郎"),
    )
    found = await town.one(
        "MATCH (c:Customer)<-[:RESOLVES_TO]-(r:SourceRecord)-[:DID]->(o:Order)-[:SOLD_AT]->(s:Store) "
        "WHERE r.key STARTS WITH $p.source "
        "MATCH (o)-[:HAS_LINE]->(l:OrderLine)-[:OF]->(p:Product) "
        "RETURN c.id, c.name, o.total, s.name, s.location.latitude, l.quantity, p.name, c.order_count, c.spend, "
        "c.favourite_channel"
    )
    assert found == [receipt.customer_id, "試験 太郎", 1000, "試験店", 35.5, 2.0, "試験の上着", 1, ["JPY:1000"], "STORE"]


async def test_a_newer_line_list_replaces_the_whole_and_the_counts_follow(town: Town) -> None:
    by = {"by": {"record": {"source": town.source("ec"), "subject": "u1"}}}
    await town.send(order(town, "o1", time="2026-04-01T00:00:00Z", **by))
    line = {"line": 7, "sku": f"{town.name}-other", "quantity": 1, "amount": "300"}
    await town.send(order(town, "o1", time="2026-04-02T00:00:00Z", lines=[line]))
    await town.send(order(town, "o1", time="2026-03-31T00:00:00Z"))
    found = await town.one(
        "MATCH (c:Customer)<-[:RESOLVES_TO]-(r:SourceRecord)-[:DID]->(o:Order)-[:HAS_LINE]->(l) "
        "WHERE r.key STARTS WITH $p.source "
        "RETURN l.number, o.total, toString(o.at), c.order_count, c.spend"
    )
    assert found == [7, 300, "2026-03-31T00:00:00Z", 1, ["JPY:300"]]


async def test_a_cancelled_order_counts_no_more(town: Town) -> None:
    by = {"by": {"record": {"source": town.source("ec"), "subject": "u1"}}}
    await town.send(order(town, "o1", **by))
    await town.send(town.event("order", "pos", "o1", {"status": "CANCELLED"}, time="2026-04-05T00:00:00Z"))
    counted = (
        "MATCH (c:Customer)<-[:RESOLVES_TO]-(r:SourceRecord) WHERE r.key STARTS WITH $p.source RETURN c.order_count, c.spend"
    )
    assert await town.one(counted) == [0, []]


async def test_a_bare_call_belongs_to_the_one_customer_who_holds_the_number(town: Town) -> None:
    await town.send(person(town, "ec", "u1", "太郎", town.identifier("PHONE", "090-1000-4104")))
    [receipt] = await town.send(call(town, "+81-90-1000-4104"))
    assert (receipt.outcome, receipt.rule) == ("CREATED", "SOLE_HOLDER")
    found = await town.one(
        "MATCH (c:Customer)<-[:RESOLVES_TO]-(r)-[d:DID]->(t:Call)-[:VIA]->(i:Identifier) WHERE r.key STARTS WITH $p.source "
        "RETURN c.id, d.rule, t.record = r.key, i.value, c.favourite_channel"
    )
    assert found == [receipt.customer_id, "SOLE_HOLDER", True, "+819010004104", "PHONE"]


async def test_a_bare_call_finds_its_customer_when_the_number_becomes_known_and_loses_it_when_two_hold_it(town: Town) -> None:
    number = town.identifier("PHONE", "090-1000-4105")
    [early] = await town.send(call(town, "090-1000-4105"))
    assert (early.customer_id, early.rule) == (None, "NOBODY_KNOWN")
    owner = "MATCH (t:Call) WHERE t.source STARTS WITH $p.source RETURN t.rule, t.record, [(t)<-[:DID]-(r) | r.external_id]"
    await town.send(person(town, "ec", "u1", "太郎", number))
    assert await town.one(owner) == ["SOLE_HOLDER", f"{town.source('ec')}:u1", ["u1"]]
    await town.send(person(town, "ec", "u2", "花子", number))
    own_id = await town.one("MATCH (t:Call) WHERE t.source STARTS WITH $p.source RETURN t.id")
    assert await town.one(owner) == ["SEVERAL_HOLDERS", *own_id, []]
    channels = (
        "MATCH (c:Customer)<-[:RESOLVES_TO]-(r:SourceRecord {external_id: 'u1'}) "
        "WHERE r.key STARTS WITH $p.source RETURN c.favourite_channel"
    )
    assert await town.one(channels) == [None]


async def test_identifiers_beside_a_named_record_are_endpoints_and_no_claims(town: Town) -> None:
    number = town.identifier("PHONE", "090-1000-4106")
    await town.send(person(town, "ec", "u1", "太郎", number))
    by = {"record": {"source": town.source("crm"), "subject": "x1"}, "identifiers": [number]}
    await town.send(town.event("interaction", "cti", None, {"kind": "CALL", "by": by}))
    assert await town.customers() == {frozenset({"ec:u1"}), frozenset({"crm:x1"})}


async def test_a_person_who_names_themselves_in_a_contact_gets_a_record_of_that_contact(town: Town) -> None:
    card = town.identifier("POS_CARD", "C1")
    await town.send(person(town, "ec", "u1", "太郎", card))
    by = {"person": {"name": {"family": "試験", "given": "太郎"}, "identifiers": [card]}}
    [receipt] = await town.send(town.event("interaction", "mail", "m1", {"kind": "EMAIL", "by": by}))
    assert await town.customers() == {frozenset({"ec:u1", "mail:m1"})}
    assert receipt.rule == "NAMED"


async def test_a_dry_run_says_where_it_would_land_and_writes_nothing(town: Town) -> None:
    card = town.identifier("POS_CARD", "C1")
    [known] = await town.send(person(town, "ec", "u1", "太郎", card))
    new, joined = await town.send(person(town, "pos", "p1"), person(town, "pos", "p2", None, card), dry_run=True)
    assert (new.outcome, new.customer_id, new.rule) == ("CREATED", None, "NEW_RECORD")
    assert (joined.outcome, joined.customer_id, joined.rule) == ("CREATED", known.customer_id, "EXCLUSIVE_IDENTIFIER")
    assert await town.customers() == {frozenset({"ec:u1"})}
    [real] = await town.send(person(town, "pos", "p2", None, card))
    assert real.outcome == "CREATED"


async def test_a_value_with_twenty_given_names_is_nobodys_and_joins_nobody(town: Town) -> None:
    number = town.identifier("PHONE", "090-1000-4107")
    await town.send(*(person(town, "pos", f"p{n}", f"名{n}", number) for n in range(20)))
    await town.send(person(town, "ec", "u1", None, number), person(town, "app", "a1", None, number))
    assert len(await town.customers()) == 22
    state = await town.one("MATCH (i:Identifier {value: '+819010004107'}) WHERE $p.source <> '' RETURN i.state, i.holders")
    assert state == ["QUARANTINED", []]


async def test_a_component_over_the_bound_is_quarantined_and_reported_on_each_record(town: Town) -> None:
    number = town.identifier("PHONE", "090-1000-4108")
    await town.send(*(person(town, "pos", f"p{n}", None, number) for n in range(150)))
    assert len(await town.customers()) == 1
    *_, last = await town.send(*(person(town, "pos", f"q{n}", None, number) for n in range(51)))
    assert last.rule == "TOO_LARGE"
    [later] = await town.send(person(town, "ec", "u1", None, number))
    flagged = await town.one("MATCH (r:SourceRecord {quarantined: true}) WHERE r.key STARTS WITH $p.source RETURN count(r)")
    assert (flagged, len(await town.customers()), later.rule) == ([202], 202, "TOO_LARGE")


async def test_a_subject_keeps_its_kind(town: Town) -> None:
    await town.send(town.event("interaction", "cti", "t1", {"kind": "CALL"}))
    [refused] = await town.send(town.event("interaction", "cti", "t1", {"kind": "EMAIL"}))
    assert refused.outcome == "REJECTED"
    assert refused.error is not None
    assert (refused.error.code, refused.error.pointer) == ("OTHER_KIND", "/subject")


async def test_planning_the_writes_ahead_writes_nothing(store: Store) -> None:
    before = await store.read("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)")
    await plan_writes(store, EVENT_NOUNS)
    assert await store.read("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)") == before


async def test_more_than_a_thousand_events_are_no_batch(town: Town) -> None:
    event = read_event(person(town, "ec", "u1"), KEY)
    with pytest.raises(InvalidInput):
        await record(town.store, [event] * 1001)
