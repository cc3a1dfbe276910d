"""The customer view: one statement, the whole tree."""

from __future__ import annotations

from typing import Any

import pytest

from graph.keys import touchpoint_id
from graph.store import Store
from resolvers.engine import ids
from resolvers.execution import execute
from tests.resolvers.conftest import ADMIN, Ask

VIEW = """
query View($id: ID!, $first: Int = 3) {
  customer(by: {id: $id}) {
    __typename id requestedId name nameParts { family givenKana } birthDate version maskedFields
    metrics { orderCount spend { amount currency } lastSeen favouriteChannel favouriteStore { name location { latitude } } }
    identifiers(first: 10) { totalCount edges { node { verified firstSeen validTo identifier { kind value } } } }
    orders(first: $first) {
      totalCount
      edges { node { number total { amount currency } store { code } lines { edges { node { name product { sku } } } } } }
    }
    timeline(first: $first) {
      pageInfo { hasNextPage } edges { node { __typename kind occurredAt summary ... on Call { queue } } }
    }
  }
}
"""
HANAKO = ids.encode("Customer", "c-hanako")


class Counting:
    """A store that counts the statements it is asked to run."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.statements: list[str] = []

    async def read(self, statement: Any, parameters: Any) -> list[list[Any]]:
        self.statements.append(statement)
        return await self.store.read(statement, parameters)


async def test_the_whole_view_is_one_statement(town: Store) -> None:
    counting = Counting(town)
    response = await execute(counting, VIEW, {"id": HANAKO}, None, ADMIN)  # pyright: ignore[reportArgumentType]
    assert "errors" not in response.body
    assert len(counting.statements) == 1


async def test_the_view_holds_what_the_graph_holds(ask: Ask) -> None:
    customer = (await ask(VIEW, id=HANAKO)).body["data"]["customer"]
    assert customer["name"] == "試験 花子"
    assert customer["requestedId"] is None
    assert customer["metrics"] == {
        "orderCount": 3,
        "spend": [{"amount": "6600", "currency": "JPY"}, {"amount": "12.50", "currency": "USD"}],
        "lastSeen": "2026-04-08T01:00:00Z",
        "favouriteChannel": "STORE",
        "favouriteStore": {"name": "本店", "location": {"latitude": 35.68}},
    }
    assert [edge["node"]["number"] for edge in customer["orders"]["edges"]] == ["A-1003", "A-1002", "A-1001"]
    assert customer["orders"]["totalCount"] == 3
    lines = customer["orders"]["edges"][2]["node"]["lines"]["edges"]
    assert [(line["node"]["name"], line["node"]["product"]) for line in lines] == [
        ("ペン", {"sku": "PEN-1"}),
        ("インク", {"sku": "INK-1"}),
        ("送料", None),
    ]
    assert customer["timeline"]["pageInfo"] == {"hasNextPage": True}
    assert [edge["node"]["kind"] for edge in customer["timeline"]["edges"]] == ["NOTE", "EMAIL", "SURVEY"]


async def test_an_identifier_of_two_records_is_one_with_the_widest_times(ask: Ask) -> None:
    customer = (await ask(VIEW, id=HANAKO)).body["data"]["customer"]
    phones = [edge["node"] for edge in customer["identifiers"]["edges"] if edge["node"]["identifier"]["kind"] == "PHONE"]
    assert phones == [
        {
            "verified": True,
            "firstSeen": "2025-12-01T00:00:00Z",
            "validTo": None,
            "identifier": {"kind": "PHONE", "value": "+819012345678"},
        }
    ]
    assert customer["identifiers"]["totalCount"] == 4


@pytest.mark.parametrize("raw", ["c-old", "c-older"])
async def test_an_id_that_went_into_another_answers_with_that_one_and_says_so(ask: Ask, raw: str) -> None:
    asked = ids.encode("Customer", raw)
    customer = (await ask(VIEW, id=asked)).body["data"]["customer"]
    assert (customer["id"], customer["requestedId"]) == (HANAKO, asked)


async def test_a_customer_of_whom_nothing_is_known_has_nulls_and_empty_lists(ask: Ask) -> None:
    customer = (await ask(VIEW, id=ids.encode("Customer", "c-taro"))).body["data"]["customer"]
    assert customer["name"] is None
    assert customer["metrics"] == {
        "orderCount": 0, "spend": [], "lastSeen": None, "favouriteChannel": None, "favouriteStore": None
    }  # fmt: skip
    assert customer["orders"]["edges"] == customer["timeline"]["edges"] == customer["identifiers"]["edges"] == []


@pytest.mark.parametrize(
    "by",
    [
        '{phone: "090 (1234) 5678"}', '{phone: "+81-90-1234-5678"}', '{email: "HANAKO@example.jp"}', '{memberNumber: "m-0001"}',
        '{lineUserId: {provider: "provider-1", userId: "U001"}}', '{identifier: {kind: PHONE, value: "09012345678"}}',
        '{orderNumber: "A-1001"}',
    ],
)  # fmt: skip
async def test_everything_that_is_hers_alone_finds_her(ask: Ask, by: str) -> None:
    response = await ask(f"{{ customer(by: {by}) {{ id }} }}")
    assert response.body == {"data": {"customer": {"id": HANAKO}}}


@pytest.mark.parametrize("by", ['{phone: "03-1234-5678"}', '{orderNumber: "D-1"}'])
async def test_what_several_customers_have_is_null_and_ambiguous(ask: Ask, by: str) -> None:
    body = (await ask(f"{{ customer(by: {by}) {{ id }} }}")).body
    assert body["data"] == {"customer": None}
    assert body["errors"][0]["extensions"]["code"] == "AMBIGUOUS"
    assert "customerLookup" in body["errors"][0]["message"]


async def test_a_blocked_identifier_finds_nobody(ask: Ask) -> None:
    assert (await ask('{ customer(by: {phone: "0120-444-444"}) { id } }')).body == {"data": {"customer": None}}


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        ("{kinds: [CALL, NOTE]}", ["NOTE", "CALL"]),
        ("{kinds: []}", []),
        ("{channels: [STORE, LINE]}", ["EMAIL", "STORE_VISIT"]),
        ("{kinds: [EMAIL], channels: [EMAIL]}", []),
        ('{from: "2026-04-06T10:00:00+09:00", to: "2026-04-07T02:00:00Z"}', ["SURVEY", "STORE_VISIT", "WEB_SESSION"]),
        (
            "{kinds: null}",
            ["NOTE", "EMAIL", "SURVEY", "STORE_VISIT", "WEB_SESSION", "CHAT_THREAD", "CALL", "ORDER", "ORDER", "ORDER"],
        ),
    ],
)
async def test_the_timeline_can_be_narrowed_by_kind_channel_and_time(ask: Ask, chosen: str, kinds: list[str]) -> None:
    query = (
        f'{{ customer(by: {{id: "{HANAKO}"}}) {{ timeline(filter: {chosen}) {{ totalCount edges {{ node {{ kind }} }} }} }} }}'
    )
    timeline = (await ask(query)).body["data"]["customer"]["timeline"]
    assert sorted(edge["node"]["kind"] for edge in timeline["edges"]) == sorted(kinds)
    assert timeline["totalCount"] == len(kinds)


async def test_pages_of_the_timeline_meet_without_gap_or_overlap(ask: Ask) -> None:
    query = """query ($id: ID!, $after: String) { customer(by: {id: $id}) { timeline(first: 3, after: $after) {
      edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }"""
    seen: list[str] = []
    after = None
    while True:
        page = (await ask(query, id=HANAKO, after=after)).body["data"]["customer"]["timeline"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    whole = (await ask(query.replace("first: 3", "first: 100"), id=HANAKO)).body["data"]["customer"]["timeline"]["edges"]
    assert seen == [edge["node"]["id"] for edge in whole]
    assert len(set(seen)) == 10


async def test_own_fields_of_kinds_are_read_behind_the_interface(ask: Ask) -> None:
    query = """query ($id: ID!, $kinds: [TouchpointKind!]) { customer(by: {id: $id}) {
      timeline(filter: {kinds: $kinds}) { edges { node {
      ... on ChatThread { messages { sentAt from text } orders { number } }
      ... on WebSession { pages { url sku } }
      ... on Survey { score scale answers { question answer } endedAt }
    } } } } }"""
    found = await ask(query, id=HANAKO, kinds=["CHAT_THREAD", "WEB_SESSION", "SURVEY"])
    nodes = [edge["node"] for edge in found.body["data"]["customer"]["timeline"]["edges"]]
    assert nodes[0]["answers"] == [{"question": "満足度", "answer": "4"}]
    assert nodes[0]["score"] == 4.0
    assert nodes[1] == {"pages": [{"url": "https://example.jp/pen", "sku": "PEN-1"}]}
    assert nodes[2]["messages"][0]["text"] == "在庫はありますか"
    assert nodes[2]["orders"] == [{"number": "A-1001"}]


async def test_a_node_of_another_kind_is_not_found_under_a_wrong_type(ask: Ask) -> None:
    call = touchpoint_id("cti:1")
    for type_name, found in (("Call", True), ("Order", False), ("Store", False)):
        body = (await ask("query ($id: ID!) { node(id: $id) { __typename id } }", id=ids.encode(type_name, call))).body
        assert (body["data"]["node"] is not None) == found
