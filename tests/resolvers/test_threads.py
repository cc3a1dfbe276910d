"""Threads over GraphQL: every part with transcript and promise, who reads what of them, and tying by mutation."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from graph.keys import touchpoint_id
from graph.store import Store
from resolvers.access.policy import POLICY
from resolvers.access.roles import OPERATORS, Role
from resolvers.access.viewer import Viewer
from resolvers.engine.ids import encode
from resolvers.execution import execute
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.graph.threads.test_tying import BOT, CALL, DAY, OURS, contact, tell
from tests.resolvers.proof import CountingStore

numbers = count()
CUSTOMER = "MATCH (:SourceRecord {key: '/ec:1'})-[:RESOLVES_TO]->(c) RETURN c.id"
THREADS = """
query ($id: ID!) { customer(by: {id: $id}) { threads(first: 5) { totalCount edges { node {
  id version startedAt lastAt channels topic suggestions { sentence(language: EN) touchpoint { id } suggested { id } }
  untied { touchpoint { id } untiedBy }
  parts(first: 10) { totalCount edges { node { rule sentence(language: EN) tiedBy reason touchpoint {
    kind language text ... on BotSession { promise messages { text } } ... on SocialMessage { promise }
    ... on Call { promise } ... on StoreVisit { promise }
  } } } }
} } } } }
"""
NODE = "query ($id: ID!) { node(id: $id) { id ... on Thread { parts(first: 10) { totalCount edges { node { rule } } } } } }"


@pytest.fixture
async def graph(store: Store) -> Store:
    """A customer whose day is one thread; the call was by telephone alone."""
    await wipe(store)
    person = {"name": {"family": "試験", "given": "花子"}, "identifiers": [{"kind": "PHONE", "value": "+819055550101"}]}
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "time": "2026-04-01T10:00:00Z"}
    await tell(store, {**envelope, "id": "p1", "subject": "1", "data": person}, *DAY)
    return store


def viewer(role: str, **more: Any) -> Viewer:
    return Viewer("op-1", frozenset({role}), **more)


async def ask(store: Any, query: str, by: Viewer, **variables: Any) -> dict[str, Any]:
    return (await execute(store, query, variables, None, by)).body


async def customer(store: Store) -> str:
    return encode("Customer", (await store.read(CUSTOMER))[0][0])


async def change(store: Any, name: str, role: str = "call_center", **given: Any) -> dict[str, Any]:
    kind = name[0].upper() + name[1:]
    query = f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ thread {{ id version parts {{ totalCount }} }} "
    query += "touchpoint { id } userErrors { code path message currentVersion } } }"
    body = await ask(store, query, viewer(role), input={"idempotencyKey": f"key-{next(numbers)}", **given})
    return body if "errors" in body else body["data"][name]


async def test_one_thread_of_four_parts_with_transcript_and_promise_is_read_by_one_statement(graph: Store) -> None:
    counting = CountingStore(graph)
    body = await ask(counting, THREADS, viewer("call_center"), id=await customer(graph))
    assert counting.statements == 1
    found = body["data"]["customer"]["threads"]
    [thread] = [edge["node"] for edge in found["edges"]]
    assert (found["totalCount"], thread["topic"], thread["channels"]) == (1, "delivery", ["CHAT", "LINE", "PHONE", "STORE"])
    assert (thread["startedAt"][:16], thread["lastAt"][:16]) == ("2026-11-24T14:10", "2026-11-25T08:40")
    parts = [edge["node"] for edge in thread["parts"]["edges"]]
    assert [part["rule"] for part in parts] == ["BEGAN", "SAME_TOPIC", "SAME_TOPIC", "SAME_TOPIC"]
    assert [part["touchpoint"]["kind"] for part in parts] == ["BOT_SESSION", "SOCIAL_MESSAGE", "CALL", "STORE_VISIT"]
    assert [part["touchpoint"]["promise"] for part in parts] == ["An answer by 9:00", "電話します", "店頭で受け取り", "翌日発送"]
    assert parts[0]["touchpoint"]["messages"] == [{"text": "Where is my coat?"}]
    assert parts[2]["touchpoint"]["text"] == "転写"


async def test_a_customer_sees_their_thread_without_what_is_internal(graph: Store) -> None:
    own = viewer("customer", record="/ec:1")
    asked = "{ me { threads { edges { node { id channels parts { edges { node { tiedAt touchpoint { kind } } } } } } } } }"
    body = await ask(graph, asked, own)
    [edge] = body["data"]["me"]["threads"]["edges"]
    assert edge["node"]["parts"]["edges"][0]["node"]["touchpoint"] == {"kind": "BOT_SESSION"}
    assert {part["node"]["tiedAt"] for part in edge["node"]["parts"]["edges"]} == {None}
    other = viewer("customer", record="/ec:2")
    assert (await ask(graph, NODE, other, id=encode("Thread", BOT)))["data"]["node"] is None


async def test_a_store_reads_the_parts_that_it_reads_of_a_thread(graph: Store) -> None:
    stranger = {"identifiers": [{"kind": "PHONE", "value": "+819055550199"}]}
    await tell(graph, contact("far", "CALL", "2026-11-25T10:00:00Z", by=stranger))
    await change(graph, "threadTie", touchpointId=encode("Call", touchpoint_id("/desk:far")),
                 toTouchpointId=encode("Call", CALL), version=await version(graph))  # fmt: skip
    for stores, seen in (({"ginza"}, 4), ({"shibuya"}, None)):
        by = viewer("store_staff", stores=frozenset(stores))
        node = (await ask(graph, NODE, by, id=encode("Thread", CALL)))["data"]["node"]
        assert (node and node["parts"]["totalCount"]) == seen
    node = (await ask(graph, NODE, viewer("call_center"), id=encode("Thread", CALL)))["data"]["node"]
    assert (node["id"], node["parts"]["totalCount"]) == (encode("Thread", BOT), 5)


async def version(store: Store) -> int:
    return (await store.read("MATCH (h:Thread {id: $p.id}) RETURN h.version", {"id": BOT}))[0][0]


async def test_a_call_is_untied_and_tied_again_by_mutation_and_a_dry_run_changes_nothing(graph: Store) -> None:
    given = {"touchpointId": encode("Call", CALL), "version": await version(graph), "reason": "別件"}
    before = await fingerprint(graph)
    dry = await change(graph, "threadUntie", **given, dryRun=True)
    assert (dry["thread"]["id"], dry["thread"]["parts"]["totalCount"]) == (encode("Thread", CALL), 1)
    assert differences(await fingerprint(graph), before) == []
    done = await change(graph, "threadUntie", **given)
    assert done["userErrors"] == []
    body = await ask(graph, THREADS, viewer("call_center"), id=await customer(graph))
    alone, thread = sorted(
        (edge["node"] for edge in body["data"]["customer"]["threads"]["edges"]), key=lambda node: len(node["untied"])
    )
    assert [(each["touchpoint"]["id"], each["untiedBy"]) for each in thread["untied"]] == [(encode("Call", CALL), "op-1")]
    assert alone["parts"]["totalCount"] == 1
    again = await change(graph, "threadTie", touchpointId=encode("Call", CALL), toTouchpointId=encode("BotSession", BOT),
                         version=await version(graph))  # fmt: skip
    assert again["thread"]["parts"]["totalCount"] == 4


async def test_refusals_say_where_and_what_the_version_is_now(graph: Store) -> None:
    refused = await change(graph, "threadUntie", touchpointId=encode("Call", CALL), version=99)
    [error] = refused["userErrors"]
    assert (error["code"], error["path"], error["currentVersion"]) == ("CONFLICT", ["input", "version"], await version(graph))


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_tie(graph: Store, role: Role) -> None:
    answer = await change(graph, "threadUntie", role, touchpointId=encode("Call", CALL), version=0)
    assert ("errors" not in answer) == (role in OPERATORS)
    assert set(POLICY.readers("ThreadTiePayload")) == set(POLICY.readers("ThreadUntiePayload")) == set(OPERATORS)


async def test_a_reply_with_a_wrong_keyed_part_is_a_thread_of_its_own_that_could_not_be_verified(graph: Store) -> None:
    stranger = {"identifiers": [{"kind": "EMAIL", "value": "stranger@example.jp"}]}
    await tell(
        graph,
        contact("ours", "EMAIL", "2026-11-26T10:00:00Z", messageId=f"<{OURS}@shop.example.jp>", topic="delivery"),
        contact("forged", "EMAIL", "2026-11-26T11:00:00Z", inReplyTo=f"<{OURS[:-16]}{'0' * 16}@shop.example.jp>", by=stranger),
        contact("answer", "EMAIL", "2026-11-26T12:00:00Z", messageId="<m@x.example.jp>", inReplyTo=f"<{OURS}@shop.example.jp>"),
    )
    own = touchpoint_id("/desk:forged")
    found = await suggested_for(graph, own)
    suggested = encode("Email", touchpoint_id("/desk:ours"))
    assert found["parts"]["totalCount"] == 1
    assert [(each["sentence"], each["suggested"]["id"]) for each in found["suggestions"]] == [
        ("The message that it replies to could not be verified.", suggested)
    ]
    done = await change(
        graph, "threadTie", touchpointId=encode("Email", own), toTouchpointId=suggested, version=await version(graph)
    )
    assert done["thread"]["parts"]["totalCount"] == 7
    assert (await suggested_for(graph, own))["suggestions"] == []


async def suggested_for(store: Store, own_id: str) -> dict[str, Any]:
    asked = """query ($id: ID!) { node(id: $id) { ... on Email { thread {
      parts { totalCount } suggestions { sentence(language: EN) suggested { id } }
    } } } }"""
    return (await ask(store, asked, viewer("call_center"), id=encode("Email", own_id)))["data"]["node"]["thread"]
