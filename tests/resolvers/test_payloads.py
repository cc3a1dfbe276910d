"""Payloads: what a mutation answers of a thing is byte for byte what the reader answers to the same selection."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import orjson
import pytest

from resolvers.access.viewer import Viewer
from resolvers.execution import execute, operations
from tests.resolvers.proof import Proof, distrustful, kept_alone

STEWARD = Viewer("tester", frozenset({"admin"}))
CUSTOMER = """
fragment Wide on Customer {
  __typename id requestedId version status name kana former: formerNames nameParts { family given }
  metrics { orderCount spend { amount currency } }
  identifiers(first: 3) { totalCount edges { cursor node { verified identifier { kind } } } pageInfo { hasNextPage endCursor } }
  sourceRecords(first: 5) { edges { node { id source customer { id } } } }
  decisions(first: 3) { totalCount edges { node { id rule actor reason } } }
  timeline(first: 4) { edges { node { __typename id summary(language: EN) ... on Order { number total { amount } } } } }
}
"""
MUTATION = """
mutation ($input: CustomersNotSameInput!) {
  said: customersNotSame(input: $input) { %s __typename userErrors { code } again: customers { id } }
}
"""
DECISION = "{ id rule reason sentence records(first: 9) { totalCount edges { node { externalId } } } }"
WIDE = f"customers {{ ...Wide }} decision {DECISION}"
UNDO = "mutation ($input: CustomerUnmergeInput!) { customerUnmerge(input: $input) { userErrors { code } } }"
READ = (
    "query ($one: ID!, $other: ID!) { one: customer(by: {id: $one}) { ...Wide } other: customer(by: {id: $other}) { ...Wide } }"
)


async def expected(proof: Proof, *names: str) -> list[dict[str, Any]]:
    ask = "query ($id: ID!) { customer(by: {id: $id}) { id version } }"
    found = [(await execute(proof.town.store, ask, {"id": proof.town.names[name]}, None, STEWARD)).body for name in names]
    return [each["data"]["customer"] for each in found]


@pytest.mark.parametrize("path", ["fast", "executor", "walked"])
async def test_a_payload_is_read_as_the_reader_reads_it(proof: Proof, path: str) -> None:
    given = {"idempotencyKey": f"payload-{path}", "reason": "試験のため", "customers": await expected(proof, "john", "mayumi")}
    query = MUTATION % WIDE + CUSTOMER
    tried = {**given, "idempotencyKey": f"before-{path}", "dryRun": True}
    await execute(proof.town.store, query, {"input": tried}, None, STEWARD)
    operation = operations().get(query, None)
    if path != "fast":
        operation = replace(operation, sole=None) if path == "executor" else distrustful(operation)
    with kept_alone((query, None), operation):
        body = (await execute(proof.town.store, query, {"input": given}, None, STEWARD)).body
    said = body["data"]["said"]
    assert (list(said), said["userErrors"], said["__typename"]) == (
        ["customers", "decision", "__typename", "userErrors", "again"],
        [],
        "CustomersNotSamePayload",
    )
    assert said["again"] == [{"id": each["id"]} for each in said["customers"]]
    ids = dict(zip(("one", "other"), (each["id"] for each in said["customers"]), strict=True))
    told = await asyncio.to_thread(proof.reader.answer, READ + CUSTOMER, ids, None, STEWARD)
    assert orjson.dumps(said["customers"]) == orjson.dumps([told["data"]["one"], told["data"]["other"]])
    ask = f"query ($id: ID!) {{ node(id: $id) {{ ... on Decision {DECISION} }} }}"
    decision = await asyncio.to_thread(proof.reader.answer, ask, {"id": said["decision"]["id"]}, None, STEWARD)
    assert orjson.dumps(said["decision"]) == orjson.dumps(decision["data"]["node"])
    [customer] = await expected(proof, "john")
    undoing = {"customer": customer, "decisionId": said["decision"]["id"], "idempotencyKey": f"undo-{path}", "reason": "試験"}
    undone = (await execute(proof.town.store, UNDO, {"input": undoing}, None, STEWARD)).body
    assert undone["data"]["customerUnmerge"]["userErrors"] == []


async def test_a_payload_that_cannot_be_selected_is_refused_before_anything_is_done(proof: Proof) -> None:
    given = {"idempotencyKey": "wrong-page", "reason": "試験のため", "customers": await expected(proof, "john", "mayumi")}
    query = MUTATION % "customers { id decisions(first: 101) { totalCount } }"
    body = (await execute(proof.town.store, query, {"input": given}, None, STEWARD)).body
    assert [(error["extensions"]["code"], error["path"]) for error in body["errors"]] == [("INVALID_INPUT", ["said"])]
    assert await proof.town.store.read("MATCH (c:Command {key: 'wrong-page'}) RETURN count(c)") == [[0]]
