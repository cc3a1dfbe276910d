"""Webhooks over GraphQL: who may, what each mutation answers, what a dry run leaves, and what is refused where."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from itertools import count
from typing import Any

import pytest

from graph.changes.numbering import number_changes
from graph.store import Store
from graph.webhooks.endpoints import MOST_ENDPOINTS
from graph.webhooks.guard import Guard
from graph.writes.changes import Change
from graph.writes.unit import Nodes, Unit
from graph.writes.unit import execute as write
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from resolvers.engine import cursors, ids
from resolvers.execution import execute
from resolvers.webhooks.installation import Installation, use_installation
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint

URL = "https://hook.example/in"
TOLD = "{ endpoint { id url types enabled } userErrors { code message path } }"
ERRORS = "{ userErrors { code path } }"
keys = count()


async def resolve(host: str, _: int) -> Sequence[str]:
    return [{"inside.example": "10.0.0.1", "hook.example": "93.184.216.34"}.get(host, host)]


@pytest.fixture
async def empty(store: Store) -> AsyncIterator[Store]:
    await wipe(store)
    use_installation(Installation(guard=Guard(resolve=resolve)))
    yield store
    use_installation(Installation())


async def ask(store: Store, name: str, selected: str = TOLD, role: str = "admin", **given: Any) -> dict[str, Any]:
    query = f"mutation ($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {selected} }}"
    signed = {"idempotencyKey": f"key-{next(keys)}", **given}
    body = (await execute(store, query, {"input": signed}, None, Viewer("tester", frozenset({role})))).body
    return body if "errors" in body else body["data"][name]


async def made(store: Store, *types: str) -> str:
    return (await ask(store, "webhookEndpointCreate", url=URL, types=list(types)))["endpoint"]["id"]


async def change(store: Store, *types: str) -> None:
    async def work(unit: Unit) -> None:
        for place, type_ in enumerate(types):
            unit.note(Change(f"Store:{place}", type_))

    await write(store, (Nodes,), work)
    await number_changes(store, "relay")


def at(seq: int) -> str:
    return cursors.encode("changes", str(seq))


@pytest.mark.parametrize("role", sorted(frozenset(Role) - {Role.ADMIN}))
async def test_nobody_but_administrators_reads_or_changes_endpoints(empty: Store, role: Role) -> None:
    endpoint = await made(empty)
    asked = [
        await ask(empty, "webhookEndpointCreate", TOLD, role, url=URL, types=[]),
        *[
            await ask(empty, name, "{ userErrors { code } }", role, endpointId=endpoint)
            for name in ("webhookEndpointUpdate", "webhookEndpointDelete", "webhookEndpointRotateSecret", "webhookTest")
        ],
        await ask(empty, "webhookReplay", "{ userErrors { code } }", role, deliveryId=endpoint),
        (await execute(empty, "{ webhookEndpoints { id } }", {}, None, Viewer("x", frozenset({role})))).body,
    ]
    assert [each["errors"][0]["extensions"]["code"] for each in asked] == ["FORBIDDEN"] * 7
    by_id = "query ($id: ID!) { node(id: $id) { id } }"
    hidden = (await execute(empty, by_id, {"id": endpoint}, None, Viewer("x", frozenset({role})))).body
    assert hidden["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_an_endpoint_is_made_changed_switched_and_removed(empty: Store) -> None:
    endpoint = await made(empty, "order", "customer.merged", "order")
    changed = await ask(empty, "webhookEndpointUpdate", endpointId=endpoint, types=["store"], enabled=False)
    assert changed["endpoint"] == {"id": endpoint, "url": URL, "types": ["store"], "enabled": False}
    moved = await ask(empty, "webhookEndpointUpdate", endpointId=endpoint, url=f" {URL}/2 ")
    assert moved["endpoint"] == {"id": endpoint, "url": f"{URL}/2", "types": ["store"], "enabled": False}
    gone = await ask(empty, "webhookEndpointDelete", endpointId=endpoint)
    assert (gone["endpoint"], gone["userErrors"]) == (None, [])
    again = await ask(empty, "webhookEndpointDelete", ERRORS, endpointId=endpoint)
    assert again["userErrors"] == [{"code": "NOT_FOUND", "path": ["input", "endpointId"]}]


async def test_a_secret_is_told_to_who_makes_it_and_to_a_repeat_and_stands_nowhere(empty: Store) -> None:
    given = {"url": URL, "types": [], "idempotencyKey": "once"}
    first, second = [await ask(empty, "webhookEndpointCreate", "{ secret endpoint { id } }", **given) for _ in range(2)]
    assert first == second
    assert first["secret"].startswith("whsec_")
    rotated = await ask(empty, "webhookEndpointRotateSecret", "{ secret }", endpointId=first["endpoint"]["id"])
    assert rotated["secret"] not in (None, first["secret"])
    stored = str(await empty.read("MATCH (n) RETURN properties(n)"))
    for secret in (first["secret"], rotated["secret"]):
        assert secret.removeprefix("whsec_") not in stored


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("webhookEndpointCreate", {"url": URL, "types": []}),
        ("webhookEndpointUpdate", {"enabled": False}),
        ("webhookEndpointDelete", {}),
        ("webhookEndpointRotateSecret", {}),
        ("webhookTest", {}),
        ("webhookReplay", {"after": at(1)}),
    ],
)
async def test_a_dry_run_answers_and_leaves_everything_as_it_was(empty: Store, name: str, given: dict[str, Any]) -> None:
    await change(empty, "store.changed")
    own = {} if name == "webhookEndpointCreate" else {"endpointId": await made(empty)}
    before = await fingerprint(empty), await empty.read("MATCH (n) RETURN n ORDER BY elementId(n)")
    told = await ask(empty, name, ERRORS, dryRun=True, **own, **given)
    assert told == {"userErrors": []}
    after = await fingerprint(empty), await empty.read("MATCH (n) RETURN n ORDER BY elementId(n)")
    assert differences(after[0], before[0]) == []
    assert str(after[1]) == str(before[1])
    if name in ("webhookEndpointCreate", "webhookEndpointRotateSecret"):
        dry = await ask(empty, name, "{ secret }", dryRun=True, **own, **given)
        assert dry == {"secret": None}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"url": "http://hook.example/"}, ["url"]),
        ({"url": "https://user:secret@hook.example/"}, ["url"]),
        ({"url": "https://inside.example/"}, ["url"]),
        ({"url": "https://10.0.0.1/"}, ["url"]),
        ({"types": ["order", "nothing"]}, ["types", "1"]),
        ({"idempotencyKey": ""}, ["idempotencyKey"]),
    ],
)
async def test_what_is_wrong_with_an_endpoint_is_told_with_its_place(
    empty: Store, given: dict[str, Any], path: list[str]
) -> None:
    refused = await ask(empty, "webhookEndpointCreate", TOLD, **{"url": URL, "types": [], **given})
    assert [(each["code"], each["path"]) for each in refused["userErrors"]] == [("INVALID_INPUT", ["input", *path])]
    assert "secret" not in str(refused)
    changed = await ask(empty, "webhookEndpointUpdate", ERRORS, endpointId=await made(empty), **given)
    assert changed["userErrors"] == [{"code": "INVALID_INPUT", "path": ["input", *path]}]


async def test_there_are_so_many_endpoints_at_most(empty: Store) -> None:
    async def fill(transaction: Any) -> None:
        await transaction.run(
            "UNWIND range(1, $p.most) AS each CREATE (:WebhookEndpoint {id: 'e' + each})", {"most": MOST_ENDPOINTS}
        )

    await empty.write(fill)
    refused = await ask(empty, "webhookEndpointCreate", ERRORS, url=URL, types=[])
    assert refused["userErrors"] == [{"code": "CONFLICT", "path": ["input"]}]


async def test_a_test_is_sent_to_an_endpoint_that_is_on(empty: Store) -> None:
    endpoint = await made(empty)
    sent = await ask(empty, "webhookTest", "{ deliveryCount delivery { type state cursor repeated } }", endpointId=endpoint)
    assert sent == {
        "deliveryCount": 1,
        "delivery": {"type": "webhook.test", "state": "WAITING", "cursor": None, "repeated": False},
    }
    await ask(empty, "webhookEndpointUpdate", endpointId=endpoint, enabled=False)
    refused = await ask(empty, "webhookTest", "{ delivery { id } deliveryCount userErrors { code path } }", endpointId=endpoint)
    assert refused == {"delivery": None, "deliveryCount": 0, "userErrors": [{"code": "CONFLICT", "path": ["input"]}]}


REPLAYED = "{ deliveryCount delivery { id messageId repeated } userErrors { code path } }"


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({}, "INVALID_INPUT", ["endpointId"]),
        ({"endpointId": "<own>"}, "INVALID_INPUT", ["after"]),
        ({"endpointId": "<own>", "after": "x"}, "INVALID_INPUT", ["after"]),
        ({"endpointId": "<own>", "after": at(0), "before": "x"}, "INVALID_INPUT", ["before"]),
        (
            {"endpointId": "<own>", "after": at(0), "deliveryId": ids.encode("WebhookDelivery", "x")},
            "INVALID_INPUT",
            ["deliveryId"],
        ),
        ({"deliveryId": ids.encode("WebhookDelivery", "x")}, "NOT_FOUND", ["deliveryId"]),
        ({"deliveryId": "<own>"}, "INVALID_INPUT", ["deliveryId"]),
        ({"endpointId": ids.encode("WebhookEndpoint", "x"), "after": at(0)}, "NOT_FOUND", ["endpointId"]),
        ({"endpointId": "<own>", "after": at(0)}, "INVALID_INPUT", ["after"]),
    ],
)
async def test_what_cannot_be_sent_once_more_is_told_with_its_place(
    empty: Store, given: dict[str, str], code: str, path: list[str]
) -> None:
    await change(empty, "store.changed", "store.changed")
    own = await made(empty)

    async def forget(transaction: Any) -> None:
        await transaction.run("MATCH (e:OutboxEntry {seq: 1}) DELETE e")

    await empty.write(forget)
    refused = await ask(
        empty, "webhookReplay", REPLAYED, **{name: own if each == "<own>" else each for name, each in given.items()}
    )
    assert [(each["code"], each["path"]) for each in refused["userErrors"]] == [(code, ["input", *path])]
