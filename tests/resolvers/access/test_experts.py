"""Who is asked about a case reads whose it is and what they did, as long as it is open, and of nobody else anything."""

from __future__ import annotations

from typing import Any

import pytest

from graph.cases.teams import Member, put_team
from graph.cases.tying import tie
from graph.cases.writing import answer, escalate
from graph.decisions.customers import merge
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.keys import scoped, touchpoint_id
from graph.store import Store
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.execution import execute, execute_readable
from tests.conftest import wipe
from tests.graph.cases.test_asked import stand
from tests.graph.cases.working import SOURCE, author, customer, do, event, mail, opened, person, seen, tell, touchpoint
from tests.searchable import until_searchable

EXPERT = Viewer("expert-1", frozenset({Role.EXPERT}))
COLLEAGUE = Viewer("expert-2", frozenset({Role.EXPERT}))
PHONE = {"kind": "PHONE", "value": "090-1234-5678"}
UNKNOWN = {"kind": "PHONE", "value": "03-6000-1199"}
WHO = """query ($id: ID!) { customer(by: {id: $id}) {
  name kana phone email address birthDate gender metrics { orderCount spend { amount } }
  timeline { edges { node { kind text identifiersUsed { value } } } } orders { edges { node { number total { amount } } } }
  threads { edges { node { parts { totalCount } } } } cases { totalCount edges { node { number } } }
  identifiers { edges { node { identifier { value } } } } sourceRecords { edges { node { externalId } } }
  household { members { customer { name } } } decisions { totalCount } matchCandidates { totalCount }
} }"""
SHOWN = {"name", "kana", "metrics", "timeline", "orders", "threads", "cases"}
NOTHING = ("phone", "email", "address", "birthDate", "gender", "household")
"""What is null for everybody who does not see it; what else is asked for is left out."""
CASE = """query ($id: ID!) { case(by: {id: $id}) {
  customer { name } interactions { edges { node { touchpoint { kind text } } } }
} }"""


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    order = {
        "by": {"record": {"source": SOURCE, "subject": "1"}}, "channel": "STORE", "status": "PLACED", "currency": "JPY",
        "total": "5000", "lines": [{"line": 1, "sku": "PEN", "name": "万年筆", "quantity": 1, "amount": "5000"}],
    }  # fmt: skip
    await tell(
        store,
        person("1", PHONE),
        person("2", given="太郎"),
        mail("m1", reference="R-1"),
        mail("m2", "2"),
        mail("nobody", None, via=UNKNOWN),
        event("order", "A-1", order, "2026-04-01T03:00:00Z"),
    )
    await do(store, put_team(author(), "product", "商品部", [Member("expert-1")]))
    await do(store, put_team(author(), "quality", "品質管理部", [Member("expert-2")]))
    return store


async def told(store: Store, document: str, label: str, own_id: str, viewer: Viewer = EXPERT) -> Any:
    """Return what a page would be told, and nothing where there is nothing."""
    body = (await execute_readable(store, document, {"id": ids.encode(label, own_id)}, viewer)).body
    assert "errors" not in body, body
    return next(iter(body["data"].values()))


async def asked_about(store: Store, code: str = "1", **told: Any) -> str:
    own_id = await opened(store, **(told or {"customer": await customer(store, code)}))
    await do(store, escalate(author(), seen(own_id), "product", "在庫は?", None))
    return own_id


async def test_an_expert_reads_the_customer_and_what_they_did_as_far_as_the_tags_allow(graph: Store) -> None:
    hanako = await customer(graph)
    assert await told(graph, WHO, "Customer", hanako) is None
    other = await opened(graph, customer=hanako)
    await asked_about(graph)
    found = await told(graph, WHO, "Customer", hanako)
    assert (found["name"], found["metrics"]) == ("試験 花子", {"orderCount": 1})
    assert [(edge["node"]["kind"], edge["node"]["text"]) for edge in found["timeline"]["edges"]] == [
        ("ORDER", None),
        ("EMAIL", "荷物が届きません。"),
    ]
    assert found["orders"] == {"edges": [{"node": {"number": "A-1", "total": None}}]}
    assert found["threads"]["edges"] == [{"node": {"parts": {"totalCount": 1}}}]
    assert found["cases"] == {"totalCount": 1, "edges": [{"node": {"number": "C-1002"}}]}
    assert {name: found[name] for name in found.keys() - SHOWN} == dict.fromkeys(NOTHING)
    assert await told(graph, CASE, "Case", other) is None


async def test_of_the_customer_of_another_case_and_for_another_team_nothing_is_told(graph: Store) -> None:
    await asked_about(graph)
    jiro = await customer(graph, "2")
    assert await told(graph, WHO, "Customer", jiro) is None
    assert await told(graph, WHO, "Customer", await customer(graph), COLLEAGUE) is None
    for raw, label in ((touchpoint("m2"), "Email"), (touchpoint_id(scoped(SOURCE, "A-1")), "Order")):
        query = f'{{ node(id: "{ids.encode(label, raw)}") {{ id }} }}'
        viewer = EXPERT if label == "Email" else COLLEAGUE
        assert (await execute(graph, query, {}, None, viewer)).body == {"data": {"node": None}}


async def test_the_customer_stays_after_the_answer_and_goes_with_the_case(graph: Store) -> None:
    hanako, own_id = await customer(graph), await asked_about(graph)
    await do(graph, answer(author("expert-1"), seen(own_id), "来週入荷します"))
    assert (await told(graph, WHO, "Customer", hanako))["name"] == "試験 花子"
    await stand(graph, own_id, "RESOLVED")
    assert await told(graph, WHO, "Customer", hanako) is None
    await stand(graph, own_id, "OPEN")
    assert (await told(graph, WHO, "Customer", hanako))["name"] == "試験 花子"
    await do(graph, put_team(author(), "product", "商品部", []))
    assert await told(graph, WHO, "Customer", hanako) is None


async def test_of_two_cases_the_one_that_is_open_is_enough(graph: Store) -> None:
    first, _ = await asked_about(graph), await asked_about(graph)
    await stand(graph, first, "RESOLVED")
    assert (await told(graph, WHO, "Customer", await customer(graph)))["cases"]["edges"] == [{"node": {"number": "C-1002"}}]


async def test_an_interaction_that_is_in_the_case_leads_to_its_customer_too(graph: Store) -> None:
    own_id = await asked_about(graph, touchpoint=touchpoint("m1"))
    assert (await told(graph, CASE, "Case", own_id))["customer"] == {"name": "試験 花子"}
    assert await told(graph, WHO, "Customer", await customer(graph, "2")) is None
    await do(graph, tie(author(), seen(own_id), touchpoint("m2")))
    assert (await told(graph, WHO, "Customer", await customer(graph, "2")))["name"] == "試験 太郎"


async def test_what_nobody_is_known_to_have_sent_is_read_in_its_case_only(graph: Store) -> None:
    query = f'{{ node(id: "{ids.encode("Email", touchpoint("nobody"))}") {{ ... on Email {{ text }} }} }}'
    assert (await execute(graph, query, {}, None, EXPERT)).body["data"] == {"node": None}
    own_id = await asked_about(graph, touchpoint=touchpoint("nobody"))
    assert (await execute(graph, query, {}, None, EXPERT)).body["data"] == {"node": {"text": "荷物が届きません。"}}
    found = await told(graph, CASE, "Case", own_id)
    assert found == {
        "customer": None,
        "interactions": {"edges": [{"node": {"touchpoint": {"kind": "EMAIL", "text": "荷物が届きません。"}}}]},
    }


async def test_the_grant_reaches_a_merged_customer_as_a_whole(graph: Store) -> None:
    await asked_about(graph)
    two = [Expected(own_id, version) for own_id, version in await graph.read("MATCH (c:Customer) RETURN c.id, c.version")]
    await decide(graph, author("steward-1"), merge(two))
    found = await told(graph, WHO, "Customer", await customer(graph))
    assert len(found["timeline"]["edges"]) == 3


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ('{ lookUp(input: {query: "試験"}) { candidates { customer { id } } } }', "FORBIDDEN"),
        ('{ customerLookup(input: {query: "試験"}) { customer { id } } }', "FORBIDDEN"),
        ('{ customer(by: {phone: "090-1234-5678"}) { id } }', "FORBIDDEN"),
        ("{ customers { totalCount edges { node { name } } } }", None),
        ('{ customers(search: "試験") { totalCount edges { node { name } } } }', None),
        ('{ customer(by: {orderNumber: "A-1"}) { name } }', None),
    ],
)
async def test_experts_find_only_those_whom_they_read(graph: Store, document: str, code: str | None) -> None:
    await asked_about(graph, "2")
    await until_searchable(graph)
    body = (await execute(graph, document, {}, None, EXPERT)).body
    if code is not None:
        assert [error["extensions"]["code"] for error in body["errors"]] == [code]
        return
    [found] = body["data"].values()
    assert found in (None, {"totalCount": 1, "edges": [{"node": {"name": "試験 太郎"}}]})
