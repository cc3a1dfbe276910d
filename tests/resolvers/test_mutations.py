"""Mutations of identity over GraphQL: who may, what they answer, what a dry run says, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from graphql import get_named_type

from graph.commands import turns
from graph.intake.reading import read_event
from graph.intake.receipts import forget_receipts
from graph.intake.record import record
from graph.store import Store
from resolvers.access.policy import POLICY
from resolvers.access.viewer import Viewer
from resolvers.engine.ids import encode
from resolvers.engine.planner.types import named
from resolvers.execution import execute, operations
from resolvers.identity.mutations import MUTATIONS
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.resolvers.proof import CountingStore

KEY = b"a key for tests"
LANDLINE, MOBILE = "0312345678", "090-5555-0001"
CHANGE = """{
  decision { id actor reason } movedRecords { id customer { id } } contactsMoved userErrors { code message path currentVersion }
  customers { id version name requestedId sourceRecords { totalCount } }
}"""
CUSTOMER = "MATCH (r:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id, c.version, r.id"
INPUTS = {each.name: each.input.__name__ for each in MUTATIONS}
numbers: Iterator[int] = count()


def event(sort: str, subject: str | None, data: dict[str, Any], source: str = "/ec") -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{sort}.v1", "source": source, "id": f"m-{next(numbers)}"}
    named = {"subject": subject} if subject else {}
    return {**envelope, **named, "time": "2026-04-01T10:00:00Z", "data": data}


def person(subject: str, given: str, *phones: str) -> dict[str, Any]:
    identifiers = [{"kind": "PHONE", "value": phone} for phone in phones]
    return event("person", subject, {"name": {"family": "試験", "given": given}, "identifiers": identifiers})


FAMILY = [person("1", "太郎", LANDLINE), person("2", "花子", LANDLINE)]
CALL = event(
    "interaction",
    None,
    {"kind": "CALL", "direction": "INBOUND", "by": {"identifiers": [{"kind": "PHONE", "value": LANDLINE}]}},
    "/cti",
)


async def tell(store: Store, *events: dict[str, Any]) -> None:
    receipts = await record(store, [read_event(raw, KEY) for raw in events])
    assert [receipt.error for receipt in receipts if receipt.error] == []


@pytest.fixture
async def family(store: Store) -> Store:
    """Two people with one landline, which has rung once."""
    await wipe(store)
    await tell(store, *FAMILY, CALL)
    return store


async def seen(store: Store, subject: str) -> dict[str, Any]:
    [[customer, version, _]] = await store.read(CUSTOMER, {"key": f"/ec:{subject}"})
    return {"id": encode("Customer", customer), "version": version}


async def record_id(store: Store, subject: str) -> str:
    [[_, _, found]] = await store.read(CUSTOMER, {"key": f"/ec:{subject}"})
    return encode("SourceRecord", found)


async def ask(
    store: Any,
    name: str,
    role: str = "steward",
    *,
    selected: str = CHANGE,
    client: str = "tester",
    language: str = "en",
    **given: Any,
) -> dict[str, Any]:
    query = f"mutation ($input: {INPUTS[name]}!) {{ {name}(input: $input) {selected} }}"
    signed = {"idempotencyKey": f"key-{next(numbers)}", "reason": "試験のため", **given}
    viewer = Viewer(client, frozenset({role}), language=language)
    body = (await execute(store, query, {"input": signed}, None, viewer)).body
    return body if "errors" in body else body["data"][name]


async def together(store: Store) -> bool:
    return (await seen(store, "1"))["id"] == (await seen(store, "2"))["id"]


def test_every_mutation_names_who_may_and_takes_a_key_and_a_dry_run() -> None:
    schema = operations().schema
    assert schema.mutation_type is not None
    for field in schema.mutation_type.fields.values():
        assert "admin" in POLICY.readers(named(field).name)
        taken: Any = get_named_type(field.args["input"].type)
        assert {"idempotencyKey", "dryRun"} <= set(taken.fields)
    assert INPUTS.keys() <= schema.mutation_type.fields.keys()


def test_decisions_about_identity_are_not_for_store_staff() -> None:
    assert [each.name for each in MUTATIONS if "store_staff" in POLICY.readers(each.payload.__name__)] == []


@pytest.mark.parametrize(
    ("language", "message"),
    [("en", "was used for another request"), ("ja", "別のリクエストで使用済みです")],
)
async def test_a_refusal_is_told_in_the_language_of_the_reader(family: Store, language: str, message: str) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    await ask(family, "customersNotSame", idempotencyKey="one", customers=customers)
    refused = await ask(family, "customerMerge", language=language, idempotencyKey="one", customers=customers)
    assert [message in error["message"] for error in refused["userErrors"]] == [True]


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("role", ["store_staff", "call_center", "nobody"])
async def test_who_may_not_is_refused_and_nothing_changes(family: Store, role: str, dry_run: bool) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    refused = await ask(family, "customerMerge", role, dryRun=dry_run, customers=customers)
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["FORBIDDEN"]
    assert not await together(family)


async def test_a_steward_joins_two_customers_and_undoes_it(family: Store) -> None:
    before = [await seen(family, "1"), await seen(family, "2")]
    merged = await ask(family, "customerMerge", customers=before)
    assert merged["userErrors"] == []
    [customer] = merged["customers"]
    assert customer["sourceRecords"] == {"totalCount": 2}
    assert customer["version"] == (await seen(family, "1"))["version"]
    assert [record["customer"] for record in merged["movedRecords"]] == [{"id": customer["id"]}]
    [gone] = {each["id"] for each in before} - {customer["id"]}
    found = await execute(
        family,
        "query ($id: ID!) { customer(by: {id: $id}) { id requestedId } }",
        {"id": gone},
        None,
        Viewer("t", frozenset({"steward"})),
    )
    assert found.body["data"]["customer"] == {"id": customer["id"], "requestedId": gone}
    undone = await ask(family, "customerUnmerge", customer=await seen(family, "1"), decisionId=merged["decision"]["id"])
    assert undone["userErrors"] == []
    assert {(await seen(family, subject))["id"] for subject in ("1", "2")} == {each["id"] for each in before}


async def test_a_dry_run_answers_the_payload_as_it_would_be_and_writes_nothing(family: Store) -> None:
    customers, before = [await seen(family, "1"), await seen(family, "2")], await fingerprint(family)
    told = await ask(family, "customerMerge", dryRun=True, reason="", customers=customers)
    assert told["decision"] is None
    assert differences(await fingerprint(family), before) == []
    assert await family.read("MATCH (n) WHERE n:Command OR n:PersonDecision RETURN count(n)") == [[0]]
    done = await ask(family, "customerMerge", customers=customers)
    assert {**done, "decision": None} == told


async def test_one_dry_run_too_many_is_told_when_to_come_again(family: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0)
    customers = [await seen(family, "1"), await seen(family, "2")]
    async with AsyncExitStack() as held:
        for _ in range(turns.MOST):
            await held.enter_async_context(turns.turn(family))
        refused = await ask(family, "customerMerge", dryRun=True, customers=customers)
    assert [error["extensions"] for error in refused["errors"]] == [{"code": "OVERLOADED", "retryAfter": 1}]


async def test_a_payload_is_read_by_one_statement_and_a_refusal_by_none(family: Store) -> None:
    counting: Any = CountingStore(family)
    merged = await ask(counting, "customerMerge", customers=[await seen(family, "1"), await seen(family, "2")])
    assert (len(merged["customers"]), counting.statements) == (1, 1)
    refused = await ask(counting, "customerMerge", customers=[])
    assert (len(refused["userErrors"]), counting.statements) == (1, 1)


async def test_each_mutation_answers_what_it_was_about(family: Store) -> None:
    one, two = await seen(family, "1"), await seen(family, "2")
    [[call]] = await family.read("MATCH (t:Call) RETURN t.id")
    touchpoint = {"touchpointId": encode("Call", call), "customer": two}
    assigned = await ask(family, "touchpointAssign", selected="{ touchpoint { __typename id } customer { id } }", **touchpoint)
    assert assigned == {"touchpoint": {"__typename": "Call", "id": encode("Call", call)}, "customer": {"id": two["id"]}}
    [[value]] = await family.read("MATCH (i:Identifier) WHERE i.kind = 'PHONE' RETURN i.id")
    blocked = await ask(
        family, "identifierBlock", selected="{ identifier { id state } }", identifierId=encode("Identifier", value)
    )
    assert blocked == {"identifier": {"id": encode("Identifier", value), "state": "BLOCKED"}}
    one, two, record = await seen(family, "1"), await seen(family, "2"), await record_id(family, "1")
    moving = {"recordId": record, "fromCustomer": one, "toCustomer": two}
    moved = await ask(family, "sourceRecordMove", selected="{ sourceRecord { id customer { version } } }", **moving)
    now = await seen(family, "1")
    assert moved == {"sourceRecord": {"id": record, "customer": {"version": now["version"]}}}
    apart = await ask(family, "customerUnmerge", selected="{ customer { id version } }", customer=now, recordIds=[record])
    assert apart["customer"]["id"] == now["id"]
    assert apart["customer"]["version"] > now["version"]


async def test_two_mutations_of_one_document_are_each_read_after_their_own_commit(family: Store) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    query = """mutation ($one: CustomerMergeInput!, $two: CustomersNotSameInput!) {
      first: customerMerge(input: $one) { customer { id version } userErrors { code } }
      second: customersNotSame(input: $two) { customers { id } userErrors { code } }
    }"""
    given = {name: {"idempotencyKey": name, "reason": "試験のため", "customers": customers} for name in ("one", "two")}
    body = (await execute(family, query, given, None, Viewer("tester", frozenset({"steward"})))).body
    assert body["data"]["first"]["customer"] == await seen(family, "1")
    assert body["data"]["second"] == {"customers": [], "userErrors": [{"code": "CONFLICT"}]}


async def test_a_veto_survives_when_everything_is_sent_again(family: Store) -> None:
    await ask(family, "customersNotSame", customers=[await seen(family, "1"), await seen(family, "2")])
    both = [person("1", "太郎", MOBILE), person("2", "太郎", MOBILE)]
    await tell(family, *both)
    await forget_receipts(family, datetime.now(UTC) + timedelta(days=1))
    await tell(family, *FAMILY, CALL, *both)
    assert not await together(family)


async def test_an_operator_says_whose_a_call_on_the_family_phone_was(family: Store) -> None:
    [[call, owner]] = await family.read("MATCH (t:Call) RETURN t.id, t.record")
    assert owner == call, "nobody's: two people have this number"
    given = {"touchpointId": encode("Call", call), "customer": await seen(family, "2")}
    assigned = await ask(family, "touchpointAssign", "call_center", **given)
    assert assigned["contactsMoved"] == 1
    await tell(family, person("1", "太郎", LANDLINE, MOBILE))
    assert await family.read("MATCH (r:SourceRecord)-[d:DID]->(:Call) RETURN r.key, d.rule") == [["/ec:2", "ASSIGNED"]]
    assert not await together(family)


async def test_a_blocked_value_parts_whom_it_joined_and_a_freed_one_joins_them_again(family: Store) -> None:
    await tell(family, person("3", "太郎", MOBILE), person("4", "太郎", MOBILE))
    same = (
        "MATCH (a:SourceRecord {key: '/ec:3'})-[:RESOLVES_TO]->()<-[:RESOLVES_TO]-(:SourceRecord {key: '/ec:4'}) RETURN count(a)"
    )
    assert await family.read(same) == [[1]]
    [[value]] = await family.read("MATCH (i:Identifier {value: '+819055550001'}) RETURN i.id")
    identifier = encode("Identifier", value)
    assert (await ask(family, "identifierBlock", identifierId=identifier))["userErrors"] == []
    assert await family.read(same) == [[0]]
    assert [error["code"] for error in (await ask(family, "identifierBlock", identifierId=identifier))["userErrors"]] == [
        "CONFLICT"
    ]
    assert (await ask(family, "identifierFree", identifierId=identifier))["userErrors"] == []
    assert await family.read(same) == [[1]]


async def test_a_record_is_moved_to_the_customer_that_it_belongs_to(family: Store) -> None:
    moved = await ask(
        family,
        "sourceRecordMove",
        recordId=await record_id(family, "1"),
        fromCustomer=await seen(family, "1"),
        toCustomer=await seen(family, "2"),
    )
    assert moved["userErrors"] == []
    assert await together(family)


async def test_a_candidate_is_decided(family: Store) -> None:
    await tell(family, person("1", "太郎", MOBILE), person("2", "花子", MOBILE))
    [[candidate]] = await family.read("MATCH (m:MatchCandidate) RETURN m.id")
    customers = [await seen(family, "1"), await seen(family, "2")]
    given = {"candidateId": encode("MatchCandidate", candidate), "customers": customers, "verdict": "NOT_SAME"}
    assert (await ask(family, "matchCandidateDecide", **given))["userErrors"] == []
    assert await family.read("MATCH (m:MatchCandidate) RETURN count(m)") == [[0]]


NOBODY = {"id": encode("Customer", "nobody"), "version": 1}
STORE = {"id": encode("Store", "1"), "version": 1}


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"reason": " "}, "INVALID_INPUT", ["reason"]),
        ({"reason": "長" * 1001}, "INVALID_INPUT", ["reason"]),
        ({"idempotencyKey": ""}, "INVALID_INPUT", ["idempotencyKey"]),
        ({"customers": []}, "INVALID_INPUT", ["customers"]),
        ({"customers": [NOBODY, STORE]}, "INVALID_INPUT", ["customers", "1", "id"]),
        ({"customers": [NOBODY, {**NOBODY, "id": encode("Customer", "neither")}]}, "NOT_FOUND", ["customers", "0", "id"]),
    ],
)
async def test_what_is_wrong_is_told_with_its_place_in_the_input(
    family: Store, given: dict[str, Any], code: str, path: list[str]
) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    refused = await ask(family, "customerMerge", **{"customers": customers, **given})
    assert [(error["code"], error["path"]) for error in refused["userErrors"]] == [(code, ["input", *path])]
    assert (refused["customers"], refused["movedRecords"], refused["contactsMoved"]) == ([], [], 0)


async def test_a_lost_race_tells_the_version_that_there_is_now(family: Store) -> None:
    customers = [await seen(family, "2"), await seen(family, "1")]
    await tell(family, person("1", "太郎", LANDLINE, MOBILE))
    late = await ask(family, "customersNotSame", customers=customers)
    now = (await seen(family, "1"))["version"]
    [error] = late["userErrors"]
    assert now > customers[1]["version"]
    assert (error["code"], error["path"], error["currentVersion"]) == ("CONFLICT", ["input", "customers", "1", "version"], now)
    again = await ask(family, "customersNotSame", customers=[customers[0], {**customers[1], "version": now}])
    assert again["userErrors"] == []


async def test_who_was_merged_away_is_told_by_its_id(family: Store) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    merged = await ask(family, "customerMerge", customers=customers)
    [gone] = [place for place, each in enumerate(customers) if each["id"] != merged["customers"][0]["id"]]
    late = await ask(family, "customersNotSame", customers=[customers[gone], {**customers[1 - gone], "version": 99}])
    assert [(error["code"], error["path"]) for error in late["userErrors"]] == [("CONFLICT", ["input", "customers", "0", "id"])]


async def test_a_repeat_gets_what_was_decided_first_and_reads_it_anew(family: Store) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    first = await ask(family, "customerMerge", customers=customers, idempotencyKey="once")
    assert await ask(family, "customerMerge", customers=customers, idempotencyKey="once") == first
    await tell(family, person("1", "太郎", LANDLINE, MOBILE))
    repeated = await ask(family, "customerMerge", customers=customers, idempotencyKey="once")
    assert repeated["decision"] == first["decision"]
    assert repeated["customers"][0]["version"] > first["customers"][0]["version"]


async def test_a_key_is_a_clients_own_and_says_one_thing(family: Store) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    mine = await ask(family, "customersNotSame", customers=customers, idempotencyKey="mine", client="app-1")
    other = await ask(family, "customerMerge", customers=customers, idempotencyKey="mine", client="app-1")
    assert [(error["code"], error["path"]) for error in other["userErrors"]] == [("CONFLICT", ["input", "idempotencyKey"])]
    theirs = await ask(family, "customersNotSame", customers=customers, idempotencyKey="mine", client="app-2")
    assert mine["userErrors"] == []
    # Not the key is refused, but what was decided already.
    assert [(error["code"], error["path"]) for error in theirs["userErrors"]] == [("CONFLICT", ["input"])]
