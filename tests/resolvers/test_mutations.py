"""Mutations of identity over GraphQL: who may, what comes of them, what a preview says, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from graph.intake.reading import read_event
from graph.intake.receipts import forget_receipts
from graph.intake.record import record
from graph.store import Store
from resolvers.access.viewer import Viewer
from resolvers.engine.ids import encode
from resolvers.execution import execute, operations
from resolvers.identity.mutations import DEEDS
from tests.conftest import wipe

KEY = b"a key for tests"
LANDLINE, MOBILE = "0312345678", "090-5555-0001"
CHANGE = (
    "{ decisionId moves { recordId } customers { customerId name recordIds } contactsMoved userErrors { code message path } }"
)
CUSTOMER = "MATCH (r:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id, c.version, r.id"
INPUTS = {deed.name: deed.input.__name__ for deed in DEEDS}
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


async def ask(store: Store, deed: str, role: str = "steward", *, preview: bool = False, **given: Any) -> dict[str, Any]:
    sort, name = ("query", f"{deed}Preview") if preview else ("mutation", deed)
    query = f"{sort} ($input: {INPUTS[deed]}!) {{ {name}(input: $input) {CHANGE} }}"
    signed = {"idempotencyKey": f"key-{next(numbers)}", "reason": "試験のため", **given}
    body = (await execute(store, query, {"input": signed}, None, Viewer("tester", frozenset({role})))).body
    return body if "errors" in body else body["data"][name]


async def together(store: Store) -> bool:
    return (await seen(store, "1"))["id"] == (await seen(store, "2"))["id"]


def test_every_mutation_has_a_preview_and_names_who_may() -> None:
    schema = operations().schema
    assert schema.mutation_type is not None
    assert schema.query_type is not None
    assert set(schema.mutation_type.fields) == {deed.name for deed in DEEDS}
    assert {f"{deed.name}Preview" for deed in DEEDS} <= set(schema.query_type.fields)
    assert all("admin" in deed.actors and "store_staff" not in deed.actors for deed in DEEDS)


@pytest.mark.parametrize("preview", [False, True])
@pytest.mark.parametrize("role", ["store_staff", "call_center", "nobody"])
async def test_who_may_not_is_refused_and_nothing_changes(family: Store, role: str, preview: bool) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    refused = await ask(family, "customerMerge", role, preview=preview, customers=customers)
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["FORBIDDEN"]
    assert not await together(family)


async def test_a_steward_joins_two_customers_and_undoes_it(family: Store) -> None:
    before = [await seen(family, "1"), await seen(family, "2")]
    merged = await ask(family, "customerMerge", customers=before)
    assert merged["userErrors"] == []
    assert [len(customer["recordIds"]) for customer in merged["customers"]] == [2]
    [gone] = {each["id"] for each in before} - {merged["customers"][0]["customerId"]}
    found = await execute(
        family,
        "query ($id: ID!) { customer(by: {id: $id}) { id requestedId } }",
        {"id": gone},
        None,
        Viewer("t", frozenset({"steward"})),
    )
    assert found.body["data"]["customer"] == {"id": merged["customers"][0]["customerId"], "requestedId": gone}
    undone = await ask(family, "customerUnmerge", customer=await seen(family, "1"), decisionId=merged["decisionId"])
    assert undone["userErrors"] == []
    assert {(await seen(family, subject))["id"] for subject in ("1", "2")} == {each["id"] for each in before}


async def test_a_preview_tells_the_same_and_changes_nothing(family: Store) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    told = await ask(family, "customerMerge", preview=True, customers=customers)
    assert told["decisionId"] is None
    assert not await together(family)
    done = await ask(family, "customerMerge", customers=customers)
    assert [told["moves"], told["customers"]] == [done["moves"], done["customers"]]


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


@pytest.mark.parametrize("given", [{"reason": " "}, {"idempotencyKey": ""}, {"reason": "長" * 1001}, {"customers": []}])
async def test_what_is_missing_is_said_to_the_person(family: Store, given: dict[str, Any]) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    refused = await ask(family, "customerMerge", **{"customers": customers, **given})
    assert [(error["code"], error["path"]) for error in refused["userErrors"]] == [("INVALID_INPUT", ["input"])]


async def test_of_two_stewards_the_second_gets_a_conflict_and_a_repeat_the_first_answer(family: Store) -> None:
    customers = [await seen(family, "1"), await seen(family, "2")]
    first = await ask(family, "customerMerge", customers=customers, idempotencyKey="once")
    assert await ask(family, "customerMerge", customers=customers, idempotencyKey="once") == first
    late = await ask(family, "customersNotSame", customers=customers)
    assert [error["code"] for error in late["userErrors"]] == ["CONFLICT"]
